"""What was seen of documents, in the table `verification`."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from chalicelib.aws.items import Item
from chalicelib.aws.tables import WHATEVER, Put, Tables, Write, unchanged
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link, Record

from .model import Document, Kind, Outcome, Why

TABLE = "verification"
_KEPT = timedelta(days=400)  # what was seen for a visit, so that last year's can be asked about; the records stay


def document_key(visit: str) -> Item:
    """Key of what was seen for a visit."""
    return {"pk": visit, "sk": "document"}


def known_key(customer: str, kind: Kind) -> Item:
    """Key of the digest of the number last verified."""
    return {"pk": customer, "sk": f"document#{kind.value}"}


class DynamoDocuments:
    """Keeps what was seen."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, visit: str) -> Document | None:
        item = self._tables.get(TABLE, document_key(visit))
        return None if item is None else document_of(item)

    def known(self, visit: str, customer: str, kind: Kind) -> tuple[Document | None, str]:
        keys = [document_key(visit), *([known_key(customer, kind)] if customer else [])]
        found = {item["pk"]: item for item in self._tables.batch(TABLE, keys)}
        seen = found.get(visit)
        digest = str(found[customer]["sha256"]) if customer in found else ""
        return document_of(seen) if seen else None, digest

    def save(self, document: Document, records: Sequence[Record], stamp: Stamp | None) -> None:
        item = document_item(document)
        put = unchanged(TABLE, item, document.version) if document.version else Put(TABLE, item)
        writes: list[Write] = [put]
        if document.outcome is Outcome.VERIFIED and document.customer:
            # It is worth nothing once the document is: what comes after has another number, or none to compare with.
            until = _midnight(document.expires_on + timedelta(days=1))
            known = known_key(document.customer, document.kind) | {"sha256": document.sha256, "expires": until}
            writes.append(Put(TABLE, known, WHATEVER))
        self._tables.commit(writes, records, stamp)


def document_item(document: Document) -> Item:
    """Write what was seen, in its next version."""
    return {
        **document_key(document.visit),
        "id": document.id,
        "customer": document.customer or None,
        "unit": document.unit,
        "kind": document.kind.value,
        "sha256": document.sha256,
        "expires_on": document.expires_on.isoformat(),
        "outcome": document.outcome.value,
        "why": document.why.value,
        "seen_by": document.seen_by,
        "seen_on": document.seen_on.isoformat(),
        "seen_at": text(document.seen_at),
        "second_by": document.second_by or None,
        "expires": int((document.seen_at + _KEPT).timestamp()),
        "version": document.version + 1,
        "seq": document.link.seq,
        "head": document.link.head,
    }


def document_of(item: Item) -> Document:
    """Read it back."""
    return Document(
        visit=item["pk"],
        customer=item.get("customer", ""),
        unit=item["unit"],
        kind=Kind(item["kind"]),
        sha256=item["sha256"],
        expires_on=date.fromisoformat(item["expires_on"]),
        outcome=Outcome(item["outcome"]),
        why=Why(item["why"]),
        seen_by=item["seen_by"],
        seen_on=date.fromisoformat(item["seen_on"]),
        seen_at=moment(item["seen_at"]),
        second_by=item.get("second_by", ""),
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())
