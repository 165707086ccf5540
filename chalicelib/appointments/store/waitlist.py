"""Entries of the waitlist, in the table `appointments`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.aws.tables import WHATEVER, Put, Remove, Tables, Write, unchanged
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position

from ..model import AlreadyWaiting, Appointment, Hold, Limit, Waiting, due_shard
from .catalogue import TABLE
from .items import by, hold_item, to_item
from .seats import OPEN, WAITING, counting_down, counting_up, giving_back, spending, taking, waiting_up
from .waiting import entry_key, waiting_item, waiting_of

_AT_ONCE = 100  # of a batch


class DynamoWaitlist:
    """An entry has a line for each of its days, under its customer: so nobody waits twice, and a day is one query."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, id_: str) -> Waiting | None:
        item = self._tables.get(TABLE, entry_key(id_))
        return None if item is None else waiting_of(item)

    def of_day(self, branch: str, day: date) -> Sequence[Waiting]:
        return self._of(self._lines(branch, f"{day.isoformat()}#"))

    def days(self, branch: str) -> Sequence[date]:
        found = {line["sk"].partition("#")[0] for line in self._lines(branch, "2")}
        return [date.fromisoformat(day) for day in sorted(found)]

    def of_customer(self, customer: str, limit: int, start: Position | None) -> Page[Waiting]:
        values = {":customer": customer, ":kind": "wtl_"}
        page = self._tables.query(
            TABLE,
            "customer_id = :customer AND begins_with(id, :kind)",
            values,
            index="customer",
            limit=limit,
            start=start,
            forward=False,
        )
        found = {it.id: it for it in self._of([{"entry": item["id"]} for item in page.items])}
        return Page(tuple(found[item["id"]] for item in page.items if item["id"] in found), page.next)

    def join(self, waiting: Waiting, most: int, records: Sequence[Record], stamp: Stamp | None) -> None:
        lines = [_line(waiting, day) for day in waiting.days()]
        writes = [Put(TABLE, waiting_item(waiting)), *lines, waiting_up(waiting.customer_id, most)]
        self._tables.commit(writes, records, stamp)

    def save(self, waiting: Waiting, records: Sequence[Record], stamp: Stamp | None = None) -> None:
        over = [] if waiting.open else [*_ended(waiting), counting_down(waiting.customer_id, of=(WAITING,))]
        self._tables.commit([_kept(waiting), *over], records, stamp)

    def told(self, waiting: Waiting, records: Sequence[Record]) -> None:
        self._tables.commit([_kept(waiting)], records)

    def offer(
        self,
        waiting: Waiting,
        hold: Hold,
        limits: Sequence[Limit],
        most: int,
        records: Sequence[Record],
        *,
        today: datetime | None,
    ) -> None:
        cells = [taking(hold, limit) for limit in limits]
        counted = counting_up(hold.customer_id, most, today)
        self._tables.commit([_kept(waiting), *cells, counted, Put(TABLE, hold_item(hold))], records)

    def give_back(self, waiting: Waiting, hold: Hold, records: Sequence[Record], stamp: Stamp | None = None) -> None:
        of = (OPEN,) if waiting.open else (OPEN, WAITING)
        back = giving_back(hold.day, hold.visit, by(hold.channel))
        ended = [] if waiting.open else _ended(waiting)
        counted = counting_down(waiting.customer_id, of=of)
        self._tables.commit([_kept(waiting), spending(hold), *back, counted, *ended], records, stamp)

    def book(
        self, waiting: Waiting, hold: Hold, made: Appointment, records: Sequence[Record], stamp: Stamp | None
    ) -> None:
        counted = counting_down(waiting.customer_id, of=(WAITING,))
        booked = [_kept(waiting), spending(hold), Put(TABLE, to_item(made)), counted, *_ended(waiting)]
        self._tables.commit(booked, records, stamp)

    def watch(self, branch: str, id_: str, due_at: datetime) -> None:
        self._tables.put(Put(TABLE, _watch(branch, id_, due_at), WHATEVER))

    def watched(self, branch: str) -> tuple[str, datetime] | None:
        item = self._tables.get(TABLE, _watch_key(branch))
        return None if item is None else (item["id"], moment(item["due_at"]))

    def go_on(self, branch: str, before: str, id_: str, due_at: datetime | None) -> bool:
        same: Mapping[str, Any] = {"condition": "id = :id", "values": {":id": before}}
        write: Write = Remove(TABLE, _watch_key(branch), **same)
        if due_at is not None:
            write = Put(TABLE, _watch(branch, id_, due_at), **same)
        try:
            self._tables.commit([write], [])
        except Changed:
            return False
        return True

    def _lines(self, branch: str, since: str) -> list[Item]:
        values, found, start = {":pk": _lines_of(branch), ":since": since}, list[Item](), None
        while True:
            page = self._tables.query(
                TABLE, "pk = :pk AND begins_with(sk, :since)", values, start=start, consistent=True
            )
            found += page.items
            start = page.next
            if start is None:
                return found

    def _of(self, lines: Sequence[Item]) -> list[Waiting]:
        keys = [entry_key(line["entry"]) for line in lines]
        parts = (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))
        return [waiting_of(item) for part in parts for item in self._tables.batch(TABLE, part)]


def _kept(waiting: Waiting) -> Put:
    return unchanged(TABLE, waiting_item(waiting), waiting.version - 1)


def _lines_of(branch: str) -> str:
    return f"waiting#{branch}"


def _line_key(waiting: Waiting, day: date) -> Item:
    return {"pk": _lines_of(waiting.wish.branch), "sk": f"{day.isoformat()}#{waiting.customer_id}"}


def _line(waiting: Waiting, day: date) -> Put:
    def refused(item: Item) -> Exception:
        return AlreadyWaiting(waiting=item["entry"])

    return Put(TABLE, {**_line_key(waiting, day), "entry": waiting.id}, refused=refused)


def _ended(waiting: Waiting) -> list[Write]:
    """Take the lines of an entry away: nothing is offered to it any more."""
    return [Remove(TABLE, _line_key(waiting, day)) for day in waiting.days()]


def _watch_key(branch: str) -> Item:
    return {"pk": _lines_of(branch), "sk": "watch"}


def _watch(branch: str, id_: str, due_at: datetime) -> Item:
    return {**_watch_key(branch), "id": id_, "due_at": text(due_at), "due_shard": due_shard(id_)}
