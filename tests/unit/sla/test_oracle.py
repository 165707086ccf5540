"""A second, slow way of counting, written from the rules alone: a quarter of an hour at a time."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.sla.calendars import Calendar
from chalicelib.sla.clocks import Pause, Unit, due

SLOT = timedelta(minutes=15)
HOURS = ((time(8, 30), time(12)), (time(13), time(19, 15)))
ZONES = ("Asia/Shanghai", "Europe/London", "America/New_York", "Australia/Adelaide")


def works(calendar, day):
    if day in calendar.workdays:
        return True
    return day not in calendar.holidays and day.weekday() not in (5, 6)


def paused(at, pauses):
    return any(p.reason == "mediation" and p.started_at <= at < p.ended_at for p in pauses)


def by_slots(calendar, rule, start, pauses):
    """Count running quarters of an hour until there are enough."""
    zone, at, left = ZoneInfo(calendar.timezone), start, rule.count * 4
    while left:
        local = at.astimezone(zone)
        is_open = works(calendar, local.date()) and any(a <= local.time() < b for a, b in HOURS)
        if (rule.unit is Unit.HOURS or is_open) and not paused(at, pauses):
            left -= 1
        at += SLOT
    return at


def by_days(calendar, rule, start, pauses):
    """Count local days of which at least one quarter of an hour was not paused."""
    zone = ZoneInfo(calendar.timezone)
    at, left, day = start, rule.count, start.astimezone(zone).date()
    while at.astimezone(zone).date() == day:
        at += SLOT
    while True:
        day, ran = at.astimezone(zone).date(), False
        while at.astimezone(zone).date() == day:
            ran = ran or not paused(at, pauses)
            at += SLOT
        if ran and (rule.unit is Unit.CALENDAR_DAYS or works(calendar, day)):
            left -= 1
        if not left:
            return at


def by_months(calendar, rule, start, pauses):
    """Walk to the same day of the month, or to the last one before the month is over, and count the days walked."""
    first = start.astimezone(ZoneInfo(calendar.timezone)).date()
    day, passed = first, 0
    while passed < rule.count:
        day += timedelta(days=1)
        ends = (day + timedelta(days=1)).month != day.month
        passed += day.day == first.day or (ends and day.day < first.day)
    return by_days(calendar, replace(rule, unit=Unit.CALENDAR_DAYS, count=(day - first).days), start, pauses)


SLOWLY = {Unit.CALENDAR_DAYS: by_days, Unit.WORKING_DAYS: by_days, Unit.MONTHS: by_months}


def some_calendar(chance):
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(500)]
    holidays = set(chance.sample(days, 60))
    return Calendar(
        id="TEST",
        version="1",
        timezone=chance.choice(ZONES),
        published_through=date(2026, 12, 31),
        holidays=dict.fromkeys(holidays, "Holiday"),
        workdays=frozenset(set(chance.sample(days, 40)) - holidays),
        opening=HOURS,
    )


def some_pauses(chance, start):
    for _ in range(chance.randrange(4)):
        begins = start + chance.randrange(-100, 1500) * SLOT
        reason = chance.choice(["mediation", "mediation", "waiting_for_customer"])
        yield Pause(reason, begins, begins + chance.randrange(500) * SLOT)


@pytest.mark.parametrize("unit", list(Unit))
def test_a_second_way_of_counting_gives_the_same_instant(make_rule, unit):
    chance = random.Random(f"{unit}, the same every time")
    for _ in range(60):
        calendar = some_calendar(chance)
        start = datetime(2026, 1, 1, tzinfo=UTC) + chance.randrange(365 * 96) * SLOT
        pauses = list(some_pauses(chance, start))
        count = chance.randrange(1, 3 if unit is Unit.MONTHS else 16)
        rule = make_rule(unit=unit, count=count, pause_reasons=frozenset({"mediation"}))
        slowly = SLOWLY.get(unit, by_slots)
        assert due(rule, calendar, start, pauses).at == slowly(calendar, rule, start, pauses), (calendar, start, pauses)
