"""Reading and writing cells, holds and appointments."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from chalicelib.aws.items import Item
from chalicelib.aws.tables import Add, Put, Remove, Tables, Write
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import text
from chalicelib.kernel.events import Record
from chalicelib.kernel.ids import is_number, new_id
from chalicelib.kernel.paging import Page, Position

from ..model import (
    HOLD_LIFE,
    Appointment,
    Counts,
    DayBeforeOnly,
    Hold,
    HoldSpent,
    Limit,
    Place,
    Row,
    SlotTaken,
    TooManyOpen,
    Visit,
    appointment_key,
    hold_key,
)
from .catalogue import TABLE
from .items import (
    CELL,
    by,
    cell_expires,
    cell_key,
    changed,
    count_key,
    counting_down,
    counts_of,
    day_key,
    from_item,
    giving_back,
    hold_item,
    hold_of,
    row_of,
    to_item,
)


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
    ) -> None:
        cells = [_taking(hold, limit) for limit in limits]
        writes = [*cells, _counting_up(hold.customer_id, most, today), Put(TABLE, hold_item(hold))]
        self._tables.commit(writes, records, stamp)

    def hold(self, day: str, id_: str) -> Hold | None:
        item = self._tables.get(TABLE, {"pk": day, "sk": f"hold#{id_}"})
        return None if item is None else hold_of(item)

    def expired(self, day: str, now: datetime) -> Sequence[Hold]:
        # Ids sort by the time at which they were made.
        newest = new_id("hld", now - HOLD_LIFE, b"\xff" * 10)
        values = {":day": day, ":from": "hold#", ":to": f"hold#{newest}"}
        return [hold_of(item) for item in self._all("pk = :day AND sk BETWEEN :from AND :to", values)]

    def free(self, hold: Hold, records: Sequence[Record], stamp: Stamp | None = None) -> None:
        back = giving_back(hold.day, hold.visit, hold.channel)
        self._tables.commit([_spending(hold), *back, counting_down(hold.customer_id)], records, stamp)

    def book(self, appointment: Appointment, hold: Hold, records: Sequence[Record], stamp: Stamp | None) -> None:
        self._tables.commit([_spending(hold), Put(TABLE, to_item(appointment))], records, stamp)

    def move(
        self,
        appointment: Appointment,
        before: Appointment,
        hold: Hold,
        records: Sequence[Record],
        stamp: Stamp | None,
    ) -> None:
        back = giving_back(before.day, before.visit, before.channel) if before.visit else []
        # Hold and appointment were counted both; from now on they are one.
        writes = [_spending(hold), *changed(appointment), *back, counting_down(before.customer_id)]
        self._tables.commit(writes, records, stamp)

    def end(
        self,
        appointment: Appointment,
        records: Sequence[Record],
        stamp: Stamp | None,
        *,
        unused: Visit | None = None,
    ) -> None:
        back = giving_back(appointment.day, unused, appointment.channel) if unused else []
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
            "customer_id = :customer",
            {":customer": customer},
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


def _taking(hold: Hold, limit: Limit) -> Add:
    """Take one cell, if neither it nor what the channel may give away of it is used up."""
    counter = by(hold.channel)
    return Add(
        TABLE,
        cell_key(hold.day, (limit.pool, limit.start)),
        {"taken": 1, counter: 1},
        f"(attribute_not_exists(taken) OR taken < :most) AND (attribute_not_exists({counter}) OR {counter} < :share)",
        {":most": limit.most, ":share": limit.share},
        sets={"expires": cell_expires(limit.start)},
        refused=lambda _: SlotTaken(),
    )


def _counting_up(customer: str, most: int, today: datetime | None) -> Write:
    """Let a customer have one more, if they have less than `most`; and for `today`, if nothing limits them now."""
    few, values = "(attribute_not_exists(open_now) OR open_now < :most)", {":most": most}
    if today is not None:
        few += " AND (attribute_not_exists(limited_until) OR limited_until <= :now)"
        values[":now"] = int(today.timestamp())

    def refused(item: Item) -> Exception:
        if item.get("open_now", 0) >= most:
            return TooManyOpen(most=most)
        return DayBeforeOnly(until=text(datetime.fromtimestamp(item["limited_until"], UTC)))

    return Add(TABLE, count_key(customer), {"open_now": 1}, few, values, refused=refused)


def _spending(hold: Hold) -> Write:
    """Take a hold away: whoever does it first has it."""
    values = {":customer": hold.customer_id}
    return Remove(TABLE, hold_key(hold), "customer = :customer", values, refused=lambda _: HoldSpent())
