"""Closing phones and devices to codes for whoever took a report of fraud, in their transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Link, Record, chained, end

from .. import events, policy
from ..model import Closing, Why, fraud_name
from .gate import Gate, word


@dataclass(frozen=True)
class Hardening:
    """Writes nothing itself: a report and what it closes are kept together, or neither."""

    gate: Gate

    def hardening(self, what: Mapping[str, datetime], call: Call) -> tuple[Sequence[Any], Sequence[Record]]:
        """Give what closes each until then, by names like `phone:+86…` and `device:…`; what is closed longer stays so."""
        writes: list[Any] = []
        told: list[Record] = []
        for named, until in what.items():
            kind, _, value = named.partition(":")
            name = fraud_name(kind, self.gate.hidden(kind, value))
            before = self.gate.store.closing(name)
            if before and until <= before.until:
                continue
            closing = self._closing(name, until, before, call)
            happened = events.CodesStopped(closing.id, name, Why.FRAUD, until, 0, 0, (word(closing),))
            records = chained(closing.id, closing.link, [happened], call)
            writes.append(self.gate.store.written(policy.linked(closing, end(records, closing.link))))
            told += records
        return writes, told

    def _closing(self, name: str, until: datetime, before: Closing | None, call: Call) -> Closing:
        return Closing(
            id=before.id if before else call.new_id("cls"),
            name=name,
            why=Why.FRAUD,
            closed_at=call.now,
            until=until,
            texts=0,
            proven=0,
            version=before.version if before else 0,
            link=before.link if before else Link(),
        )
