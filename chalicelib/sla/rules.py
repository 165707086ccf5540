"""What a promise is: a rule as a pack states it, before any case exists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Basis(StrEnum):
    """Who made the promise; only `house` rules are ours to change."""

    STATUTORY = "statutory"
    GUIDANCE = "guidance"
    CODE = "code"
    HOUSE = "house"


class Matter(StrEnum):
    """What a customer comes with, as far as time limits differ by it."""

    ENQUIRY = "enquiry"
    REQUEST = "request"
    COMPLAINT = "complaint"


class Unit(StrEnum):
    """What is counted: local days, working days, months by the calendar, open time, or plain elapsed time.

    A month ends on the day of the same number, or on the last day of a month that has no such day.
    """

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    BUSINESS_HOURS = "business_hours"
    HOURS = "hours"

    @property
    def in_days(self) -> bool:
        """Whether whole local days are counted, rather than stretches of time."""
        return self in (Unit.CALENDAR_DAYS, Unit.WORKING_DAYS, Unit.MONTHS)


class Roll(StrEnum):
    """What happens when the last day is not a working day."""

    NONE = "none"
    NEXT_WORKING_DAY = "next_working_day"


class DayEnd(StrEnum):
    """When a counted day is over: at local midnight, or when the calendar's last opening block closes."""

    MIDNIGHT = "midnight"
    CLOSE_OF_BUSINESS = "close_of_business"


class Notify(StrEnum):
    """Whether the customer must be told of an extension: by the text, by our own rule, or not at all."""

    REQUIRED = "required"
    HOUSE = "house"
    NONE = "none"


class Confidence(StrEnum):
    """How sure the source is: H the text itself was read, M a secondary source, L not fit to run."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"


class Status(StrEnum):
    """How far a version of a pack may be relied on; a withdrawn one is kept for old cases and takes no new ones."""

    CONFIRM_BEFORE_USE = "confirm_before_use"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Scope:
    """Which cases a pack or a rule is for; what is left empty limits nothing.

    An unknown (None) product or channel is covered only where none is asked for.
    """

    products: frozenset[str] = frozenset()
    except_products: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()

    def covers(self, product: str | None, channel: str | None = None) -> bool:
        """Tell whether a case about that product that came in that way is meant."""
        if product in self.except_products or (self.products and product not in self.products):
            return False
        return not self.channels or channel in self.channels


EVERYTHING = Scope()


@dataclass(frozen=True)
class Step:
    """One allowed extension; `to_total` counts from the start of the clock, not from the old end.

    `approval` names who must approve, or is None where the text names nobody. `unit` is set only where the longer
    period is counted in another unit than the rule itself.
    """

    id: str
    to_total: int
    when: str
    approval: str | None = None
    notify: Notify = Notify.HOUSE
    notice: str = "extension"
    must_tell: tuple[str, ...] = ()
    unit: Unit | None = None


@dataclass(frozen=True)
class Rule:
    """One promise of a pack, with its clause and its source.

    `start` names the fact that starts the clock, `ends_on` the facts that meet it, `stops_on` those that end it
    unmet and `restarts_on` those that begin it anew. A rule that is not `binding` is a chance the firm may use: its
    end is no breach. One that is not `enabled` is carried with its note and never run. `kinds` are the matters it runs
    for, `scope` the products and channels.
    """

    id: str
    name: Mapping[str, str]
    kind: str
    basis: Basis
    clause: str
    unit: Unit
    count: int
    start: str = "received"
    ends_on: frozenset[str] = frozenset()
    stops_on: frozenset[str] = frozenset()
    restarts_on: frozenset[str] = frozenset()
    start_day_counted: bool = False
    roll_last_day: Roll = Roll.NONE
    day_ends: DayEnd = DayEnd.MIDNIGHT
    pause_reasons: frozenset[str] = frozenset()
    extensions: tuple[Step, ...] = ()
    warn_at: tuple[int, ...] = (50, 75, 90)
    must_tell: tuple[str, ...] = ()
    binding: bool = True
    enabled: bool = True
    source: str = ""
    confidence: Confidence = Confidence.MEDIUM
    note: str = ""
    kinds: frozenset[str] = frozenset({Matter.COMPLAINT})
    scope: Scope = EVERYTHING

    def __hash__(self) -> int:
        """Hash what tells rules apart; counts are looked up by their rule, and hashing all of it costs as much."""
        return hash((self.id, self.count))

    @property
    def needs_opening(self) -> bool:
        """Whether the rule can be counted only on a calendar that has opening blocks."""
        units = (self.unit, *(step.unit for step in self.extensions))
        return Unit.BUSINESS_HOURS in units or self.day_ends is DayEnd.CLOSE_OF_BUSINESS

    def step(self, step_id: str) -> Step | None:
        """Give the extension step of that id, or None if this rule has no such step."""
        return next((step for step in self.extensions if step.id == step_id), None)

    def unit_of(self, step_id: str) -> Unit:
        """Give what the total of an extension is counted in: the step's own unit, or the rule's."""
        step = self.step(step_id)
        return (step and step.unit) or self.unit


@dataclass(frozen=True)
class Pack:
    """One version of one regime; a case keeps the version that was in force when it was received.

    `calendar` is "unit" where the rules are to be counted on the calendar of the unit that owns the case; `timezone`
    is then empty. `scope` says for which products and channels the whole pack is.
    """

    id: str
    version: str
    title: Mapping[str, str] = field(hash=False)
    jurisdiction: str
    effective_from: date
    effective_to: date | None
    calendar: str
    timezone: str
    status: Status
    rules: tuple[Rule, ...]
    scope: Scope = EVERYTHING
    source: str = ""
    verified_on: date | None = None
    note: str = ""

    @property
    def ref(self) -> str:
        """The name a case is pinned to, such as `cn.nfra@2020-03-01.1`."""
        return f"{self.id}@{self.version}"

    def applies_to(self, product: str | None, channel: str | None = None) -> bool:
        """Tell whether the pack is for that product and channel; one for all also covers an unknown (None) one."""
        return self.scope.covers(product, channel)

    def covers(self, day: date) -> bool:
        """Tell whether a case received on that local day falls under this version."""
        if self.status is Status.WITHDRAWN or day < self.effective_from:
            return False
        return self.effective_to is None or day <= self.effective_to

    def starting(
        self, fact: str, kind: str = Matter.COMPLAINT, product: str | None = None, channel: str | None = None
    ) -> tuple[Rule, ...]:
        """Give the rules whose clocks that fact starts for such a matter, without those that are switched off."""
        wanted = [rule for rule in self.rules if rule.enabled and rule.start == fact and kind in rule.kinds]
        return tuple(rule for rule in wanted if rule.scope.covers(product, channel))

    def rule(self, rule_id: str) -> Rule | None:
        """Give the rule of that id, switched on or not, or None."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)
