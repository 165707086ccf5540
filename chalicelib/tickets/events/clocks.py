"""What clocks reached, and what became of the word about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event

Words = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class ClockWarned(Event):
    """A level of a clock was reached; one that is `stale` is so old and so overtaken that nobody is told of it."""

    NAME: ClassVar[str] = "clock.warned"
    ticket: str
    clock: str
    percent: int
    level: str
    reached_at: datetime
    due_at: datetime
    stale: bool
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
class NoticePutOff(Event):
    """The word owed must not go out before an instant, and is asked for again then."""

    NAME: ClassVar[str] = "notice.put_off"
    ticket: str
    key: str
    until: datetime


@dataclass(frozen=True)
class NoticeDropped(Event):
    """Word that was owed is not sent any more, since what it said is no longer so."""

    NAME: ClassVar[str] = "notice.dropped"
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
