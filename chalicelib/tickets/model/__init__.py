"""The ticket and what belongs to it: clocks as facts, messages, people, ties, and the word it owes."""

from chalicelib.kernel.errors import ConflictOfInterest
from chalicelib.kernel.notices import Notice
from chalicelib.sla.escalation import Severity

from .clocks import BREACH, ClockFacts, answer_by
from .conversation import AnswerRef, Author, Matter, Message, Visibility
from .filing import Filing
from .moves import MOVES, moves, replayed
from .opening import opens_at, received_notice
from .people import (
    MOST_REPRESENTATIVES,
    Capacity,
    Need,
    Representative,
    SupportNeeds,
    TooManyRepresentatives,
)
from .relations import NotOfOneCustomer, Relation, Tie
from .rows import Alike, Row, Why
from .states import NEXT, ReopenWindowOver, Status
from .task_time import opened_for, shares, task_due, task_row, waited_for
from .tasks import (
    GATES,
    MOST_TASKS,
    TASK_NEXT,
    Asking,
    GateHeld,
    GateOpen,
    Said,
    Spell,
    Task,
    TaskKind,
    TaskRow,
    TaskState,
    TooManyTasks,
    Word,
    task_id,
    task_key,
    tasks_key,
    ticket_of,
)
from .ticket import DUE_SHARDS, Channel, Kind, Ticket, desk_key, due_shard, ticket_key
from .waiting import NotPausable, Reason, UpdateAskedAlready, Wait

__all__ = [
    "BREACH",
    "DUE_SHARDS",
    "GATES",
    "MOST_REPRESENTATIVES",
    "MOST_TASKS",
    "MOVES",
    "NEXT",
    "TASK_NEXT",
    "Alike",
    "AnswerRef",
    "Asking",
    "Author",
    "Capacity",
    "Channel",
    "ClockFacts",
    "ConflictOfInterest",
    "Filing",
    "GateHeld",
    "GateOpen",
    "Kind",
    "Matter",
    "Message",
    "Need",
    "NotOfOneCustomer",
    "NotPausable",
    "Notice",
    "Reason",
    "Relation",
    "ReopenWindowOver",
    "Representative",
    "Row",
    "Said",
    "Severity",
    "Spell",
    "Status",
    "SupportNeeds",
    "Task",
    "TaskKind",
    "TaskRow",
    "TaskState",
    "Ticket",
    "Tie",
    "TooManyRepresentatives",
    "TooManyTasks",
    "UpdateAskedAlready",
    "Visibility",
    "Wait",
    "Why",
    "Word",
    "answer_by",
    "desk_key",
    "due_shard",
    "moves",
    "opened_for",
    "opens_at",
    "received_notice",
    "replayed",
    "shares",
    "task_due",
    "task_id",
    "task_key",
    "task_row",
    "tasks_key",
    "ticket_key",
    "ticket_of",
    "waited_for",
]
