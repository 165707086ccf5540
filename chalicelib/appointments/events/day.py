"""What happened on the day itself: who came, waited, was called and served, or did not come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class AppointmentArrived(Event):
    """Somebody came, with a booking or without, and waits; the document is what a clerk saw of it, and its digest.

    `how` is by what they were found; `place`, `optimistic` and `normal` are what they were told: a place, and minutes.
    `came_at` lies before the record where a kiosk without a line noted it, under the name in `note`.
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
    came_at: datetime
    note: str | None


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
