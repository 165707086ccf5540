"""A task: something another unit, or one's own, is asked to find out for a ticket."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from chalicelib.kernel.errors import Conflict, Forbidden, NotAllowedNow
from chalicelib.kernel.ids import number_of

# Each is a line of its ticket's item and one of the index, and all of them may have to end in one transaction.
MOST_TASKS = 30
_ID = re.compile(r"task_([0-9A-HJKMNP-TV-Z]{26})_([1-9][0-9]?)")


class GateOpen(Conflict):
    """A legal or quality task holds the decision until it is answered; `tasks` lists those that are open."""

    code = "gate_open"
    such_as: ClassVar[Mapping[str, object]] = {"tasks": ["task_01M83255V069EDXC383WSXJHG7_1"]}


class GateHeld(Forbidden):
    """A gate, or a recovery, is given up by a supervisor who neither asked for it nor owns the ticket."""

    code = "gate_held"


class TooManyTasks(Conflict):
    """A ticket has at most thirty tasks."""

    code = "too_many_tasks"


class TaskKind(StrEnum):
    """What is asked for; a statement is what somebody who is complained about says to it, and decides nothing.

    Nobody asks for a recovery in person: a customer who is not content after all does, and a supervisor makes it good.
    """

    BUSINESS = "business"
    LEGAL = "legal"
    QUALITY = "quality"
    STATEMENT = "statement"
    RECOVERY = "recovery"


# A legal or a quality task may hold the decision back until it is answered.
GATES = frozenset({TaskKind.LEGAL, TaskKind.QUALITY})


class TaskState(StrEnum):
    """Where a task stands; a `returned` one was answered, and more is wanted."""

    OPEN = "open"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    RETURNED = "returned"
    CANCELLED = "cancelled"


TASK_NEXT: dict[str, frozenset[str]] = {
    TaskState.OPEN: frozenset({TaskState.ACCEPTED, TaskState.ANSWERED, TaskState.CANCELLED}),
    # Given to somebody else, it has to be accepted again.
    TaskState.ACCEPTED: frozenset({TaskState.OPEN, TaskState.ANSWERED, TaskState.CANCELLED}),
    TaskState.ANSWERED: frozenset({TaskState.RETURNED}),
    TaskState.RETURNED: frozenset({TaskState.ANSWERED, TaskState.CANCELLED}),
    TaskState.CANCELLED: frozenset(),
}


@dataclass(frozen=True)
class Spell:
    """A time in which the task was somebody's to do; `until` None while it is."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Task:
    """The `n`-th task of a ticket: asked by `by` of `asked_from`, to be answered by `owner` of `unit`.

    Its clock is the ticket's clock about `str(n)`; what was asked and answered stands beside the ticket, `texts` of them.
    """

    n: int
    kind: TaskKind
    unit: str
    owner: str
    by: str
    asked_from: str
    gate: bool = False
    state: TaskState = TaskState.OPEN
    spells: tuple[Spell, ...] = ()
    accepted_at: datetime | None = None
    answered_by: str = ""
    texts: int = 0
    version: int = 1

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return TASK_NEXT[self.state] >= {TaskState.CANCELLED}

    @property
    def outlasts(self) -> bool:
        """Whether it goes on though its ticket is over: making good begins when everything else has ended."""
        return self.kind is TaskKind.RECOVERY and self.open

    @property
    def asked_at(self) -> datetime:
        return self.spells[0].since

    @property
    def answered_at(self) -> datetime | None:
        """When it was last answered, if it is."""
        return self.spells[-1].until if self.state is TaskState.ANSWERED else None

    def moved(self, state: TaskState, at: datetime) -> "Task":
        """Give the task in another state; raises NotAllowedNow, naming those allowed. More is asked for once."""
        allowed = TASK_NEXT[self.state] if len(self.spells) == 1 else TASK_NEXT[self.state] - {TaskState.RETURNED}
        if state not in allowed:
            raise NotAllowedNow(state=self.state, allowed=sorted(allowed))
        task = replace(self, state=state)
        if state is TaskState.RETURNED:
            return replace(task, spells=(*self.spells, Spell(at)))
        if task.open:
            return replace(task, accepted_at=at if state is TaskState.ACCEPTED else None)
        return replace(task, spells=(*self.spells[:-1], replace(self.spells[-1], until=at)))

    def changed(self) -> "Task":
        """Give its next version."""
        return replace(self, version=self.version + 1)

    def may_answer(self, who: str, owner_of_ticket: str) -> bool:
        """Tell whether somebody may answer: a statement its owner alone, a gate nobody who wants through it.

        What the owner of a ticket did is not made good by them.
        """
        if self.kind is TaskKind.STATEMENT:
            return who == self.owner
        if self.kind is TaskKind.RECOVERY:
            return who != owner_of_ticket
        return not self.gate or who not in (self.by, owner_of_ticket)


@dataclass(frozen=True)
class Asking:
    """What is asked of whom. `owner` is chosen where it is empty; `within` is less time than the rule gives, in its unit,
    and 0 where all of it may be taken.
    """

    kind: TaskKind
    unit: str
    question: str
    owner: str = ""
    gate: bool = False
    within: int = 0


class Word(StrEnum):
    """What is said on a task."""

    QUESTION = "question"
    ANSWER = "answer"
    RETURN = "return"
    NOTE = "note"


@dataclass(frozen=True)
class Said:
    """The `place`-th thing said on a task; it is never changed."""

    task: int
    place: int
    word: Word
    by: str
    at: datetime
    body: str


@dataclass(frozen=True)
class TaskRow:
    """A task as a line in the queue of its unit, with as much of its ticket as whoever works on it has to know.

    `hidden_from` is the member of staff the ticket is about, who sees no task but one of their own.
    """

    id: str
    number: str
    subject: str
    kind: str
    state: str
    unit: str
    owner: str
    gate: bool
    asked_from: str
    asked_at: datetime
    due_at: datetime | None
    version: int
    open: bool
    hidden_from: str = ""


def task_id(ticket: str, n: int) -> str:
    """Give the id of a ticket's n-th task, which says whose it is, so that finding it costs no read more."""
    return f"task_{ticket.rpartition('_')[2]}_{n}"


def ticket_of(id_: str) -> tuple[str, int]:
    """Give the ticket a task belongs to, and which of its tasks it is; raises ValueError for what is no id of one."""
    found = _ID.fullmatch(id_)
    if found is None:
        raise ValueError(id_)
    return f"tkt_{found[1]}", int(found[2])


def task_key(id_: str) -> dict[str, Any]:
    """Key of a task's line, beside its ticket; what is said on it stands behind it as `task#01#<place>`."""
    ticket, n = ticket_of(id_)
    return {"pk": number_of(ticket, "T"), "sk": f"task#{n:02}"}


def tasks_key(unit: str) -> str:
    """Hash key of the index `desk` for a unit's open tasks."""
    return f"{unit}#tasks"
