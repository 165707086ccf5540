"""Bookings that cannot take place as agreed, and how each of them goes on."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from chalicelib.kernel.events import Link


class How(StrEnum):
    """What we could do: keep another time nearby, name the way without coming, or neither."""

    MOVED = "moved"
    ONLINE = "online"
    NOTHING = "nothing"


class PlanStanding(StrEnum):
    """Whose turn it is: the customer's until `answer_by`, then the staff's; or how it ended.

    `moved_on`: where they were to go closes too, and what they were asked there stands in its plan.
    """

    OFFERED = "offered"
    TO_CHOOSE = "to_choose"
    ACCEPTED = "accepted"
    CHOSEN = "chosen"
    KEPT = "kept"
    MOVED_ON = "moved_on"


@dataclass(frozen=True)
class Rebooking:
    """What became of a booking of `branch` at `starts_at` that could not take place there.

    `former` is the one whose place it takes, if the booking had been moved before and nobody had chosen; it is not kept.
    """

    how: How
    standing: PlanStanding
    branch: str
    timezone: str
    starts_at: datetime
    answer_by: datetime
    former: "Rebooking | None" = None

    @property
    def open(self) -> bool:
        """Whether somebody still has to choose."""
        return self.standing in (PlanStanding.OFFERED, PlanStanding.TO_CHOOSE)

    @property
    def place(self) -> tuple[str, date]:
        """The branch and its local day in whose plan it stands, once."""
        return self.branch, self.starts_at.astimezone(ZoneInfo(self.timezone)).date()

    @property
    def lines(self) -> "tuple[Rebooking, ...]":
        """Itself, and the one whose place it takes as it stands from now on, as the plans of their branches have them."""
        former = self.former
        if former is None or not former.open or former.place == self.place:
            return (self,)
        return self, replace(former, standing=PlanStanding.MOVED_ON)


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
