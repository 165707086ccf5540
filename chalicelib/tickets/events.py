"""What happened to a ticket; what people wrote is in none of it, only its hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event

Words = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class TicketAssigned(Event):
    """Somebody owns the ticket from now on, in place of `before`."""

    NAME: ClassVar[str] = "ticket.assigned"
    ticket: str
    owner: str
    before: str
    notices: Words = ()


@dataclass(frozen=True)
class AssignmentFailed(Event):
    """Nobody in the unit may own this ticket; it is not left without an owner silently."""

    NAME: ClassVar[str] = "ticket.assignment_failed"
    ticket: str
    unit: str
    notices: Words = ()


@dataclass(frozen=True)
class MessagePosted(Event):
    """Somebody said something on the ticket."""

    NAME: ClassVar[str] = "message.posted"
    ticket: str
    message: str
    author: str
    visibility: str
    sha256: str


@dataclass(frozen=True)
class ClockWarned(Event):
    """A level of a clock was reached; at 100 percent it is a breach, told by ClockMissed."""

    NAME: ClassVar[str] = "clock.warned"
    ticket: str
    clock: str
    percent: int
    level: str
    reached_at: datetime
    due_at: datetime
    notices: Words = ()


@dataclass(frozen=True)
class ClockMissed(Event):
    """A clock reached its due time without being met: a breach."""

    NAME: ClassVar[str] = "clock.missed"
    ticket: str
    clock: str
    level: str
    due_at: datetime
    notices: Words = ()


@dataclass(frozen=True)
class ClockMet(Event):
    """What a clock waited for happened at `met_at`."""

    NAME: ClassVar[str] = "clock.met"
    ticket: str
    clock: str
    met_at: datetime
    in_time: bool


@dataclass(frozen=True)
class NoticeRepeated(Event):
    """Word is asked for again, because nothing was heard of it."""

    NAME: ClassVar[str] = "notice.repeated"
    ticket: str
    notices: Words


@dataclass(frozen=True)
class NoticeTaken(Event):
    """The word owed is on its way, and watched over elsewhere."""

    NAME: ClassVar[str] = "notice.taken"
    ticket: str
    key: str


@dataclass(frozen=True)
class WordArrived(Event):
    """What a notice said is known to have reached the customer, or to have failed."""

    NAME: ClassVar[str] = "notice.arrived"
    ticket: str
    key: str
    how: str
    at: datetime
    state: str
