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
from .ticket import DUE_SHARDS, Channel, Kind, Ticket, desk_key, due_shard, ticket_key
from .waiting import NotPausable, Reason, UpdateAskedAlready, Wait

__all__ = [
    "BREACH",
    "DUE_SHARDS",
    "MOST_REPRESENTATIVES",
    "MOVES",
    "NEXT",
    "Alike",
    "AnswerRef",
    "Author",
    "Capacity",
    "Channel",
    "ClockFacts",
    "ConflictOfInterest",
    "Filing",
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
    "Severity",
    "Status",
    "SupportNeeds",
    "Ticket",
    "Tie",
    "TooManyRepresentatives",
    "UpdateAskedAlready",
    "Visibility",
    "Wait",
    "Why",
    "answer_by",
    "desk_key",
    "due_shard",
    "moves",
    "opens_at",
    "received_notice",
    "replayed",
    "ticket_key",
]
