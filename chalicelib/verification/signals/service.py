"""Judging a number before it is relied on: what is known is read, a provider asked if need be, and a row decides."""

from dataclasses import dataclass, replace

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, Unavailable
from chalicelib.kernel.events import Event, Record, chained, end
from chalicelib.kernel.risk import Decision, Use
from chalicelib.kernel.tokens import Keys

from . import events, policy
from .model import NOTHING, Check, Rules, understood
from .policy import Tables
from .ports import Checks, Devices, Numbers, Table

__all__ = ["Judging", "Tables"]


@dataclass(frozen=True)
class Judging:
    """Never called within a transaction: it may wait for a provider. `daily` is how many questions a UTC day may cost."""

    store: Checks
    keys: Keys
    numbers: Numbers
    devices: Devices
    table: Table
    daily: int

    def asks(self, use: Use, call: Call) -> bool:
        """Tell whether a provider would be asked about a number, and paid, before it is relied on for something."""
        return bool(self.numbers.name) and use in self.table.at(call.now).asks

    def judged(self, use: Use, phone: str, call: Call) -> Decision:
        """Decide whether a number may be relied on for something; what is not known is decided as unknown.

        The answer depends on the number and on the device that asks, and not on whether anybody is known by it.
        """
        rules = self.table.at(call.now)
        check = self._known(phone, rules, use in rules.asks, call) if self.numbers.name else None
        signals = check.signals if check else NOTHING
        decision = policy.decided(rules, use, signals, lambda: self.devices.device(phone, call), check)
        if check and not decision.allowed:
            self._note(check, use, decision, call)
        return decision

    def _known(self, phone: str, rules: Rules, asks: bool, call: Call) -> Check | None:
        """Give what is believed of a number; two who ask at once both ask, and go by what was stored first."""
        mark = self.keys.mark("signals", phone)
        found = self.store.get(mark)
        if found and call.now < found.until:
            return found
        if not asks or not self.store.may_ask(self.daily, call.now):
            return None
        told, records = _told(self._asked(phone, mark, rules, found, call), call)
        try:
            self.store.save(told, records)
        except Changed:
            return self.store.get(mark)
        return replace(told, version=told.version + 1)

    def _asked(self, phone: str, mark: str, rules: Rules, before: Check | None, call: Call) -> Check:
        try:
            signals = understood(self.numbers.signals(phone, call.now - rules.swapped))
        except Unavailable:
            signals = NOTHING
        check = Check(
            id=call.new_id("sig"),
            mark=mark,
            provider=self.numbers.name,
            signals=signals,
            checked_at=call.now,
            until=call.now,
            version=before.version if before else 0,
        )
        return replace(check, until=call.now + (rules.answered if check.answered else rules.unanswered))

    def _note(self, check: Check, use: Use, decision: Decision, call: Call) -> None:
        """Record what a check has led to, once; whoever else records it at this moment says the same."""
        name = f"{use}/{decision.row}"
        if name in check.judged:
            return
        happened = events.NumberJudged(check.id, use, decision.outcome, decision.table, decision.row)
        records = chained(check.id, check.link, [happened], call)
        noted = replace(check, judged=(*check.judged, name), link=end(records, check.link))
        try:
            self.store.save(noted, records)
        except Changed:
            return


def _told(check: Check, call: Call) -> tuple[Check, list[Record]]:
    signals = {signal.value: value for signal, value in check.signals.items()}
    happened: list[Event] = [events.NumberChecked(check.id, check.provider, signals, check.digest, check.until)]
    records = chained(check.id, check.link, happened, call)
    return replace(check, link=end(records, check.link)), records
