"""What happened to holds and appointments until the day they are for, and word of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class HoldTaken(Event):
    """Time at a counter is kept for somebody until an instant."""

    NAME: ClassVar[str] = "hold.taken"
    hold: str
    branch: str
    services: tuple[str, ...]
    starts_at: datetime
    channel: str
    until: datetime


@dataclass(frozen=True)
class HoldFreed(Event):
    """A hold is over without a booking, and its time is free again."""

    NAME: ClassVar[str] = "hold.freed"
    hold: str
    branch: str
    starts_at: datetime


@dataclass(frozen=True)
class AppointmentBooked(Event):
    """A hold became an appointment."""

    NAME: ClassVar[str] = "appointment.booked"
    appointment: str
    number: str
    hold: str
    branch: str
    services: tuple[str, ...]
    starts_at: datetime
    channel: str


@dataclass(frozen=True)
class AppointmentMoved(Event):
    """It is at another time now, or at another branch; the time it had is free again."""

    NAME: ClassVar[str] = "appointment.moved"
    appointment: str
    hold: str
    branch: str
    services: tuple[str, ...]
    starts_at: datetime
    before: datetime
    before_branch: str


@dataclass(frozen=True)
class AppointmentCancelled(Event):
    """It does not take place, and its time is free again; `late` if that was within the hours of the rule; `by` says who."""

    NAME: ClassVar[str] = "appointment.cancelled"
    appointment: str
    branch: str
    starts_at: datetime
    by: str
    late: bool


@dataclass(frozen=True)
class WordAsked(Event):
    """The customer is to be told; what is asked for again was not heard of."""

    NAME: ClassVar[str] = "appointment.word_asked"
    appointment: str
    notices: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class WordTaken(Event):
    """The word owed is on its way, and watched over elsewhere."""

    NAME: ClassVar[str] = "appointment.word_taken"
    appointment: str
    key: str


@dataclass(frozen=True)
class WordDropped(Event):
    """Reminders that were owed are not sent any more: the visit has begun, or a later one says the same."""

    NAME: ClassVar[str] = "appointment.word_dropped"
    appointment: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class WordPutOff(Event):
    """The word owed must not go out before an instant, such as the next morning, and is asked for again then."""

    NAME: ClassVar[str] = "appointment.word_put_off"
    appointment: str
    key: str
    until: datetime
