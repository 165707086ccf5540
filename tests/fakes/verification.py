"""Verifications, and what texts are counted in, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.kernel.calls import Once, Stamp
from chalicelib.kernel.clock import moment
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Record
from chalicelib.kernel.limits import Bucket
from chalicelib.verification.codes.model import (
    Asked,
    Closing,
    Day,
    Proven,
    Reach,
    Standing,
    Status,
    Toll,
    Verification,
)

from .ledger import MemoryLedger


@dataclass
class MemoryGates:
    """What texts are counted in, in memory."""

    counted: dict[str, Bucket] = field(default_factory=dict)
    spent: dict[tuple[str, int], Day] = field(default_factory=dict)
    closed: dict[str, Closing] = field(default_factory=dict)
    right: dict[str, Proven] = field(default_factory=dict)
    open: Reach = field(default_factory=Reach)

    def bucket(self, key: str) -> Bucket:
        return self.counted.get(key, Bucket(key))

    def standing(self, asked: Asked) -> Standing:
        source = asked.source
        return Standing(
            reach=self.open,
            phone=self.bucket(asked.phone),
            address=self.bucket(source.address) if source.address else None,
            device=self.bucket(source.device) if source.device else None,
            prefix=self.bucket(f"prefix#{asked.prefix}"),
            day=self.spent.get((asked.date, asked.shard), Day(asked.date, asked.shard)),
            closings={name: self.closed[name] for name in asked.names if name in self.closed},
            proven=self.right.get(asked.phone),
        )

    def check(self, toll: Toll) -> None:
        """Raise Changed unless a text can be counted as it was read."""
        key = (toll.day.date, toll.day.shard)
        day, dial = self.spent.get(key, Day(*key)), toll.dial
        spent, texts = day.by_dial.get(dial, 0), day.texts.get(dial, 0)
        moved = any(self.bucket(before.key) != before for before, _ in toll.buckets)
        if moved or day.spent > toll.rest or spent > toll.rest_of_dial or texts > toll.texts_of_dial:
            raise Changed

    def pay(self, toll: Toll) -> None:
        """Count a text."""
        key = (toll.day.date, toll.day.shard)
        day, dial = self.spent.get(key, Day(*key)), toll.dial
        spent, texts = day.by_dial.get(dial, 0), day.texts.get(dial, 0)
        for before, after in toll.buckets:
            self.counted[after.key] = replace(after, version=before.version + 1)
        by_dial, by_text = {**day.by_dial, dial: spent + toll.price}, {**day.texts, dial: texts + toll.texts}
        self.spent[key] = Day(*key, day.spent + toll.price, by_dial, by_text)

    def make_good(self, verification: Verification, to: Asked, now: datetime) -> None:
        source = verification.source
        for key in filter(None, (source.address, source.device, f"prefix#{to.prefix}")):
            bucket = self.bucket(key)
            self.counted[key] = replace(bucket, credit=bucket.credit + verification.sends)
        self.right[to.phone] = Proven(now, source)

    def close(
        self, closing: Closing, records: Sequence[Record], prefix: tuple[Bucket, Bucket] | None, now: datetime
    ) -> None:
        self.save(closing, records, None)
        if prefix:
            self.counted[prefix[1].key] = replace(prefix[1], version=prefix[0].version + 1)

    def save(self, closing: Closing, records: Sequence[Record], stamp: Stamp | None) -> None:
        if (self.closed[closing.name].version if closing.name in self.closed else 0) != closing.version:
            raise Changed
        self.closed[closing.name] = replace(closing, version=closing.version + 1)

    def written(self, closing: Closing) -> Closing:
        return closing

    def proven(self, phone: str) -> Proven | None:
        return self.right.get(phone)

    def closing(self, name: str) -> Closing | None:
        return self.closed.get(name)

    def closings(self) -> Sequence[Closing]:
        return list(self.closed.values())

    def days(self, date: str) -> Sequence[Day]:
        return [day for day in self.spent.values() if day.date == date]

    def reach(self) -> Reach:
        return self.open

    def set_reach(self, reach: Reach, before: Reach, records: Sequence[Record]) -> None:
        if self.open.link != before.link:
            raise Changed
        self.open = reach


@dataclass
class MemoryVerifications:
    """Verifications in memory."""

    kept: dict[str, Verification] = field(default_factory=dict)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    gates: MemoryGates = field(default_factory=MemoryGates)

    def get(self, id_: str) -> Verification | None:
        return self.kept.get(id_)

    def add(
        self, verification: Verification, records: Sequence[Record], stamp: Stamp | None, toll: Toll | None
    ) -> None:
        if toll:
            self.gates.check(toll)
        self.ledger.commit(records, stamp, holds=verification.id not in self.kept)
        if toll:
            self.gates.pay(toll)
        self.kept[verification.id] = verification

    def save(
        self, verification: Verification, records: Sequence[Record], stamp: Stamp | None, toll: Toll | None
    ) -> None:
        kept = self.kept[verification.id]
        forgets = verification.status is Status.SENT and kept.attempts != verification.attempts
        if toll:
            self.gates.check(toll)
        self.ledger.commit(records, stamp, holds=kept.version == verification.version and not forgets)
        if toll:
            self.gates.pay(toll)
        self.kept[verification.id] = replace(verification, version=verification.version + 1)

    def approve(self, verification: Verification, records: Sequence[Record], stamp: Stamp | None, to: Asked) -> None:
        self.save(verification, records, stamp, None)
        self.gates.make_good(verification, to, moment(records[0].at))

    def unsent(
        self, verification: Verification, records: Sequence[Record], once: Once | None, refund: Toll | None
    ) -> None:
        self.save(verification, records, None, refund)
        if once:
            self.ledger.forget(once)

    def count_attempt(self, id_: str, most: int, now: datetime) -> Verification | None:
        found = self.kept.get(id_)
        if found is None or found.attempts >= most or found.status is not Status.SENT or found.expires_at <= now:
            return None
        self.kept[id_] = replace(found, attempts=found.attempts + 1)
        return self.kept[id_]
