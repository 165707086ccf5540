"""Reading and writing cells, holds and appointments."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from chalicelib.aws.buckets import count, one_more
from chalicelib.aws.items import Item
from chalicelib.aws.tables import Put, Tables, Write
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.ids import born, is_number, new_id
from chalicelib.kernel.limits import Limit as Rate
from chalicelib.kernel.paging import Page, Position

from ..model import (
    HOLD_LIFE,
    Appointment,
    Counts,
    Hold,
    Limit,
    Place,
    Row,
    TooManyHolds,
    Visit,
    appointment_key,
)
from .catalogue import TABLE
from .items import (
    CELL,
    by,
    changed,
    counts_of,
    day_key,
    from_item,
    hold_item,
    hold_of,
    row_of,
    to_item,
)
from .seats import counting_down, counting_up, giving_back, spending, taking


class DynamoAppointments:
    """Keeps appointments, and what is left of each branch's time."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def cells(self, branch: str, day: date) -> Mapping[Place, Counts]:
        values = {":day": day_key(branch, day), ":cell": CELL}
        return dict(counts_of(item) for item in self._all("pk = :day AND begins_with(sk, :cell)", values))

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
        cells = [taking(hold, limit) for limit in limits]
        writes: list[Write] = [*cells, counting_up(hold.customer_id, most, today), Put(TABLE, hold_item(hold))]
        born_at = born(hold.id)
        writes += [one_more(TABLE, name, rate, born_at, _too_many) for name, rate in (counted or {}).items()]
        self._tables.commit(writes, records, stamp)

    def searched(self, name: str, rate: Rate, now: datetime) -> int:
        return count(self._tables, TABLE, name, rate, now)

    def hold(self, day: str, id_: str) -> Hold | None:
        item = self._tables.get(TABLE, {"pk": day, "sk": f"hold#{id_}"})
        return None if item is None else hold_of(item)

    def expired(self, day: str, now: datetime) -> Sequence[Hold]:
        # Ids sort by the time at which they were made, and none lives shorter than that.
        newest = new_id("hld", now - HOLD_LIFE, b"\xff" * 10)
        values = {":day": day, ":from": "hold#", ":to": f"hold#{newest}"}
        found = map(hold_of, self._all("pk = :day AND sk BETWEEN :from AND :to", values))
        return [hold for hold in found if hold.until <= now]

    def free(self, hold: Hold, records: Sequence[Record], stamp: Stamp | None = None) -> None:
        back = giving_back(hold.day, hold.visit, by(hold.channel))
        self._tables.commit([spending(hold), *back, counting_down(hold.customer_id)], records, stamp)

    def book(self, appointment: Appointment, hold: Hold, records: Sequence[Record], stamp: Stamp | None) -> None:
        self._tables.commit([spending(hold), Put(TABLE, to_item(appointment))], records, stamp)

    def move(
        self,
        appointment: Appointment,
        before: Appointment,
        hold: Hold,
        records: Sequence[Record],
        stamp: Stamp | None,
    ) -> None:
        back = giving_back(before.day, before.visit, by(before.channel)) if before.visit else []
        # Hold and appointment were counted both; from now on they are one.
        writes = [spending(hold), *changed(appointment), *back, counting_down(before.customer_id)]
        self._tables.commit(writes, records, stamp)

    def end(
        self,
        appointment: Appointment,
        records: Sequence[Record],
        stamp: Stamp | None,
        *,
        unused: Visit | None = None,
    ) -> None:
        back = giving_back(appointment.day, unused, by(appointment.channel)) if unused else []
        # A walk-in was never counted.
        counted = [counting_down(appointment.customer_id)] if appointment.visit else []
        writes = [*changed(appointment), *back, *counted]
        self._tables.commit(writes, records, stamp)

    def save(self, appointment: Appointment, records: Sequence[Record], stamp: Stamp | None) -> None:
        self._tables.commit(changed(appointment), records, stamp)

    def remember(self, stamp: Stamp | None) -> None:
        if stamp is not None:
            self._tables.commit([], [], stamp)

    def get(self, id_: str) -> Appointment | None:
        try:
            key = {"pk": id_, "sk": "appointment"} if is_number(id_) else appointment_key(id_)
        except ValueError:
            return None
        item = self._tables.get(TABLE, key)
        return from_item(item) if item and id_ in (item["id"], item["number"]) else None

    def of_customer(self, customer: str, limit: int, start: Position | None) -> Page[Row]:
        page = self._tables.query(
            TABLE,
            "customer_id = :customer AND begins_with(id, :kind)",
            {":customer": customer, ":kind": "apt_"},
            index="customer",
            limit=limit,
            start=start,
            forward=False,
        )
        return Page(tuple(row_of(item) for item in page.items), page.next)

    def of_day(self, branch: str, day: date, limit: int, start: Position | None) -> Page[Row]:
        values = {":day": day_key(branch, day)}
        page = self._tables.query(TABLE, "visit_day = :day", values, index="day", limit=limit, start=start)
        return Page(tuple(row_of(item) for item in page.items), page.next)

    def unseen(self, branch: str, limit: int, start: Position | None) -> Page[Row]:
        page = self._tables.query(
            TABLE, "papers_at = :branch", {":branch": branch}, index="papers", limit=limit, start=start
        )
        return Page(tuple(row_of(item) for item in page.items), page.next)

    def _all(self, condition: str, values: Item) -> Iterable[Item]:
        start = None
        while True:
            page = self._tables.query(TABLE, condition, values, start=start, consistent=True)
            yield from page.items
            if page.next is None:
                return
            start = page.next


def _too_many(seconds: int) -> Exception:
    return TooManyHolds(retry_after=seconds)
