"""What is due, the heartbeat of the sweep, and redrives, in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.events import Record
from chalicelib.operations.model import DueThing, Redrive

from .ledger import MemoryLedger


@dataclass
class MemoryDueIndex:
    """What is due, by shard."""

    shards: dict[str, list[DueThing]] = field(default_factory=dict)

    def put(self, shard: str, thing: DueThing) -> None:
        """Let a thing be due in a shard."""
        self.shards.setdefault(shard, []).append(thing)

    def until(self, moment: datetime) -> Iterator[DueThing]:
        for things in self.shards.values():
            yield from sorted((one for one in things if one.due_at <= moment), key=lambda one: one.due_at)

    def oldest(self, moment: datetime) -> Iterator[DueThing]:
        for things in self.shards.values():
            yield from sorted((one for one in things if one.due_at <= moment), key=lambda one: one.due_at)[:1]


@dataclass
class MemoryHeartbeat:
    """When the last complete sweep ran."""

    at: datetime | None = None

    def last(self) -> datetime | None:
        return self.at

    def beat(self, now: datetime) -> None:
        self.at = now


@dataclass
class MemoryRedrives:
    """Redrives by queue."""

    kept: dict[str, Redrive] = field(default_factory=dict)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)

    def get(self, queue: str) -> Redrive | None:
        return self.kept.get(queue)

    def save(self, redrive: Redrive, records: Sequence[Record], stamp: Stamp | None) -> None:
        known = self.kept[redrive.queue].version if redrive.queue in self.kept else 0
        self.ledger.commit(records, stamp, holds=known == redrive.version)
        self.kept[redrive.queue] = replace(redrive, version=redrive.version + 1)

    def raise_if_done(self, call: Call) -> None:
        self.ledger.raise_if_done(call)
