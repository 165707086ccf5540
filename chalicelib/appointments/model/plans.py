"""Bookings that cannot take place as agreed, and how each of them goes on."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from chalicelib.kernel.events import Link


class How(StrEnum):
    """What we could do: keep another time nearby, name the way without coming, or neither."""

    MOVED = "moved"
    ONLINE = "online"
    NOTHING = "nothing"


class PlanStanding(StrEnum):
    """Whose turn it is: the customer's until `answer_by`, then the staff's; or how it ended."""

    OFFERED = "offered"
    TO_CHOOSE = "to_choose"
    ACCEPTED = "accepted"
    CHOSEN = "chosen"
    KEPT = "kept"


@dataclass(frozen=True)
class Rebooking:
    """What became of a booking of `branch` at `starts_at` that could not take place there."""

    how: How
    standing: PlanStanding
    branch: str
    timezone: str
    starts_at: datetime
    answer_by: datetime

    @property
    def open(self) -> bool:
        """Whether somebody still has to choose."""
        return self.standing in (PlanStanding.OFFERED, PlanStanding.TO_CHOOSE)


@dataclass(frozen=True)
class Plan:
    """The bookings of a branch's local days, `first` to `last`, gone through in order; `at` is the next day to look at.

    They are gone through twice: what was held before a closure was known may be booked after the first time.
    """

    id: str
    branch: str
    unit: str
    first: date
    last: date
    at: date
    again: bool = False
    due_at: datetime | None = None
    version: int = 1
    link: Link = Link()

    @property
    def state(self) -> str:
        """Name what it is at: running, settling (to look once more), or done."""
        return "done" if self.due_at is None else "settling" if self.again else "running"


@dataclass(frozen=True)
class PlanEntry:
    """A line of a plan: a booking, where it was, where it is now, and whose turn it is."""

    appointment: str
    number: str
    how: How
    standing: PlanStanding
    was_at: datetime
    branch: str
    starts_at: datetime
    answer_by: datetime
    support: bool
