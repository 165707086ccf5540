"""The ledger's items: one record each, put only where none is, never changed."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from chalicelib.kernel.events import Record

from .items import Item

if TYPE_CHECKING:
    from .tables import Tables

TABLE = "records"


def to_item(record: Record) -> Item:
    """Write a record; its body is one JSON text, as it was hashed."""
    return {
        "pk": record.subject,
        "sk": record.seq,
        "event": record.event,
        "actor": record.actor,
        "role": record.role,
        "door": record.door,
        "at": record.at,
        "request_id": record.request_id,
        "body": json.dumps(record.body, ensure_ascii=False, separators=(",", ":"), sort_keys=True),
        "prev": record.prev,
        "hash": record.hash,
    }


def from_item(item: Item) -> Record:
    """Read a record back."""
    return Record(
        subject=item["pk"],
        seq=item["sk"],
        event=item["event"],
        actor=item["actor"],
        role=item["role"],
        door=item["door"],
        at=item["at"],
        request_id=item["request_id"],
        body=json.loads(item["body"]),
        prev=item["prev"],
        hash=item["hash"],
    )


class Ledger:
    """Reading the chains."""

    def __init__(self, tables: "Tables") -> None:
        self._tables = tables

    def chain(self, subject: str) -> Iterator[Record]:
        """Give all records of a subject, in order."""
        start = None
        while True:
            page = self._tables.query(
                TABLE, "pk = :subject", {":subject": subject}, start=start, consistent=True, limit=100
            )
            yield from (from_item(item) for item in page.items)
            if page.next is None:
                return
            start = page.next
