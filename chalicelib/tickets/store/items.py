"""A ticket and its messages as items."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link
from chalicelib.kernel.ids import number_of

from ..model import Author, Channel, Kind, Message, Row, Ticket, Visibility, desk_key, due_shard, ticket_key
from . import facts

# Sorts after every date: open tickets without a running clock stand at the end of the queue. A closed one has no due time
# to sort by: behind this mark stands when it was closed, so that a period of closed tickets is one range of the index.
_NO_DUE = "~"


def to_item(ticket: Ticket) -> Item:
    """Write a ticket: what indexes and lists need as attributes, the rest as one JSON text, which is cheap to read."""
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
        "about_staff": ticket.about_staff or None,
        "grouped": ticket.group or None,
        "open": ticket.open,
        "version": ticket.version,
        "seq": ticket.link.seq,
        "head": ticket.link.head,
        **_sorting(ticket),
        **_likeness(ticket),
        "facts": facts.written(ticket),
    }


def _sorting(ticket: Ticket) -> Item:
    """Write what the indexes `due` and `desk` are sorted by, and the outline that `desk` shows to reports."""
    due = text(ticket.due_at) if ticket.due_at else None
    return {
        "due_at": due,
        "due_shard": due_shard(ticket.id) if due else None,
        "desk": desk_key(ticket.unit, is_open=ticket.open),
        "desk_due": _desk_due(ticket),
        "outline": _written(ticket.outline) if ticket.outline else None,
    }


def _likeness(ticket: Ticket) -> Item:
    """Write by what a ticket is known to be like another one of the same customer."""
    alike = {"product": ticket.product or None, "topic": ticket.topic or None}
    return {**alike, "text": digest(ticket.subject, ticket.body)}


def from_item(item: Item) -> Ticket:
    """Read a ticket back."""
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
        about_staff=item.get("about_staff", ""),
        group=item.get("grouped", ""),
        product=item.get("product", ""),
        topic=item.get("topic", ""),
        open=item["open"],
        version=item["version"],
        link=Link(item["seq"], item["head"]),
        due_at=moment(item["due_at"]) if "due_at" in item else None,
        desk_due=_due(item),
        **facts.read(item["facts"]),
    )


def _written(outline: Mapping[str, Any]) -> str:
    return json.dumps(outline, ensure_ascii=False, separators=(",", ":"))


def _desk_due(ticket: Ticket) -> str:
    if ticket.open:
        return text(ticket.desk_due) if ticket.desk_due else _NO_DUE
    return closed_mark(ticket.closed_at) if ticket.closed_at else _NO_DUE


def closed_mark(at: datetime) -> str:
    """Say where what was closed then stands among a unit's closed tickets."""
    return f"{_NO_DUE}{text(at)}"


def _due(item: Item) -> datetime | None:
    due = item.get("desk_due", _NO_DUE)
    return None if due.startswith(_NO_DUE) else moment(due)


def line_of(item: Item) -> dict[str, Any]:
    """Read what reports need of a ticket: what its index shows, and its outline, as plain data."""
    mark = item["desk_due"]
    return {
        "id": item["id"],
        "kind": item["kind"],
        "status": item["status"],
        "unit": item["unit"],
        "channel": item["channel"],
        "received_at": moment(item["received_at"]),
        "due_at": _due(item),
        "closed_at": moment(mark[1:]) if mark.startswith(_NO_DUE) and mark != _NO_DUE else None,
        **json.loads(item.get("outline", "{}")),
    }


def row_of(item: Item) -> Row:
    """Read a ticket as a line in a list."""
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
        open=item.get("open", True),
        product=item.get("product", ""),
        topic=item.get("topic", ""),
        text=item.get("text", ""),
        about_staff=item.get("about_staff", ""),
    )


def digest(subject: str, body: str) -> str:
    """Shorten the SHA-256 that proves what was written to what tells one text from another in an index."""
    return hashlib.sha256(f"{subject}\x1f{body}".encode()).hexdigest()[:16]


def message_item(ticket_id: str, message: Message) -> Item:
    """Write a message, beside its ticket."""
    return {
        "pk": number_of(ticket_id, "T"),
        "sk": f"message#{message.id}",
        "message": message.id,
        "author": message.author.value,
        "said_by": message.by,
        "visibility": message.visibility.value,
        "body": message.body,
        "at": text(message.at),
        "answer": message.answer or None,
        "answer_sha256": message.answer_sha256 or None,
    }


def message_of(item: Item) -> Message:
    """Read a message back."""
    return Message(
        id=item["message"],
        author=Author(item["author"]),
        by=item["said_by"],
        visibility=Visibility(item["visibility"]),
        body=item["body"],
        at=moment(item["at"]),
        answer=item.get("answer", ""),
        answer_sha256=item.get("answer_sha256", ""),
    )
