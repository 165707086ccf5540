"""Within which hours somebody may be called, and when there is anybody to do it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.sla.calendars import Calendar
from chalicelib.sla.contact import ContactRules, Frame, Purpose

from .. import policy
from ..model import Callback, Colleague
from ..ports import Calendars, Duty, Units


@dataclass(frozen=True)
class Framing:
    """What the law of the customer's country, the house and the unit's doors leave open."""

    rules: ContactRules
    units: Units
    calendars: Calendars
    duty: Duty
    calls_per_agent: int = policy.CALLS_PER_AGENT

    def frame(self, unit: str, country: str, purpose: Purpose, timezone: str, now: datetime) -> Frame:
        """Give the rule for calling somebody in a country, on its holidays, or on the unit's where nobody tells them."""
        file, rule = self.rules.at(country, purpose, now)
        holidays = self.rules.calendar(country, now) or self.units.of(unit)[1]
        return Frame(rule, self.calendars.calendar(holidays), timezone, file.ref)

    def of(self, callback: Callback, now: datetime) -> Frame:
        """Give the rule that a callback is under now."""
        return self.frame(callback.unit, callback.country, callback.purpose, callback.timezone, now)

    def doors(self, unit: str) -> Calendar:
        """Give the calendar of a unit's doors."""
        return self.calendars.calendar(self.units.of(unit)[1])

    def most(self, unit: str, at: datetime) -> int:
        """Give how many calls a window of a unit takes that begins then, of who is on duty."""
        return policy.most((one.capacity for one in self.on_duty(unit, at).values()), self.calls_per_agent)

    def on_duty(self, unit: str, at: datetime) -> Mapping[str, Colleague]:
        """Give who is there to call, at an instant."""
        return self.duty.on_duty(unit, at)
