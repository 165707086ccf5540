"""Shelves and the files on them in the table `attachments`."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.aws.items import Item
from chalicelib.aws.tables import Put, Tables, unchanged
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link, Record

from .model import Attachment, Shelf, Status, Visibility, due_shard

TABLE = "attachments"


class DynamoShelves:
    """Keeps a ticket's shelf and its files beside each other, so that one query reads them."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, ticket: str) -> Shelf:
        items: list[Item] = []
        start = None
        while True:
            page = self._tables.query(TABLE, "pk = :pk", {":pk": ticket}, start=start, consistent=True)
            items += page.items
            start = page.next
            if start is None:
                break
        files = tuple(from_item(item) for item in items if "attachment" in item)
        # In the order of their sort keys: the files, and the shelf behind them.
        shelf = next((item for item in items if item["sk"] == "shelf"), None)
        if shelf is None:
            return Shelf(ticket, files)
        return Shelf(ticket, files, shelf["version"], Link(shelf["seq"], shelf["head"]))

    def save(self, shelf: Shelf, changed: Sequence[Attachment], records: Sequence[Record], stamp: Stamp | None) -> None:
        puts = [_put(_shelf_item(shelf), shelf.version)]
        puts += [_put(to_item(file), file.version) for file in changed]
        self._tables.commit(puts, records, stamp)

    def remember(self, stamp: Stamp | None) -> None:
        if stamp is not None:
            self._tables.commit([], [], stamp)


def _put(item: Item, version: int) -> Put:
    return unchanged(TABLE, item, version) if version else Put(TABLE, item)


def _shelf_item(shelf: Shelf) -> Item:
    return {
        "pk": shelf.ticket,
        "sk": "shelf",
        "id": shelf.subject,
        "version": shelf.version + 1,
        "seq": shelf.link.seq,
        "head": shelf.link.head,
    }


def to_item(file: Attachment) -> Item:
    """Write a file in its next version."""
    return {
        "pk": file.ticket,
        "sk": f"attachment#{file.id}",
        "id": file.id,
        "attachment": file.id,
        "name": file.name,
        "content_type": file.content_type,
        "size": file.size,
        "sha256": file.sha256,
        "visibility": file.visibility.value,
        "sent_by": file.by,
        "by_staff": file.by_staff,
        "asked_at": text(file.asked_at),
        "until": text(file.until),
        "state": file.status.value,
        "stored_at": _text(file.stored_at),
        "judged_at": _text(file.judged_at),
        "judged_by": file.judged_by or None,
        "reason": file.reason or None,
        "why": file.why or None,
        "looked": file.looked,
        "purpose": file.purpose or None,
        **_waking(file),
        "version": file.version + 1,
    }


def _waking(file: Attachment) -> Item:
    """Write when to look after a file; of one that is kept for a time only, that is the earlier of two instants."""
    kept = {"keep_until": _text(file.keep_until), "look_at": _text(file.due_at)} if file.keep_until else {}
    wakes_at = file.wakes_at
    return {**kept, "due_at": _text(wakes_at), "due_shard": due_shard(file.id) if wakes_at else None}


def from_item(item: Item) -> Attachment:
    """Read a file back."""
    return Attachment(
        id=item["attachment"],
        ticket=item["pk"],
        name=item["name"],
        content_type=item["content_type"],
        size=item["size"],
        sha256=item["sha256"],
        visibility=Visibility(item["visibility"]),
        by=item["sent_by"],
        by_staff=item["by_staff"],
        asked_at=moment(item["asked_at"]),
        until=moment(item["until"]),
        status=Status(item["state"]),
        stored_at=_moment(item, "stored_at"),
        judged_at=_moment(item, "judged_at"),
        judged_by=item.get("judged_by", ""),
        reason=item.get("reason", ""),
        why=item.get("why", ""),
        looked=item["looked"],
        purpose=item.get("purpose", ""),
        keep_until=_moment(item, "keep_until"),
        due_at=_moment(item, "look_at" if "keep_until" in item else "due_at"),
        version=item["version"],
    )


def _text(at: datetime | None) -> str | None:
    return text(at) if at else None


def _moment(item: Item, name: str) -> datetime | None:
    return moment(item[name]) if name in item else None
