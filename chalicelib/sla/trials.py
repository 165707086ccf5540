"""What another version of a pack would change for the cases that are open; they keep theirs, so this is for reading."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.sla.clocks import Clock
from chalicelib.sla.deadlines import Due
from chalicelib.sla.packs import Packs
from chalicelib.sla.rules import Matter, Pack, Rule

# What of a rule moves its end; the rest is words.
MOVES = ("count", "unit", "start_day_counted", "roll_last_day", "day_ends", "pause_reasons")


@dataclass(frozen=True)
class Case:
    """An open case as a trial needs it: what it is about, the version pinned of each pack, and its running clocks.

    `clocks` are by the id of their rule; those that are over do not belong here. `calendar` is the unit's.
    """

    id: str
    received_at: datetime
    calendar: str
    pinned: tuple[str, ...]
    clocks: tuple[Clock, ...]
    kind: str = Matter.COMPLAINT
    product: str | None = None
    channel: str | None = None


class Effect(StrEnum):
    """What would become of a clock."""

    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Difference:
    """One clock of one case that would be another under the new version, and why, field by field."""

    case: str
    rule: str
    effect: Effect
    before: Due | None
    after: Due | None
    why: tuple[str, ...]


def dry_run(cases: Iterable[Case], new: Pack, packs: Packs, as_of: datetime) -> Iterator[Difference]:
    """Give each clock of each case that is under another version of this pack and would change, in the cases' order."""
    for case in cases:
        for ref in case.pinned:
            old = packs.get(ref)
            if old.id == new.id:
                yield from _differences(case, old, new, packs, as_of)


def _differences(case: Case, old: Pack, new: Pack, packs: Packs, as_of: datetime) -> Iterator[Difference]:
    calendar = packs.calendar_for(new, case.calendar)
    running = {clock.rule.id: clock for clock in case.clocks if old.rule(clock.rule.id) is not None}
    for rule_id, clock in running.items():
        before, rule = clock.due(as_of), new.rule(rule_id)
        gone = _gone(rule, new, case)
        if gone or rule is None:
            yield Difference(case.id, rule_id, Effect.REMOVED, before, None, (gone,))
            continue
        after = replace(clock, rule=rule, calendar=calendar).due(as_of)
        if (before.at, before.provisional) != (after.at, after.provisional):
            why = tuple(_why(clock, Clock(rule, calendar, clock.started_at)))
            yield Difference(case.id, rule_id, Effect.MOVED, before, after, why)
    for rule in _started(case, new):
        if _gone(old.rule(rule.id), old, case):
            clock = Clock(rule, calendar, case.received_at)
            yield Difference(
                case.id, rule.id, Effect.ADDED, None, clock.due(as_of), ("a new rule that receipt starts",)
            )


def _started(case: Case, pack: Pack) -> tuple[Rule, ...]:
    covered = pack.applies_to(case.product, case.channel)
    return pack.starting("received", case.kind, case.product, case.channel) if covered else ()


def _gone(rule: Rule | None, pack: Pack, case: Case) -> str:
    """Say why the rule would not run for the case under that version, or nothing if it would."""
    if rule is None:
        return "the rule is not there"
    if not rule.enabled:
        return f"the rule is switched off: {rule.note}"
    if case.kind not in rule.kinds:
        return f"the rule is not for the kind {case.kind}"
    if not (pack.applies_to(case.product, case.channel) and rule.scope.covers(case.product, case.channel)):
        return f"the rule is not for product {case.product or 'unknown'}, channel {case.channel or 'unknown'}"
    return ""


def _why(old: Clock, new: Clock) -> Iterator[str]:
    for field in MOVES:
        before, after = getattr(old.rule, field), getattr(new.rule, field)
        if before != after:
            yield f"{field}: {_shown(before)} becomes {_shown(after)}"
    for granted in old.extensions:
        # What was granted keeps its total; what it is counted in is the rule's to say.
        units = [rule.unit_of(granted.step) for rule in (old.rule, new.rule)]
        if units[0] is not units[1]:
            yield f"extension {granted.step}: {units[0]} become {units[1]}"
    places = [f"{clock.calendar.id} in {clock.calendar.timezone}" for clock in (old, new)]
    if places[0] != places[1]:
        yield f"calendar: {places[0]} becomes {places[1]}"


def _shown(value: object) -> str:
    return ", ".join(sorted(value)) or "none" if isinstance(value, frozenset) else str(value)
