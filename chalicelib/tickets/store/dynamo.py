"""Reading and writing tickets."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from chalicelib.aws.tables import WHATEVER, Put, Tables, unchanged
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position

from ..model import Message, Row, Said, TaskRow, Ticket, desk_key, task_key, tasks_key, ticket_key
from .items import closed_mark, from_item, line_of, message_item, message_of, row_of, to_item
from .loads import Loads
from .tasks import row_item, said_item, said_of, task_row_of

TABLE = "tickets"
# What a line of a report is made of: parsing attributes is the cost of reading many.
_NOT_ABOUT_THE_READER = "(attribute_not_exists(about_staff) OR about_staff <> :reader)"
_LINE = ("id", "kind", "status", "unit", "channel", "received_at", "desk_due", "outline")


class DynamoTickets:
    """Keeps tickets."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._loads = Loads(tables, TABLE, lambda unit: desk_key(unit, is_open=True))
        self._task_loads = Loads(tables, TABLE, tasks_key)

    def get(self, id_: str) -> Ticket | None:
        try:
            key = ticket_key(id_)
        except ValueError:
            return None
        item = self._tables.get(TABLE, key)
        return from_item(item) if item and item["id"] == id_ else None

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
        puts = [
            Put(TABLE, to_item(ticket)) if ticket.id in new else unchanged(TABLE, to_item(ticket), ticket.version - 1)
            for ticket in tickets
        ]
        puts += [Put(TABLE, message_item(id_, message)) for id_, message in says]
        # That nobody wrote a task in between is what the condition of its ticket says.
        puts += [Put(TABLE, row_item(row), WHATEVER) for row in tasks]
        puts += [Put(TABLE, said_item(id_, one)) for id_, one in said]
        self._tables.commit(puts, records, stamp)
        for ticket in tickets:
            self._loads.note(ticket.id, ticket.unit, ticket.owner if ticket.open else "")
        for row in tasks:
            self._task_loads.note(row.id, row.unit, row.owner if row.open else "")

    def loads(self, unit: str) -> Mapping[str, int]:
        return self._loads.of(unit)

    def task_loads(self, unit: str) -> Mapping[str, int]:
        return self._task_loads.of(unit)

    def tasks(self, unit: str, owner: str, reader: str, limit: int, start: Position | None) -> Page[TaskRow]:
        page = self._tables.query(
            TABLE,
            "desk = :desk",
            {":desk": tasks_key(unit), ":reader": reader} | ({":owner": owner} if owner else {}),
            index="desk",
            limit=limit,
            start=start,
            names={"#owner": "owner"} if owner else {},
            filter=("#owner = :owner AND " if owner else "") + _NOT_ABOUT_THE_READER,
        )
        return Page(tuple(task_row_of(item) for item in page.items), page.next)

    def said(self, task: str) -> Sequence[Said]:
        key = task_key(task)
        values = {":pk": key["pk"], ":said": f"{key['sk']}#"}
        page = self._tables.query(TABLE, "pk = :pk AND begins_with(sk, :said)", values, consistent=True)
        return [said_of(item) for item in page.items]

    def remember(self, stamp: Stamp | None) -> None:
        if stamp is not None:
            self._tables.commit([], [], stamp)

    def messages(self, id_: str, limit: int, start: Position | None) -> Page[Message]:
        values = {":pk": ticket_key(id_)["pk"], ":message": "message#"}
        page = self._tables.query(TABLE, "pk = :pk AND begins_with(sk, :message)", values, limit=limit, start=start)
        return Page(tuple(message_of(item) for item in page.items), page.next)

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

    def of_desk(
        self, unit: str, is_open: bool, where: dict[str, str], reader: str, limit: int, start: Position | None
    ) -> Page[Row]:
        values = {":desk": desk_key(unit, is_open=is_open), ":reader": reader}
        values |= {f":{name}": value for name, value in where.items()}
        wanted = [f"#{name} = :{name}" for name in where]
        page = self._tables.query(
            TABLE,
            "desk = :desk",
            values,
            index="desk",
            limit=limit,
            start=start,
            names={f"#{name}": name for name in where},
            filter=" AND ".join([*wanted, _NOT_ABOUT_THE_READER]),
        )
        return Page(tuple(row_of(item) for item in page.items), page.next)

    def of_group(self, group: str, limit: int, start: Position | None) -> Page[Row]:
        page = self._tables.query(TABLE, "grouped = :group", {":group": group}, index="group", limit=limit, start=start)
        return Page(tuple(row_of(item) for item in page.items), page.next)

    def lines(
        self, unit: str, closed: tuple[datetime, datetime] | None, start: Position | None
    ) -> Page[Mapping[str, Any]]:
        """List what reports need of a unit's open tickets, or of those closed from one instant to before another."""
        values = {":desk": desk_key(unit, is_open=closed is None)}
        condition = "desk = :desk"
        if closed is not None:
            condition += " AND desk_due BETWEEN :from AND :to"
            values |= {":from": closed_mark(closed[0]), ":to": closed_mark(closed[1])}
        # No limit but DynamoDB's megabyte: a report reads all of it anyhow.
        names = {f"#{name}": name for name in _LINE}
        page = self._tables.query(
            TABLE, condition, values, index="desk", start=start, names=names, only=", ".join(names)
        )
        found = [line_of(item) for item in page.items]
        # BETWEEN takes both ends in.
        inside = [line for line in found if closed is None or line["closed_at"] < closed[1]]
        return Page(tuple(inside), page.next)
