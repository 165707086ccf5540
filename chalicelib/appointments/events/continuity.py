"""What branches do differently for a time, and what becomes of the bookings that affects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class AppointmentRebooked(Event):
    """Its branch cannot receive it as agreed; `how` says what was done, and `answer_by` until when the customer may choose."""

    NAME: ClassVar[str] = "appointment.rebooked"
    appointment: str
    how: str
    branch: str
    starts_at: datetime
    before: datetime
    before_branch: str
    support: bool
    answer_by: datetime


@dataclass(frozen=True)
class RebookingAnswered(Event):
    """The customer, or staff for them, accepted what was done, or chose otherwise."""

    NAME: ClassVar[str] = "appointment.rebooking_answered"
    appointment: str
    how: str
    answer: str


@dataclass(frozen=True)
class RebookingUnanswered(Event):
    """The customer has not answered in time; staff ask them. What is kept for them stays kept."""

    NAME: ClassVar[str] = "appointment.rebooking_unanswered"
    appointment: str
    how: str


@dataclass(frozen=True)
class AppointmentKept(Event):
    """Its branch receives it after all, as it was agreed."""

    NAME: ClassVar[str] = "appointment.kept"
    appointment: str


@dataclass(frozen=True)
class ContinuitySet(Event):
    """A branch, or every branch of a unit and below, works differently for a time; both what was demanded and what is."""

    NAME: ClassVar[str] = "continuity.set"
    target: str
    units: tuple[str, ...]
    version: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class ContinuityEnded(Event):
    """It works as usual again, from that instant on."""

    NAME: ClassVar[str] = "continuity.ended"
    target: str
    version: int
    before: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True)
class ContinuitySpread(Event):
    """Every branch that a measure reaches is looking for the bookings it affects."""

    NAME: ClassVar[str] = "continuity.spread"
    target: str
    branches: tuple[str, ...]


@dataclass(frozen=True)
class PlanBegun(Event):
    """The bookings of a branch's local days are gone through for those that cannot take place as agreed."""

    NAME: ClassVar[str] = "plan.begun"
    plan: str
    branch: str
    first: str
    last: str


@dataclass(frozen=True)
class PlanWentOn(Event):
    """Some days were gone through, and so many bookings rebooked; `at` is the next day to look at."""

    NAME: ClassVar[str] = "plan.went_on"
    plan: str
    branch: str
    at: str
    rebooked: int


@dataclass(frozen=True)
class PlanDone(Event):
    """All days were gone through twice; every booking that was affected is moved, offered, or with staff."""

    NAME: ClassVar[str] = "plan.done"
    plan: str
    branch: str
    rebooked: int
