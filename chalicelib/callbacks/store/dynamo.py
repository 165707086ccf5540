"""Reading and writing promised calls."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from chalicelib.aws.tables import Put, Tables, Write, unchanged
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Record
from chalicelib.kernel.ids import is_number
from chalicelib.kernel.paging import Page, Position

from ..model import Book, Callback, Row, Status, WindowFull, callback_key, month_of
from . import beside
from .items import TABLE, from_item, row_of, to_item


class DynamoCallbacks:
    """Keeps promised calls, and what is left of each unit's windows."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def promise(self, callback: Callback, most: int, word: str, records: Sequence[Record], stamp: Stamp | None) -> None:
        # What is open already is found before it is found that the window is full: it may be full because of that one.
        writes = [beside.opening(callback), Put(TABLE, to_item(callback)), beside.naming(callback, word)]
        self._tables.commit([*writes, *_moving_in(callback, most)], records, stamp)

    def save(
        self,
        callback: Callback,
        before: Callback,
        records: Sequence[Record],
        stamp: Stamp | None,
        *,
        most: int = 0,
        book: Book | None = None,
        more: Sequence[Record] = (),
    ) -> None:
        writes: list[Write] = [unchanged(TABLE, to_item(callback), before.version)]
        writes += _moved(callback, before, most) + _handed(callback, before)
        if before.open and not callback.open:
            writes.append(beside.closing(before))
        if book is not None:
            writes.append(beside.writing(book))
        self._tables.commit(writes, [*records, *more], stamp)

    def remember(self, stamp: Stamp | None) -> None:
        if stamp is not None:
            self._tables.commit([], [], stamp)

    def get(self, id_: str) -> Callback | None:
        try:
            key = {"pk": id_, "sk": "callback"} if is_number(id_) else callback_key(id_)
        except ValueError:
            return None
        item = self._tables.get(TABLE, key)
        return from_item(item) if item and id_ in (item["id"], item["number"]) else None

    def hand(self, agent: str) -> str:
        item = self._tables.get(TABLE, beside.hand_key(agent))
        return "" if item is None else str(item["callback"])

    def by_word(self, word: str) -> Callback | None:
        item = self._tables.get(TABLE, beside.word_key(word))
        return None if item is None else self.get(item["callback"])

    def taken(self, unit: str, since: datetime, until: datetime) -> Mapping[datetime, int]:
        values = {":unit": beside.cells_key(unit), ":from": text(since), ":to": text(until)}
        found: dict[datetime, int] = {}
        start = None
        while True:
            page = self._tables.query(TABLE, "pk = :unit AND sk BETWEEN :from AND :to", values, start=start)
            found |= {moment(item["sk"]): item["taken"] for item in page.items}
            start = page.next
            if start is None:
                return found

    def line(self, unit: str, limit: int, start: Position | None) -> Page[Row]:
        page = self._tables.query(TABLE, "line = :unit", {":unit": unit}, index="line", limit=limit, start=start)
        return Page(tuple(row_of(item) for item in page.items), page.next)

    def of_customer(self, customer: str, limit: int, start: Position | None) -> Page[Row]:
        values = {":customer": customer}
        options = {"index": "customer", "limit": limit, "start": start, "forward": False}
        page = self._tables.query(TABLE, "customer_id = :customer", values, **options)
        return Page(tuple(row_of(item) for item in page.items), page.next)

    def of_unit(self, unit: str, since: datetime, until: datetime, limit: int, start: Position | None) -> Page[Row]:
        values = {":month": month_of(unit, since), ":from": text(since), ":to": text(until)}
        condition = "unit_month = :month AND starts_at BETWEEN :from AND :to"
        page = self._tables.query(TABLE, condition, values, index="unit", limit=limit, start=start)
        return Page(tuple(row_of(item) for item in page.items), page.next)

    def book(self, customer: str) -> Book:
        item = self._tables.get(TABLE, beside.book_key(customer))
        return Book(customer) if item is None else beside.book_of(item)

    def save_book(self, book: Book, records: Sequence[Record], stamp: Stamp | None) -> None:
        self._tables.commit([beside.writing(book)], records, stamp)


def _moving_in(callback: Callback, most: int) -> Iterator[Write]:
    """Take room in its window, if it takes any; where nobody is on duty there is none."""
    if callback.cell is None:
        return
    if most < 1:
        raise WindowFull
    yield beside.taking(callback.unit, callback.cell, most)


def _moved(callback: Callback, before: Callback, most: int) -> list[Write]:
    """Take room elsewhere, and give back what it had, unless it was used."""
    if callback.cell == before.cell:
        return []
    back = [beside.giving_back(before.unit, before.cell)] if before.cell else []
    return [*_moving_in(callback, most), *back]


def _handed(callback: Callback, before: Callback) -> list[Write]:
    """Fill the hand of who has it from now on, and empty that of who had it."""
    if callback.status is before.status or Status.LEASED not in (callback.status, before.status):
        return []
    return [beside.grasping(callback) if callback.status is Status.LEASED else beside.letting_go(before)]
