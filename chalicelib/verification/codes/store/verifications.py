"""Verifications in the table `verification`, each with what its text is counted in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.aws import buckets
from chalicelib.aws.tables import WHATEVER, Add, Put, Tables, Write, forgetting, unchanged
from chalicelib.kernel.calls import Once, Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Record

from ..model import Asked, Status, Toll, Verification
from .items import TABLE, from_item, key, proven_item, spending, to_item

# How long the codes for a phone count: longer than the thirty days of the account's limit.
_COUNTED = timedelta(days=31)


class DynamoVerifications:
    """Keeps verifications."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, id_: str) -> Verification | None:
        item = self._tables.get(TABLE, key(id_))
        return None if item is None else from_item(item)

    def add(
        self, verification: Verification, records: Sequence[Record], stamp: Stamp | None, toll: Toll | None
    ) -> None:
        self._tables.commit([Put(TABLE, to_item(verification)), *_paid(toll, records)], records, stamp)

    def save(
        self, verification: Verification, records: Sequence[Record], stamp: Stamp | None, toll: Toll | None
    ) -> None:
        self._tables.commit([_saved(verification), *_paid(toll, records)], records, stamp)

    def approve(self, verification: Verification, records: Sequence[Record], stamp: Stamp | None, to: Asked) -> None:
        now = moment(records[0].at)
        counted = [verification.source.address, verification.source.device, f"prefix#{to.prefix}"]
        good: list[Add] = [buckets.credit(TABLE, name, verification.sends, now) for name in counted if name]
        proven = Put(TABLE, proven_item(to.phone, verification.source, now), WHATEVER)
        self._tables.commit([_saved(verification), proven, *good], records, stamp)

    def unsent(
        self, verification: Verification, records: Sequence[Record], once: Once | None, refund: Toll | None
    ) -> None:
        forgotten = [forgetting(once)] if once else []
        self._tables.commit([_saved(verification), *forgotten, *_paid(refund, records)], records)

    def count_attempt(self, id_: str, most: int, now: datetime) -> Verification | None:
        item = self._tables.add(
            TABLE,
            key(id_),
            "attempts",
            "attempts < :most AND code_status = :sent AND expires_at > :now",
            {":most": most, ":sent": Status.SENT.value, ":now": text(now)},
        )
        return None if item is None else from_item(item)


def _saved(verification: Verification) -> Put:
    item = {**to_item(verification), "version": verification.version + 1}
    put = unchanged(TABLE, item, verification.version)
    if verification.status is Status.SENT:
        # Tries are counted without a new version: what still has some must not forget those made meanwhile.
        values = {**put.values, ":attempts": verification.attempts}
        put = replace(put, condition=f"{put.condition} AND attempts = :attempts", values=values)
    return put


def _paid(toll: Toll | None, records: Sequence[Record]) -> list[Write]:
    """Write everything a text is counted in, if all of it is as it was read; a test number's code costs nothing."""
    if toll is None:
        return []
    now = moment(records[0].at)
    return [*(buckets.put(TABLE, before, after, now, _COUNTED) for before, after in toll.buckets), spending(toll)]
