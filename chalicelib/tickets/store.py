"""Tickets and their messages in the table `tickets`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.aws.tables import Put, Tables, unchanged
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link, Record
from chalicelib.kernel.ids import number_of
from chalicelib.kernel.paging import Page, Position
from chalicelib.sla.clocks import Extension, Pause

from .model import (
    Author,
    Channel,
    ClockFacts,
    Kind,
    Message,
    Notice,
    Row,
    Ticket,
    Visibility,
    desk_key,
    due_shard,
    ticket_key,
)

TABLE = "tickets"
# Sorts after every date: open tickets without a running clock stand at the end of the queue.
_NO_DUE = "~"
_BESIDE = (
    "body",
    "language",
    "registered_at",
    "regimes",
    "product",
    "about_unit",
    "about_staff",
    "process",
    "moves_on",
)


class DynamoTickets:
    """Keeps tickets."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, id_: str) -> Ticket | None:
        try:
            key = ticket_key(id_)
        except ValueError:
            return None
        item = self._tables.get(TABLE, key)
        return from_item(item) if item and item["id"] == id_ else None

    def add(self, ticket: Ticket, records: Sequence[Record], stamp: Stamp | None) -> None:
        self._tables.commit([Put(TABLE, to_item(ticket))], records, stamp)

    def save(
        self, ticket: Ticket, records: Sequence[Record], stamp: Stamp | None, message: Message | None = None
    ) -> Ticket:
        saved = replace(ticket, version=ticket.version + 1)
        puts = [unchanged(TABLE, to_item(saved), ticket.version)]
        if message is not None:
            puts.append(Put(TABLE, _message_item(ticket.id, message)))
        self._tables.commit(puts, records, stamp)
        return saved

    def messages(self, id_: str, limit: int, start: Position | None) -> Page[Message]:
        values = {":pk": ticket_key(id_)["pk"], ":message": "message#"}
        page = self._tables.query(TABLE, "pk = :pk AND begins_with(sk, :message)", values, limit=limit, start=start)
        return Page(tuple(_message(item) for item in page.items), page.next)

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
        return Page(tuple(_row(item) for item in page.items), page.next)

    def of_desk(self, unit: str, is_open: bool, where: dict[str, str], limit: int, start: Position | None) -> Page[Row]:
        values = {":desk": desk_key(unit, is_open=is_open)} | {f":{name}": value for name, value in where.items()}
        page = self._tables.query(
            TABLE,
            "desk = :desk",
            values,
            index="desk",
            limit=limit,
            start=start,
            names={f"#{name}": name for name in where},
            filter=" AND ".join(f"#{name} = :{name}" for name in where),
        )
        return Page(tuple(_row(item) for item in page.items), page.next)


def to_item(ticket: Ticket) -> Item:
    """Write a ticket: what indexes and lists need as attributes, the rest as one JSON text, which is cheap to read."""
    due = text(ticket.due_at) if ticket.due_at else None
    return {
        **ticket_key(ticket.id),
        "id": ticket.id,
        "number": ticket.number,
        "kind": ticket.kind.value,
        "status": ticket.status,
        "unit": ticket.unit,
        "customer_id": ticket.customer_id,
        "subject": ticket.subject,
        "channel": ticket.channel.value,
        "priority": ticket.priority,
        "received_at": text(ticket.received_at),
        "owner": ticket.owner or None,
        "open": ticket.open,
        "version": ticket.version,
        "seq": ticket.link.seq,
        "head": ticket.link.head,
        "due_at": due,
        "due_shard": due_shard(ticket.id) if due else None,
        "desk": desk_key(ticket.unit, is_open=ticket.open),
        "desk_due": text(ticket.desk_due) if ticket.desk_due else _NO_DUE,
        "facts": _dumped(_beside(ticket)),
    }


