"""Pauses and extensions: what they add to a clock, and what they must not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.sla.clocks import ClockError, Extension, Line, Pause, Unit, due
from chalicelib.sla.rules import Step

START = datetime(2026, 11, 2, 2, tzinfo=UTC)  # Monday, ten o'clock in Shanghai


def day(number, hour=0):
    """Give that hour of a day in November, Shanghai time."""
    return datetime(2026, 11, 1, 16, tzinfo=UTC) + timedelta(days=number - 2, hours=hour)


def pause(start, end, reason="mediation"):
    return Pause(reason, start, end)


def test_each_local_day_wholly_inside_a_pause_is_left_out(make_rule, china):
    found = due(make_rule(), china, START, [pause(day(5), day(8))])
    assert found.date == date(2026, 11, 20)
    assert found.paused_for == timedelta(days=3)
    assert Line("2026-11-05", "2026-11-07", False, "paused", "mediation", 2) in found.explanation


@pytest.mark.parametrize("ends", [day(5, 23.9), day(6, 1)])
def test_a_day_on_which_the_clock_could_run_for_any_time_is_counted(make_rule, china, ends):
    assert due(make_rule(), china, START, [pause(day(5, 0.1), ends)]).date == date(2026, 11, 17)


def test_pauses_that_together_cover_a_day_leave_it_out_and_name_both_reasons(make_rule, china):
    both = [pause(day(5), day(5, 12)), pause(day(5, 12), day(6), "appraisal")]
    found = due(make_rule(), china, START, both)
    assert found.date == date(2026, 11, 18)
    assert found.explanation[2].detail == "mediation, appraisal"


def test_overlapping_pauses_count_once_in_whatever_order_they_come(make_rule, china):
    pauses = [pause(day(5), day(8)), pause(day(6), day(9), "appraisal"), pause(day(6), day(7))]
    for order in (pauses, pauses[::-1]):
        found = due(make_rule(), china, START, order)
        assert (found.date, found.paused_for) == (date(2026, 11, 21), timedelta(days=4))


def test_a_paused_weekend_gives_no_working_days(make_rule, china):
    rule = make_rule(unit=Unit.WORKING_DAYS, count=5)
    assert due(rule, china, START, [pause(day(7), day(9))]).date == due(rule, china, START).date


def test_a_reason_that_the_rule_does_not_list_stops_nothing(make_rule, china):
    found = due(make_rule(), china, START, [pause(day(5), day(8), "waiting_for_customer")])
    assert (found.date, found.paused_for) == (date(2026, 11, 17), timedelta(0))


def test_a_pause_before_the_start_has_no_effect(make_rule, china):
    assert due(make_rule(unit=Unit.HOURS, count=4), china, START, [pause(day(1), START)]).at == day(2, 14)


def test_a_pause_that_began_before_the_start_counts_from_the_start(make_rule, china):
    found = due(make_rule(unit=Unit.HOURS, count=4), china, START, [pause(day(1), day(2, 11))])
    assert (found.at, found.paused_for) == (day(2, 15), timedelta(hours=1))


def test_a_pause_after_the_end_has_no_effect(make_rule, china):
    found = due(make_rule(), china, START, [pause(day(18), day(25))])
    assert (found.date, found.paused_for) == (date(2026, 11, 17), timedelta(0))


def test_hours_are_extended_by_exactly_the_paused_time(make_rule, china):
    found = due(make_rule(unit=Unit.HOURS, count=4), china, START, [pause(day(2, 11), day(2, 11.5))])
    assert found.at == day(2, 14.5)
    assert [(line.why, line.total) for line in found.explanation] == [("counted", 1), ("paused", 1), ("counted", 4)]


def test_business_hours_are_extended_only_by_the_open_part_of_a_pause(make_rule, china):
    rule = make_rule(unit=Unit.BUSINESS_HOURS, count=4)
    assert due(rule, china, START).at == day(2, 15)
    overnight = [pause(day(2, 14), day(3, 9.5))]
    found = due(rule, china, START, overnight)
    assert found.at == day(3, 10.5), "3.5 h were left of Monday and half an hour of Tuesday"
    assert [line.why for line in found.explanation] == [
        "counted",
        "closed",
        "counted",
        "paused",
        "closed",
        "paused",
        "counted",
    ]


def test_an_open_pause_has_lasted_until_the_instant_asked_about(make_rule, china):
    rule, opened = make_rule(), [Pause("mediation", day(5))]
    assert due(rule, china, START, opened, as_of=day(6, 12)).date == date(2026, 11, 18)
    assert due(rule, china, START, opened, as_of=day(12)).date == date(2026, 11, 24)


def test_an_open_pause_without_an_instant_to_ask_about_is_refused(make_rule, china):
    with pytest.raises(ClockError, match="open pause"):
        due(make_rule(), china, START, [Pause("mediation", day(5))])


def test_asked_about_the_past_it_knows_only_what_had_happened_by_then(make_rule, china):
    rule = make_rule(extensions=(Step("complex", 30, "complex"),))
    facts = [pause(day(5), day(8))], [Extension("complex", 30, day(12))]
    known = [due(rule, china, START, *facts, as_of=at).date for at in (day(4), day(7), day(11), day(12))]
    assert known == [date(2026, 11, 17), date(2026, 11, 19), date(2026, 11, 20), date(2026, 12, 5)]


def test_the_largest_total_granted_wins(make_rule, china):
    steps = [Extension("special", 60, day(7)), Extension("complex", 30, day(6))]
    found = due(make_rule(), china, START, extensions=steps)
    assert (found.count, found.extension, found.date) == (60, "special", date(2027, 1, 1))


def test_an_extension_granted_after_the_clock_ran_out_changes_nothing(make_rule, china):
    expiry = due(make_rule(), china, START).at
    late = due(make_rule(), china, START, extensions=[Extension("complex", 30, expiry)])
    assert (late.at, late.extension, late.too_late) == (expiry, "", ("complex",))
    just = due(make_rule(), china, START, extensions=[Extension("complex", 30, expiry - timedelta(microseconds=1))])
    assert (just.count, just.too_late) == (30, ())


def test_a_second_extension_may_come_in_the_time_the_first_one_gave(make_rule, china):
    steps = [Extension("complex", 30, day(10)), Extension("special", 60, day(25))]
    assert due(make_rule(), china, START, extensions=steps).count == 60


def test_an_extension_may_be_counted_in_another_unit_than_the_rule(make_rule, china):
    rule = make_rule(unit=Unit.WORKING_DAYS, count=10, extensions=(Step("long", 45, "long", unit=Unit.CALENDAR_DAYS),))
    found = due(rule, china, START, extensions=[Extension("long", 45, day(5))])
    assert (found.date, found.unit) == (date(2026, 12, 17), Unit.CALENDAR_DAYS)


def test_a_smaller_total_takes_nothing_away(make_rule, china):
    assert due(make_rule(), china, START, extensions=[Extension("odd", 3, day(3))]).count == 15


@pytest.mark.parametrize(
    "make",
    [
        lambda rule, calendar: due(rule, calendar, datetime(2026, 1, 1)),  # noqa: DTZ001
        lambda rule, calendar: due(rule, calendar, START, as_of=datetime(2026, 1, 1)),  # noqa: DTZ001
        lambda rule, calendar: Pause("mediation", datetime(2026, 1, 1)),  # noqa: DTZ001
        lambda rule, calendar: Extension("complex", 30, datetime(2026, 1, 1)),  # noqa: DTZ001
    ],
)
def test_a_moment_without_a_time_zone_is_refused(make_rule, china, make):
    with pytest.raises(ClockError, match="time zone"):
        make(make_rule(), china)


def test_a_pause_cannot_end_before_it_starts():
    with pytest.raises(ClockError):
        Pause("mediation", day(5), day(4))


def test_a_rule_that_carries_no_number_cannot_be_counted(make_rule, china):
    with pytest.raises(ClockError, match="no length"):
        due(make_rule(count=0, enabled=False), china, START)
