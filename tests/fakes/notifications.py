"""Texts, receipts and their tally in memory."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.kernel.events import Record
from chalicelib.notifications.model import Receipt, Text

from .ledger import MemoryLedger


@dataclass
class MemoryTexts:
    """Texts and receipts in memory; promises what the port promises."""

    kept: dict[str, Text | Receipt] = field(default_factory=dict)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)

    def text(self, id_: str) -> Text | None:
        found = self.kept.get(id_)
        return found if isinstance(found, Text) else None

    def receipt(self, id_: str) -> Receipt | None:
        found = self.kept.get(id_)
        return found if isinstance(found, Receipt) else None

    def add(self, thing: Text | Receipt, records: Sequence[Record]) -> None:
        self.ledger.commit(records, None, holds=thing.id not in self.kept)
        self.kept[thing.id] = thing

    def save(self, things: Sequence[Text | Receipt], records: Sequence[Record]) -> None:
        as_read = all(thing.id in self.kept and self.kept[thing.id].version == thing.version for thing in things)
        self.ledger.commit(records, None, holds=as_read)
        self.kept |= {thing.id: replace(thing, version=thing.version + 1) for thing in things}


@dataclass
class MemoryTally:
    """Counts by whole hours."""

    hours: Counter[tuple[datetime, str]] = field(default_factory=Counter)

    def count(self, what: str, at: datetime) -> None:
        self.hours[_hour(at), what] += 1

    def since(self, begin: datetime, end: datetime) -> dict[str, int]:
        found = dict.fromkeys(("sent", "delivered", "failed"), 0)
        for (hour, what), number in self.hours.items():
            if _hour(begin) <= hour <= _hour(end):
                found[what] += number
        return found


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
