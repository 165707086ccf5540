"""Which times are free, from opening, capacity, what is booked, shares, lead time and horizon."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from chalicelib.appointments import policy
from chalicelib.appointments.model import Channel, Counts, Leave, Override
from chalicelib.sla.calendars import wall
from tests.unit.appointments.catalogue import (
    AFTERNOON,
    CN,
    GB,
    MONDAY,
    MORNING,
    NOW,
    day_of,
    make_branch,
    make_service,
    starts,
)

ALL_DAY = {day: ((time(0), time(0)),) for day in range(7)}


def test_a_day_with_a_break_has_visits_that_end_before_it_and_none_across_it() -> None:
    found = starts(day_of(make_branch()), make_branch())

    assert found[:2] == ["09:00", "09:15"]
    assert "11:30" in found and "11:45" not in found and "13:00" in found
    assert found[-1] == "16:30"


def test_what_is_taken_is_free_for_nobody_else_and_counters_add_up() -> None:
    one, two = make_branch(), make_branch(counters={"desk": 2})
    taken = {"at_0900": Counts(1, {"public": 1}), "at_0915": Counts(1, {"public": 1})}

    assert starts(day_of(one, **taken), one)[0] == "09:30"
    assert [slot.free for slot in day_of(two, **taken).slots[:3]] == [1, 1, 2]


def test_buffers_take_time_before_and_after_and_lie_within_the_opening() -> None:
    branch, service = make_branch(), make_service(before=15, after=10)

    found = starts(day_of(branch, service), branch)

    assert found[0] == "09:15"
    assert found[found.index("13:15") - 1] == "11:15"  # until 11:45, and ten minutes more are a whole cell
    assert [len(list(policy.visit_at(NOW, [s], 15).cells())) for s in (service, make_service())] == [4, 2]


def test_durations_are_rounded_up_to_cells() -> None:
    for minutes, cells in ((15, 1), (16, 2), (31, 3)):
        visit = policy.visit_at(NOW, [make_service(minutes=minutes)], 15)
        assert len(list(visit.cells())) == cells
        assert visit.ends_at - visit.starts_at == timedelta(minutes=minutes)


def test_services_of_one_visit_add_up_at_one_counter_and_follow_each_other_at_another() -> None:
    card, stamp, advice = (
        make_service(minutes=20),
        make_service("stamp", minutes=10),
        make_service("advice", pool="advice"),
    )

    together = policy.visit_at(NOW, [card, stamp], 15)
    apart = policy.visit_at(NOW, [card, stamp, advice], 15)

    assert [(it.pool, it.count) for it in together.stretches] == [("desk", 2)]
    assert [(it.pool, it.first - NOW, it.count) for it in apart.stretches] == [
        ("desk", timedelta(0), 2),
        ("advice", timedelta(minutes=30), 2),
    ]


def test_a_visit_at_two_counters_needs_both() -> None:
    branch = make_branch(counters={"desk": 1, "advice": 1})
    advice = make_service("advice", pool="advice")
    leave = Leave("advice", 1, MONDAY, MONDAY, (time(9), time(11)))

    found = starts(day_of(replace(branch, leaves=(leave,)), make_service(), advice), branch)

    assert found[0] == "10:30"  # half an hour at the desk, then the adviser is there


def test_clerks_on_leave_are_missing_for_their_days_or_hours_only() -> None:
    away = make_branch(leaves=(Leave("desk", 1, MONDAY, MONDAY, MORNING),))

    assert starts(day_of(away), away)[0] == "13:00"
    assert starts(day_of(away, day=MONDAY + timedelta(days=1)), away)[0] == "09:00"


def test_leadtime_is_for_those_who_have_to_come() -> None:
    branch = make_branch(lead=120)
    now = wall("Asia/Shanghai", MONDAY, time(9))

    assert starts(day_of(branch, now=now), branch)[0] == "11:00"
    assert starts(day_of(branch, now=now, channel=Channel.CALL_CENTRE), branch)[0] == "11:00"
    assert starts(day_of(branch, now=now, channel=Channel.KIOSK), branch)[0] == "09:00"
    assert starts(day_of(branch, now=now, channel=Channel.INTERNAL), branch)[0] == "09:00"


@pytest.mark.parametrize(
    ("change", "day", "now", "why"),
    [
        ({}, date(2026, 11, 28), NOW, "closed"),
        ({}, date(2026, 11, 27), NOW, "holiday"),
        ({"overrides": (Override(MONDAY, MONDAY, (), {"en": "Moving"}),)}, MONDAY, NOW, "closure"),
        ({"counters": {"desk": 0}}, MONDAY, NOW, "no_staff"),
        ({"leaves": (Leave("desk", 1, MONDAY, MONDAY),)}, MONDAY, NOW, "no_staff"),
        ({}, MONDAY, wall("Asia/Shanghai", MONDAY, time(16, 1)), "lead_time"),
        ({}, MONDAY, wall("Asia/Shanghai", MONDAY, time(15, 45)), "lead_time"),
        ({}, MONDAY - timedelta(days=7), NOW, "lead_time"),
        ({"horizon": 0}, MONDAY, NOW, "horizon"),
        ({"opening": {0: ((time(9), time(9, 15)),)}}, MONDAY, NOW, "closed"),
    ],
)
def test_an_empty_day_says_why(change: dict[str, object], day: date, now: datetime, why: str) -> None:
    found = day_of(make_branch(**change), day=day, now=now)

    assert (found.slots, found.closed_because) == ((), why)


def test_a_day_that_is_booked_out_is_full() -> None:
    one_visit = make_branch(opening={0: ((time(9), time(9, 30)),)})

    assert day_of(one_visit, at_0900=Counts(1, {"public": 1})).closed_because == "full"


def test_the_last_override_of_a_day_decides_even_over_a_holiday() -> None:
    friday = date(2026, 11, 27)
    shut = Override(MONDAY, friday, (), {"en": "Flood"})
    opened = Override(friday, friday, (AFTERNOON,))
    branch = make_branch(overrides=(shut, opened))

    assert day_of(branch).closed_because == "closure" and day_of(branch).reason == {"en": "Flood"}
    assert starts(day_of(branch, day=friday), branch)[0] == "13:00"


def test_a_holiday_is_named_in_both_languages() -> None:
    named = replace(CN, chinese={"Autumn": "秋"})

    assert day_of(make_branch(), day=date(2026, 11, 27), calendar=named).reason == {"en": "Autumn", "zh-CN": "秋"}


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 3, 30), 24)])
def test_days_on_which_clocks_change_have_as_many_hours_as_they_have(day: date, hours: int) -> None:
    branch = make_branch(timezone="Europe/London", calendar="GB", opening=ALL_DAY, horizon=366)
    now = datetime(2026, 3, 1, tzinfo=UTC)

    found = day_of(branch, make_service(minutes=60), day=day, now=now, calendar=GB).slots

    assert len(found) == (hours - 1) * 4 + 1
    assert all(b.starts_at - a.starts_at == timedelta(minutes=15) for a, b in pairwise(found))
    assert all(slot.ends_at - slot.starts_at == timedelta(hours=1) for slot in found)


def test_nine_oclock_is_nine_oclock_before_and_after_the_clocks_change() -> None:
    branch = make_branch(timezone="Europe/London", calendar="GB", horizon=366)
    now = datetime(2026, 3, 1, tzinfo=UTC)

    utc = [
        day_of(branch, day=day, now=now, calendar=GB).slots[0].starts_at.hour
        for day in (date(2026, 3, 27), date(2026, 3, 30))
    ]

    assert utc == [9, 8]


def test_the_nearest_three_are_given_in_order_the_earlier_first_where_two_are_as_near() -> None:
    slots = day_of(make_branch()).slots
    wanted = wall("Asia/Shanghai", MONDAY, time(10))

    found = policy.nearest([slot for slot in slots if slot.starts_at != wanted], wanted, 3)

    assert [at.astimezone(make_branch().zone).strftime("%H:%M") for at in found] == ["09:30", "09:45", "10:15"]
