"""Tickets in memory."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import text
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position
from chalicelib.tickets.model import Message, Row, Said, TaskRow, Ticket, ticket_of
from chalicelib.tickets.store.items import digest

from .ledger import MemoryLedger


@dataclass
class MemoryTickets:
    """Keeps what `Tickets` promises to keep, by number as the table does; lists are filtered page by page, as there."""

    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    kept: dict[str, Ticket] = field(default_factory=dict)
    posted: dict[str, dict[str, Message]] = field(default_factory=dict)
    rows: dict[str, TaskRow] = field(default_factory=dict)
    told: dict[str, dict[tuple[int, int], Said]] = field(default_factory=dict)

    def get(self, id_: str) -> Ticket | None:
        found = next((ticket for ticket in self.kept.values() if ticket.id == id_), None)
        if found is None:
            return None
        # The outline is for lists alone, and what is closed has no due time left to sort by.
        return replace(found, outline={}, desk_due=found.desk_due if found.open else None)

    def write(
        self,
        tickets: Sequence[Ticket],
        new: Collection[str],
        records: Sequence[Record],
        stamp: Stamp | None,
        says: Sequence[tuple[str, Message]] = (),
        tasks: Sequence[TaskRow] = (),
        said: Sequence[tuple[str, Said]] = (),
    ) -> None:
        holds = all(self._as_read(ticket, new) for ticket in tickets)
        fresh = all(message.id not in self.posted.get(id_, {}) for id_, message in says)
        fresh = fresh and all((one.task, one.place) not in self.told.get(id_, {}) for id_, one in said)
        self.ledger.commit(records, stamp, holds=holds and fresh)
        self.rows |= {row.id: row for row in tasks}
        for id_, one in said:
            self.told.setdefault(id_, {})[one.task, one.place] = one
        for ticket in tickets:
            self.kept[ticket.number] = _as_read_back(ticket)
        for id_, message in says:
            # On which ticket it is, the key says; opening hours are told once.
            self.posted.setdefault(id_, {})[message.id] = replace(message, ticket="", opens_at=None)

    def remember(self, stamp: Stamp | None) -> None:
        if stamp is not None:
            self.ledger.commit([], stamp)

    def messages(self, id_: str, limit: int, start: Position | None) -> Page[Message]:
        return _page(sorted(self.posted.get(id_, {}).items()), limit, start)

    def of_customer(self, customer: str, limit: int, start: Position | None) -> Page[Row]:
        own = {ticket.id: _own_row(ticket) for ticket in self.kept.values() if ticket.customer_id == customer}
        return _page(sorted(own.items(), reverse=True), limit, start, newest_first=True)

    def of_desk(
        self, unit: str, is_open: bool, where: dict[str, str], reader: str, limit: int, start: Position | None
    ) -> Page[Row]:
        there = [ticket for ticket in self.kept.values() if (ticket.unit, ticket.open) == (unit, is_open)]
        page = _page(sorted((f"{_desk_due(t)} {t.id}", t) for t in there), limit, start)
        shown = [ticket for ticket in page.items if not ticket.about_staff or ticket.about_staff != reader]
        matching = [t for t in shown if all(str(getattr(t, name)) == value for name, value in where.items())]
        return Page(tuple(map(_desk_row, matching)), page.next)

    def of_group(self, group: str, limit: int, start: Position | None) -> Page[Row]:
        together = {t.id: replace(_desk_row(t), open=t.open) for t in self.kept.values() if group and t.group == group}
        return _page(sorted(together.items()), limit, start)

    def tasks(self, unit: str, owner: str, reader: str, limit: int, start: Position | None) -> Page[TaskRow]:
        there = [row for row in self.rows.values() if row.unit == unit and row.open]
        page = _page(
            sorted((f"{text(row.due_at) if row.due_at else '~'} {row.id}", row) for row in there), limit, start
        )
        shown = [row for row in page.items if not row.hidden_from or row.hidden_from != reader]
        own = [replace(row, hidden_from="") for row in shown if owner in ("", row.owner)]
        return Page(tuple(own), page.next)

    def said(self, task: str) -> Sequence[Said]:
        ticket, n = ticket_of(task)
        return [one for (number, _), one in sorted(self.told.get(ticket, {}).items()) if number == n]

    def task_loads(self, unit: str) -> Mapping[str, int]:
        return Counter(row.owner for row in self.rows.values() if row.unit == unit and row.open and row.owner)

    def lines(
        self, unit: str, closed: tuple[datetime, datetime] | None, start: Position | None
    ) -> Page[Mapping[str, Any]]:
        """List what reports need of a unit's open tickets, or of those closed in a time."""
        there = [t for t in self.kept.values() if t.unit == unit and t.open == (closed is None)]
        inside = [t for t in there if closed is None or (t.closed_at and closed[0] <= t.closed_at < closed[1])]
        return Page(tuple(_line(ticket) for ticket in sorted(inside, key=_desk_due)), None)

    def loads(self, unit: str) -> Mapping[str, int]:
        return Counter(t.owner for t in self.kept.values() if t.unit == unit and t.open and t.owner)

    def _as_read(self, ticket: Ticket, new: Collection[str]) -> bool:
        known = self.kept.get(ticket.number)
        return known is None if ticket.id in new else known is not None and known.version == ticket.version - 1


def _page(
    keyed: Sequence[tuple[str, Any]], limit: int, start: Position | None, *, newest_first: bool = False
) -> Page[Any]:
    after = start["after"] if start else None
    left = [(key, it) for key, it in keyed if after is None or (key < after if newest_first else key > after)]
    more = len(left) > limit
    return Page(tuple(it for _, it in left[:limit]), {"after": left[limit - 1][0]} if more else None)


def _desk_due(ticket: Ticket) -> str:
    """Sort by the nearest due time, those without one last; closed ones by when they were closed."""
    at = ticket.desk_due if ticket.open else ticket.closed_at
    return text(at) if at else "~"


def _row(ticket: Ticket) -> Row:
    return Row(
        id=ticket.id,
        number=ticket.number,
        kind=ticket.kind.value,
        status=str(ticket.status),
        subject=ticket.subject,
        received_at=ticket.received_at,
        due_at=ticket.desk_due if ticket.open else None,
        version=ticket.version,
        unit=ticket.unit,
        about_staff=ticket.about_staff,
    )


def _own_row(ticket: Ticket) -> Row:
    written = digest(ticket.subject, ticket.body)
    return replace(_row(ticket), open=ticket.open, product=ticket.product, topic=ticket.topic, text=written)


def _desk_row(ticket: Ticket) -> Row:
    return replace(_row(ticket), owner=ticket.owner, channel=ticket.channel.value, priority=ticket.priority)


def _line(ticket: Ticket) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "kind": ticket.kind.value,
        "status": str(ticket.status),
        "unit": ticket.unit,
        "channel": ticket.channel.value,
        "received_at": ticket.received_at,
        "due_at": ticket.desk_due if ticket.open else None,
        "closed_at": None if ticket.open else ticket.closed_at,
        **ticket.outline,
    }


def _as_read_back(ticket: Ticket) -> Ticket:
    """Give a ticket as it comes back: what its kind keeps is plain data, without what is empty."""
    return replace(ticket, process=_plain(ticket.process))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items() if inner not in (None, "", (), [], {})}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return text(value)
    return value.isoformat() if isinstance(value, date) else value
