"""What happened to holds, appointments, branches and services; who comes is told by id only."""

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
class AppointmentArrived(Event):
    """Somebody came, with a booking or without, and waits; the document is what a clerk saw of it, and its digest.

    `how` is by what they were found; `place`, `optimistic` and `normal` are what they were told: a place, and minutes.
    """

    NAME: ClassVar[str] = "appointment.arrived"
    appointment: str
    number: str
    branch: str
    services: tuple[str, ...]
    ticket: str
    line: str
    how: str
    counts_since: datetime
    place: int
    optimistic: int
    normal: int
    document: Mapping[str, Any] | None


@dataclass(frozen=True)
class AppointmentCalled(Event):
    """Somebody was called to a counter, for so many times now."""

    NAME: ClassVar[str] = "appointment.called"
    appointment: str
    branch: str
    counter: str
    calls: int


@dataclass(frozen=True)
class AppointmentParked(Event):
    """Somebody was put aside, for a reason, and keeps what they count since."""

    NAME: ClassVar[str] = "appointment.parked"
    appointment: str
    branch: str
    reason: str


@dataclass(frozen=True)
class AppointmentReturned(Event):
    """Somebody waits again, at the place they had."""

    NAME: ClassVar[str] = "appointment.returned"
    appointment: str
    branch: str


@dataclass(frozen=True)
class AppointmentTransferred(Event):
    """Somebody waits for another service, another kind of counter, or one counter."""

    NAME: ClassVar[str] = "appointment.transferred"
    appointment: str
    branch: str
    services: tuple[str, ...]
    pool: str
    counter: str


@dataclass(frozen=True)
class AppointmentServing(Event):
    """Somebody followed the call and is served."""

    NAME: ClassVar[str] = "appointment.serving"
    appointment: str
    branch: str
    counter: str
    document: Mapping[str, Any] | None


@dataclass(frozen=True)
class AppointmentDone(Event):
    """Somebody was served, in so many seconds."""

    NAME: ClassVar[str] = "appointment.done"
    appointment: str
    branch: str
    seconds: int


@dataclass(frozen=True)
class AppointmentMissed(Event):
    """Somebody was not served: `because` says whether they never came, did not follow a call, or stayed until the end.

    `counts` if it counts against them; `limited_until` is what follows, for bookings of the same day.
    """

    NAME: ClassVar[str] = "appointment.no_show"
    appointment: str
    branch: str
    because: str
    counts: bool
    limited_until: datetime | None


@dataclass(frozen=True)
class WaitEstimated(Event):
    """Somebody's place was looked after, and they are not near yet; minutes are counted from now."""

    NAME: ClassVar[str] = "appointment.wait_estimated"
    appointment: str
    place: int
    optimistic: int
    normal: int


@dataclass(frozen=True)
class BranchRegistered(Event):
    """A branch is as told from now on; `sha256` is that of its settings."""

    NAME: ClassVar[str] = "branch.registered"
    branch: str
    unit: str
    version: int
    sha256: str


@dataclass(frozen=True)
class ServiceRegistered(Event):
    """A service is as told from now on; `sha256` is that of its settings."""

    NAME: ClassVar[str] = "service.registered"
    service: str
    version: int
    sha256: str
