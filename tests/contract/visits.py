"""Words for the contracts about branches: stores that stand on one table, and holds and visits made of what matters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from chalicelib.appointments.model import Appointment, Channel, Hold, Limit, Status, Stretch, Visit
from chalicelib.appointments.store import DynamoAppointments, DynamoCatalogue, DynamoContinuity, DynamoDays
from chalicelib.aws.tables import Tables
from chalicelib.kernel.ids import born
from tests.builders import id_of
from tests.fakes import MemoryAppointments, MemoryCatalogue, MemoryContinuity, MemoryDays, MemoryVisits

NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # in Shanghai
TODAY = date(2026, 11, 24)
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Stores:
    """Every store of what happens at branches, on one table."""

    appointments: Any
    days: Any
    catalogue: Any
    continuity: Any

    def taken(self, day: date = TODAY) -> dict[int, int]:
        """Count who has the cells at the desk, by quarters of an hour after nine."""
        cells = self.appointments.cells("bund", day).items()
        return {int((start - NINE) / QUARTER): it.taken for (_, start), it in cells if it.taken}

    def take(self, hold: Hold, most: int = 9, **but: Any) -> Hold:
        """Keep a hold where anything can be had."""
        self.appointments.take(hold, limits(hold), most, [], None, **but)
        return hold

    def book(self, number: int = 1, **what_matters: Any) -> Appointment:
        """Hold a time and book it."""
        hold = self.take(make_hold(number, **what_matters))
        booked = make_visit(number, hold)
        self.appointments.book(booked, hold, [], None)
        return booked


def in_memory() -> Stores:
    visits = MemoryVisits()
    catalogue = MemoryCatalogue(visits=visits)
    return Stores(MemoryAppointments(visits), MemoryDays(visits), catalogue, MemoryContinuity(catalogue))


def on(tables: Tables) -> Stores:
    catalogue = DynamoCatalogue(tables)
    return Stores(DynamoAppointments(tables), DynamoDays(tables), catalogue, DynamoContinuity(tables, catalogue))


def make_hold(number: int = 1, quarter: int = 0, **what_matters: Any) -> Hold:
    """Make somebody's hold of half an hour, so many quarters of an hour after nine."""
    start = NINE + quarter * QUARTER
    visit = Visit(start, start + 2 * QUARTER, (Stretch("desk", start, 2, 15),))
    facts: dict[str, Any] = {
        "id": id_of(number, "hld"),
        "branch": "bund",
        "unit": "east",
        "timezone": "Asia/Shanghai",
        "services": ("card",),
        "late_hours": 0,
        "visit": visit,
        "channel": Channel.PUBLIC,
        "customer_id": "cus_li",
    }
    return Hold(**facts | what_matters)


def limits(hold: Hold, most: int = 9, share: int = 9) -> Sequence[Limit]:
    return [Limit(pool, start, most, share) for pool, start in hold.visit.cells()]


def make_visit(number: int, hold: Hold, **what_matters: Any) -> Appointment:
    """Make what a hold is booked as."""
    made = Appointment(
        id=id_of(number, "apt"),
        status=Status.BOOKED,
        branch=hold.branch,
        unit=hold.unit,
        timezone=hold.timezone,
        services=hold.services,
        customer_id=hold.customer_id,
        channel=hold.channel,
        starts_at=hold.visit.starts_at,
        ends_at=hold.visit.ends_at,
        booked_at=born(hold.id),
        visit=hold.visit,
    )
    return replace(made, **what_matters)


def later(before: Appointment, **what_matters: Any) -> Appointment:
    """Give the next version of it."""
    return replace(before, version=before.version + 1, **what_matters)