def from_item(item: Item) -> Ticket:
    """Read a ticket back."""
    facts = json.loads(item["facts"])
    return Ticket(
        id=item["id"],
        kind=Kind(item["kind"]),
        status=item["status"],
        unit=item["unit"],
        customer_id=item["customer_id"],
        subject=item["subject"],
        channel=Channel(item["channel"]),
        priority=item["priority"],
        received_at=moment(item["received_at"]),
        owner=item.get("owner", ""),
        open=item["open"],
        version=item["version"],
        link=Link(item["seq"], item["head"]),
        due_at=moment(item["due_at"]) if "due_at" in item else None,
        desk_due=_due(item),
        body=facts["body"],
        language=facts["language"],
        registered_at=moment(facts["registered_at"]),
        regimes=tuple(facts.get("regimes", ())),
        product=facts.get("product", ""),
        about_unit=facts.get("about_unit", ""),
        about_staff=facts.get("about_staff", ""),
        process=facts.get("process", {}),
        moves_on=facts.get("moves_on", {}),
        clocks=tuple(_clock(clock) for clock in facts.get("clocks", ())),
        notices=tuple(_notice(notice) for notice in facts.get("notices", ())),
    )


def _beside(ticket: Ticket) -> dict[str, Any]:
    facts = {name: getattr(ticket, name) for name in _BESIDE}
    facts["clocks"] = [asdict(clock) for clock in ticket.clocks]
    facts["notices"] = [asdict(notice) for notice in ticket.notices]
    return facts


def _dumped(facts: Mapping[str, Any]) -> str:
    """Write facts as JSON without what is empty, since every hundred bytes are paid for."""
    return json.dumps(_filled(facts), ensure_ascii=False, separators=(",", ":"), default=_textual)


def _filled(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _filled(inner) for key, inner in value.items() if inner not in (None, "", (), [], {})}
    if isinstance(value, list | tuple):
        return [_filled(inner) for inner in value]
    return value


def _textual(value: object) -> str:
    if isinstance(value, datetime):
        return text(value)
    raise TypeError(f"no fact of a ticket: {type(value).__name__}")


def _moment(value: str | None) -> datetime | None:
    return None if value is None else moment(value)


def _clock(facts: Mapping[str, Any]) -> ClockFacts:
    return ClockFacts(
        pack=facts["pack"],
        rule=facts["rule"],
        calendar=facts["calendar"],
        started_at=moment(facts["started_at"]),
        pauses=tuple(
            Pause(pause["reason"], moment(pause["started_at"]), _moment(pause.get("ended_at")))
            for pause in facts.get("pauses", ())
        ),
        extensions=tuple(
            Extension(step["step"], step["to_total"], moment(step["granted_at"]))
            for step in facts.get("extensions", ())
        ),
        met_at=_moment(facts.get("met_at")),
        stopped_at=_moment(facts.get("stopped_at")),
        warned=tuple(facts.get("warned", ())),
    )


def _notice(facts: Mapping[str, Any]) -> Notice:
    return Notice(
        key=facts["key"],
        template=facts["template"],
        to=facts["to"],
        asked_at=moment(facts["asked_at"]),
        tries=facts["tries"],
        facts=facts.get("facts", {}),
    )


def _due(item: Item) -> datetime | None:
    due = item.get("desk_due", _NO_DUE)
    return None if due == _NO_DUE else moment(due)


def _row(item: Item) -> Row:
    return Row(
        id=item["id"],
        number=item["number"],
        kind=item["kind"],
        status=item["status"],
        subject=item["subject"],
        received_at=moment(item["received_at"]),
        due_at=_due(item),
        version=item["version"],
        owner=item.get("owner", ""),
        unit=item.get("unit", ""),
        channel=item.get("channel", ""),
        priority=item.get("priority", ""),
    )


def _message_item(ticket_id: str, message: Message) -> Item:
    return {
        "pk": number_of(ticket_id, "T"),
        "sk": f"message#{message.id}",
        "message": message.id,
        "author": message.author.value,
        "said_by": message.by,
        "visibility": message.visibility.value,
        "body": message.body,
        "at": text(message.at),
    }


def _message(item: Item) -> Message:
    return Message(
        id=item["message"],
        author=Author(item["author"]),
        by=item["said_by"],
        visibility=Visibility(item["visibility"]),
        body=item["body"],
        at=moment(item["at"]),
    )
