"""What appointments need from outside."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.limits import Limit as Rate
from chalicelib.kernel.paging import Page, Position

from ..model import (
    Appointment,
    Branch,
    Counts,
    DayFigure,
    Entry,
    Figure,
    Hold,
    Limit,
    Measure,
    Place,
    Plan,
    PlanEntry,
    Row,
    Service,
    Tally,
    Visit,
)
from .questions import Customers, Devices, Files, Units, Witnesses
from .waitlist import Chains, Waitlist

__all__ = [
    "Appointments",
    "Catalogue",
    "Chains",
    "Continuity",
    "Customers",
    "Days",
    "Devices",
    "Files",
    "Rates",
    "Units",
    "Waitlist",
    "Witnesses",
]


class Catalogue(Protocol):
    """Branches and services, as they were at most a minute ago."""

    def branches(self) -> Mapping[str, Branch]: ...

    def services(self) -> Mapping[str, Service]: ...

    def forget(self) -> None:
        """Read everything anew when it is asked for next."""

    def branch(self, id_: str) -> Branch | None:
        """Give a branch as it is now."""

    def service(self, id_: str) -> Service | None:
        """Give a service as it is now."""

    def register_branch(self, branch: Branch, records: Sequence[Record], stamp: Stamp | None = None) -> None:
        """Store a branch in the version it carries; raises Changed if it is not as it was read."""

    def register_service(self, service: Service, records: Sequence[Record], stamp: Stamp | None = None) -> None:
        """Store a service in the version it carries; raises Changed if it is not as it was read."""


class Appointments(Protocol):
    """The store of cells, holds and appointments; every write is one transaction with its records."""

    def cells(self, branch: str, day: date) -> Mapping[Place, Counts]:
        """Give the cells of a branch's local day that anybody has, by pool and start."""

    def take(
        self,
        hold: Hold,
        limits: Sequence[Limit],
        most: int,
        records: Sequence[Record],
        stamp: Stamp | None,
        *,
        today: datetime | None = None,
        counted: Mapping[str, Rate] | None = None,
    ) -> None:
        """Keep a hold and give it its cells.

        Raises SlotTaken if one of them is at its limit, TooManyOpen if the customer has `most` holds and appointments;
        if `today` is given, which is now, DayBeforeOnly for whoever missed too many lately; and TooManyHolds if under one of
        the names in `counted` there were too many.
        """

    def searched(self, name: str, rate: Rate, now: datetime) -> int:
        """Count a search under a name; give the seconds until the next may be made if there were too many, else 0."""

    def hold(self, day: str, id_: str) -> Hold | None: ...

    def expired(self, day: str, now: datetime) -> Sequence[Hold]:
        """Give the holds of a branch's day that are over and were not freed."""

    def free(self, hold: Hold, records: Sequence[Record], stamp: Stamp | None = None) -> None:
        """Give a hold's cells back; raises HoldSpent if it is not there any more."""

    def book(self, appointment: Appointment, hold: Hold, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Spend a hold for a new appointment.

        Raises HoldSpent, and Changed if the appointment's number is taken.
        """

    def move(
        self,
        appointment: Appointment,
        before: Appointment,
        hold: Hold,
        records: Sequence[Record],
        stamp: Stamp | None,
    ) -> None:
        """Store an appointment at the time of a hold, which is spent, and give the cells it had before back.

        Raises HoldSpent, and Changed if it is not as it was read.
        """

    def end(
        self, appointment: Appointment, records: Sequence[Record], stamp: Stamp | None, *, unused: Visit | None = None
    ) -> None:
        """Store an appointment that is open no longer: its customer may have another one, and `unused` time is free.

        Raises Changed if it is not as it was read.
        """

    def save(self, appointment: Appointment, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store an appointment in the version it carries, its cells as they are; raises Changed."""

    def remember(self, stamp: Stamp | None) -> None:
        """Keep the answer to a call that had nothing to change; raises Replayed if this very call was answered before."""

    def get(self, id_: str) -> Appointment | None:
        """Give one by its id or its number."""

    def of_customer(self, customer: str, limit: int, start: Position | None) -> Page[Row]: ...

    def of_day(self, branch: str, day: date, limit: int, start: Position | None) -> Page[Row]: ...

    def unseen(self, branch: str, limit: int, start: Position | None) -> Page[Row]:
        """Give the visits of a branch with documents it has to look at, the next first; as they were a moment ago."""


class Rates(Protocol):
    """What was measured at a branch lately, by service; a minute old at most."""

    def measured(self, branch: str) -> Mapping[str, Figure]: ...


class Days(Rates, Protocol):
    """The store of a branch's day; every write is one transaction with its records and what it adds to the sums."""

    def entries(self, branch: str, day: date) -> Sequence[Entry]:
        """Give everybody of a branch's local day, whatever became of them; as it was a moment ago."""

    def next_number(self, branch: str, day: date) -> int:
        """Give the next short number of a branch's local day; nobody else is given it, now or later that day."""

    def keep(
        self,
        appointment: Appointment,
        records: Sequence[Record],
        stamp: Stamp | None,
        *tallies: Tally | None,
        freed: Visit | None = None,
    ) -> None:
        """Store an appointment in the version it carries, or a new one of version 1; `freed` cells are free from now on.

        Raises Changed.
        """

    def end(
        self,
        appointment: Appointment,
        records: Sequence[Record],
        stamp: Stamp | None,
        *tallies: Tally | None,
        missed: bool = False,
        limited_until: datetime | None = None,
    ) -> None:
        """Store an appointment that is over: its customer may have another one; raises Changed.

        `missed` remembers that they did not come, for ninety days; `limited_until` is what follows from that.
        """

    def revive(
        self,
        appointment: Appointment,
        records: Sequence[Record],
        stamp: Stamp | None,
        *tallies: Tally | None,
        missed: bool,
        limited_until: datetime | None,
    ) -> None:
        """Store an appointment that was over and is not: `missed` is forgotten, if it was remembered; raises Changed."""

    def misses(self, customer: str, since: datetime) -> Sequence[datetime]:
        """Give the starts of what a customer missed since an instant."""

    def figures(self, branch: str, first: date, last: date) -> Sequence[DayFigure]:
        """Give what was measured on some local days, both included."""


class Continuity(Protocol):
    """The store of measures of continuity, and of the plans of the bookings they affect."""

    def measure(self, target: str) -> Measure | None:
        """Give what a branch or unit does differently, as it is now."""

    def set_measure(self, measure: Measure, records: Sequence[Record]) -> None:
        """Store a measure in the version it carries; raises Changed if it is not as it was read."""

    def plan(self, branch: str) -> Plan | None: ...

    def set_plan(self, plan: Plan, records: Sequence[Record], former: Plan | None = None) -> None:
        """Store a plan in the version it carries; raises Changed if it is not as it was read.

        Of the `former` one, whose place it takes, the end of its chain is kept.
        """

    def entries(self, branch: str, since: date, standing: str, limit: int, start: Position | None) -> Page[PlanEntry]:
        """Give the bookings of days from one on that a plan was about, by day and priority; `standing` may be empty."""
