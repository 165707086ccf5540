"""A provider that knows something of numbers, and what was found out, in memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, Unavailable
from chalicelib.kernel.events import Record
from chalicelib.kernel.risk import Decision, Outcome, Use
from chalicelib.verification.signals.model import Check

from .ledger import MemoryLedger


@dataclass
class FakeNumbers:
    """Says what it was told of a number; `away` makes it refuse, `meanwhile` happens while it is asked."""

    told: dict[str, Mapping[str, str]] = field(default_factory=dict)
    asked: list[tuple[str, datetime]] = field(default_factory=list)
    away: bool = False
    name: str = "fake"
    meanwhile: Callable[[], None] = lambda: None

    def signals(self, phone: str, since: datetime) -> Mapping[str, str]:
        self.asked.append((phone, since))
        self.meanwhile()
        if self.away:
            raise Unavailable(provider=self.name)
        return self.told.get(phone, {})


@dataclass
class FakeDevices:
    """Says the same of every device, and counts how often it is asked."""

    says: str = "unknown"
    asked: int = 0

    def device(self, phone: str, call: Call) -> str:
        self.asked += 1
        return self.says


@dataclass
class FakeTrust:
    """Decides as it was told, by use; whatever it was not told is allowed."""

    decisions: dict[Use, Decision] = field(default_factory=dict)
    asked: list[tuple[Use, str]] = field(default_factory=list)

    def asks(self, use: Use, call: Call) -> bool:
        return use in self.decisions

    def judged(self, use: Use, phone: str, call: Call) -> Decision:
        self.asked.append((use, phone))
        return self.decisions.get(use, Decision(Outcome.ALLOW))


@dataclass
class MemoryChecks:
    """Keeps what the port promises."""

    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    kept: dict[str, Check] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    def get(self, mark: str) -> Check | None:
        return self.kept.get(mark)

    def save(self, check: Check, records: Sequence[Record]) -> None:
        if (self.kept[check.mark].version if check.mark in self.kept else 0) != check.version:
            raise Changed
        self.ledger.commit(records, None)
        self.kept[check.mark] = replace(check, version=check.version + 1)

    def may_ask(self, most: int, now: datetime) -> bool:
        day = now.date().isoformat()
        if self.asked.get(day, 0) >= most:
            return False
        self.asked[day] = self.asked.get(day, 0) + 1
        return True
