"""The ledger and the answers in memory: what every transaction writes beside its state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from chalicelib.kernel.calls import Call, Once, Replayed, Reply, Stamp
from chalicelib.kernel.errors import Changed, KeyReused
from chalicelib.kernel.events import Record


@dataclass
class MemoryLedger:
    """Chains by subject, put only where nothing is; and what was answered to which key."""

    chains: dict[str, dict[int, Record]] = field(default_factory=dict)
    answers: dict[str, Stamp] = field(default_factory=dict)

    def chain(self, subject: str) -> Iterator[Record]:
        """Give all records of a subject, in order."""
        yield from (record for _, record in sorted(self.chains.get(subject, {}).items()))

    def commit(self, records: Sequence[Record], stamp: Stamp | None, *, holds: bool = True) -> None:
        """Write records and answer if everything holds; else nothing, and raise as a transaction would."""
        if stamp is not None and (earlier := self._earlier(stamp)):
            raise Replayed(earlier)
        if not holds or any(record.seq in self.chains.get(record.subject, {}) for record in records):
            raise Changed
        for record in records:
            self.chains.setdefault(record.subject, {})[record.seq] = record
        if stamp is not None:
            self.answers[stamp.once.key] = stamp

    def forget(self, once: Once) -> None:
        """Forget what was answered to a call."""
        self.answers.pop(once.key, None)

    def raise_if_done(self, call: Call) -> None:
        """Raise Replayed if this very call was carried out before."""
        known = self.answers.get(call.once.key) if call.once else None
        if known is not None and call.once is not None:
            if known.once.fingerprint != call.once.fingerprint:
                raise KeyReused
            raise Replayed(_told(known.reply))

    def events(self, subject: str) -> list[str]:
        """Name what happened to a subject, in order."""
        return [record.event for record in self.chain(subject)]

    def bodies(self, subject: str, event: str) -> list[Any]:
        """Give the bodies of what happened to a subject under one name."""
        return [record.body for record in self.chain(subject) if record.event == event]

    def _earlier(self, stamp: Stamp) -> Reply | None:
        known = self.answers.get(stamp.once.key)
        if known is None:
            return None
        if known.once.fingerprint != stamp.once.fingerprint:
            raise KeyReused
        return _told(known.reply)


def _told(reply: Reply) -> Reply:
    """Give an answer as it comes back from where it was kept: as JSON."""
    return Reply(reply.status, reply.body, dict(reply.secrets))
