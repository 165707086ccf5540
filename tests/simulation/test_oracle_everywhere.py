"""R8: random deadlines of every shipped rule on every calendar, with pauses and extensions, against a second way of counting.

`RELIABILITY=full` compares 100,000; without it some thousand.
"""

import os
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.sla.clocks import Clock, Extension, Pause, Rule, Unit
from chalicelib.sla.rules import DayEnd, Roll, Step

from .counted_again import Count, Counted, Place, Span, count, place
from .house import packs

PARTS = 20
EACH = 5_000 if os.environ.get("RELIABILITY") == "full" else 125
FIRST = datetime(2024, 12, 1, tzinfo=UTC)
ALMOST = timedelta(microseconds=2)  # an instant inside a day is rounded once here, once there
# Summer time begins and ends in these, on different days, and in Lord Howe by half an hour.
ZONES = ("", "", "", "Australia/Lord_Howe", "America/New_York", "Europe/London")


def some_rule(chance: random.Random, rules: list[Rule]) -> Rule:
    """Take a shipped rule, sometimes counted otherwise than any shipped one is."""
    rule = replace(chance.choice(rules), pause_reasons=frozenset({"mediation"}))
    if chance.random() < 0.5:
        return rule
    unit = chance.choice(list(Unit))
    return replace(
        rule,
        unit=unit,
        count=chance.randint(1, 4 if unit is Unit.MONTHS else 60),
        roll_last_day=chance.choice(list(Roll)),
        day_ends=chance.choice(list(DayEnd)),
        start_day_counted=chance.random() < 0.3,
        extensions=(Step("more", chance.randint(1, 90), "", unit=chance.choice((None, Unit.CALENDAR_DAYS))),),
    )


def some_pauses(chance: random.Random, start: datetime) -> list[Pause]:
    found = []
    for _ in range(chance.choice((0, 0, 1, 2, 4))):
        begins = start + timedelta(minutes=chance.randint(-3000, 40000))
        ends = begins + timedelta(minutes=chance.choice((0, 7, 90, 1440, 4000, 20000)))
        found.append(Pause(chance.choice(("mediation", "mediation", "holiday of ours")), begins, ends))
    return found


def again(rule: Rule, at: Place, start: datetime, pauses: list[Pause], extensions: list[Extension]) -> Counted:
    """Say once more what an extension does: the longer period, unless the time was up when it was granted."""
    spans = [(p.started_at, p.ended_at) for p in pauses if p.reason in rule.pause_reasons and p.ended_at]

    def counted(unit: Unit, total: int, known: list[Span]) -> Counted:
        closes = rule.day_ends is DayEnd.CLOSE_OF_BUSINESS
        rolls = rule.roll_last_day is Roll.NEXT_WORKING_DAY
        return count(at, Count(unit.value, total, rule.start_day_counted, rolls, closes), start, known)

    now = (rule.unit, rule.count)
    for one in sorted(extensions, key=lambda extension: (extension.granted_at, extension.to_total)):
        then = [(begin, min(end, one.granted_at)) for begin, end in spans if begin < one.granted_at]
        longer = (rule.unit_of(one.step), one.to_total)
        if one.granted_at < counted(*now, then).end:
            now = max((now, longer), key=lambda it: (counted(*it, spans).end, it[1]))
    return counted(*now, spans)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_rule_on_every_calendar_is_counted_alike_a_second_time(part: int) -> None:
    chance = random.Random(f"deadlines {part}")
    rules = [rule for pack in packs().packs.values() for rule in pack.rules if rule.enabled]
    for number in range(EACH):
        rule, id_, zone = some_rule(chance, rules), chance.choice(sorted(packs().calendars)), chance.choice(ZONES)
        start = FIRST + timedelta(seconds=chance.randrange(2 * 365 * 86400))
        pauses = some_pauses(chance, start)
        extensions = [
            Extension(step.id, step.to_total, start + timedelta(minutes=chance.randint(1, 60000)))
            for step in rule.extensions
            if chance.random() < 0.5
        ]
        calendar = packs().calendar(id_)
        clock = Clock(
            rule, replace(calendar, timezone=zone or calendar.timezone), start, tuple(pauses), tuple(extensions)
        )
        second = again(rule, place(id_, zone), start, pauses, extensions)
        told = (part, number, rule.id, rule.unit, rule.count, id_, zone, start, pauses, extensions)
        late = start + timedelta(days=4000)
        assert clock.due(late).at == second.end, told
        for percent, at in clock.warnings(late)[:-1]:
            assert abs(at - second.reached(percent)) <= ALMOST, (percent, *told)
