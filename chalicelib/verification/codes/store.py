"""Verifications in the table `verification`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.aws.items import Item
from chalicelib.aws.tables import Put, Tables, unchanged
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link, Record

from .model import Purpose, Status, Verification

TABLE = "verification"
_KEPT = timedelta(days=1)  # then TTL may take it; the records stay


def key(id_: str) -> Item:
    """Key of a verification."""
    return {"pk": id_, "sk": "code"}


class DynamoVerifications:
    """Keeps verifications."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, id_: str) -> Verification | None:
        item = self._tables.get(TABLE, key(id_))
        return None if item is None else from_item(item)

    def add(self, verification: Verification, records: Sequence[Record], stamp: Stamp | None) -> None:
        self._tables.commit([Put(TABLE, to_item(verification))], records, stamp)

    def save(self, verification: Verification, records: Sequence[Record], stamp: Stamp | None) -> None:
        item = {**to_item(verification), "version": verification.version + 1}
        put = unchanged(TABLE, item, verification.version)
        if verification.status is Status.SENT:
            # Tries are counted without a new version: what still has some must not forget those made meanwhile.
            values = {**put.values, ":attempts": verification.attempts}
            put = replace(put, condition=f"{put.condition} AND attempts = :attempts", values=values)
        self._tables.commit([put], records, stamp)

    def count_attempt(self, id_: str, most: int, now: datetime) -> Verification | None:
        item = self._tables.add(
            TABLE,
            key(id_),
            "attempts",
            "attempts < :most AND code_status = :sent AND expires_at > :now",
            {":most": most, ":sent": Status.SENT.value, ":now": text(now)},
        )
        return None if item is None else from_item(item)


def to_item(verification: Verification) -> Item:
    """Write a verification."""
    return {
        **key(verification.id),
        "id": verification.id,
        "purpose": verification.purpose.value,
        "phone": verification.phone,
        "language": verification.language,
        "code_hash": verification.code_hash,
        "code_status": verification.status.value,
        "started_at": text(verification.started_at),
        "resend_after": text(verification.resend_after),
        "sends": verification.sends,
        "attempts": verification.attempts,
        "expires_at": text(verification.expires_at),
        "expires": int((verification.expires_at + _KEPT).timestamp()),
        "version": verification.version,
        "seq": verification.link.seq,
        "head": verification.link.head,
    }


def from_item(item: Item) -> Verification:
    """Read a verification back."""
    return Verification(
        id=item["id"],
        purpose=Purpose(item["purpose"]),
        phone=item["phone"],
        language=item["language"],
        code_hash=item["code_hash"],
        status=Status(item["code_status"]),
        started_at=moment(item["started_at"]),
        resend_after=moment(item["resend_after"]),
        sends=item["sends"],
        attempts=item["attempts"],
        expires_at=moment(item["expires_at"]),
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )
