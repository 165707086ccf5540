"""Verifications in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record
from chalicelib.verification.codes.model import Status, Verification

from .ledger import MemoryLedger


@dataclass
class MemoryVerifications:
    """Verifications in memory; promises what the port promises."""

    kept: dict[str, Verification] = field(default_factory=dict)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)

    def get(self, id_: str) -> Verification | None:
        return self.kept.get(id_)

    def add(self, verification: Verification, records: Sequence[Record], stamp: Stamp | None) -> None:
        self.ledger.commit(records, stamp, holds=verification.id not in self.kept)
        self.kept[verification.id] = verification

    def save(self, verification: Verification, records: Sequence[Record], stamp: Stamp | None) -> None:
        kept = self.kept[verification.id]
        forgets = verification.status is Status.SENT and kept.attempts != verification.attempts
        self.ledger.commit(records, stamp, holds=kept.version == verification.version and not forgets)
        self.kept[verification.id] = replace(verification, version=verification.version + 1)

    def count_attempt(self, id_: str, most: int, now: datetime) -> Verification | None:
        found = self.kept.get(id_)
        if found is None or found.attempts >= most or found.status is not Status.SENT or found.expires_at <= now:
            return None
        self.kept[id_] = replace(found, attempts=found.attempts + 1)
        return self.kept[id_]
