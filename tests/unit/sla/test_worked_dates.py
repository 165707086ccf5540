"""The dates worked out by hand from the texts of the rules, and the count written beside them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from chalicelib.sla.calendars import NeverOpensError
from chalicelib.sla.clocks import Extension, Line, Pause, Unit, due
from chalicelib.sla.rules import DayEnd, Roll

EAST = "2026-02-10T10:00:00+08:00"


def last_day(rule, calendar, start):
    return due(rule, calendar, datetime.fromisoformat(start)).date


@pytest.mark.parametrize(
    ("total", "step", "expected"),
    [(15, None, date(2026, 2, 25)), (30, "complex", date(2026, 3, 12)), (60, "special", date(2026, 4, 11))],
)
def test_a_chinese_decision_is_due_15_30_or_60_natural_days_after_the_day_of_receipt(packs, total, step, expected):
    pack = packs.in_force("cn.nfra", date(2026, 2, 10))
    start = datetime.fromisoformat(EAST)
    granted = [Extension(step, total, start + timedelta(days=5))] if step else []
    found = due(pack.rule("cn.nfra.decision"), packs.calendar_for(pack, "CN"), start, extensions=granted)
    assert (found.date, found.count, found.extension) == (expected, total, step or "")


def test_seven_chinese_working_days_run_across_the_spring_festival_and_its_swapped_days(make_rule, china):
    rule = make_rule(unit=Unit.WORKING_DAYS, count=7)
    assert last_day(rule, china, "2026-02-12T09:00:00+08:00") == date(2026, 2, 28)


def test_a_british_summary_resolution_ends_at_close_of_business_on_the_third_business_day(packs):
    pack = packs.in_force("uk.disp", date(2026, 4, 1))
    found = due(pack.rule("uk.disp.summary"), packs.calendar("GB-ENG"), datetime(2026, 4, 1, 9, tzinfo=UTC))
    assert (found.date, found.at) == (date(2026, 4, 8), datetime(2026, 4, 8, 16, tzinfo=UTC))


def test_eight_british_weeks_are_56_days(packs, england):
    rule = packs.in_force("uk.disp", date(2026, 4, 1)).rule("uk.disp.final")
    found = due(rule, england, datetime(2026, 4, 1, 9, tzinfo=UTC))
    assert (found.date, found.at) == (date(2026, 5, 27), datetime(2026, 5, 27, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("zone", "unit", "count", "expected"),
    [
        ("Asia/Singapore", Unit.WORKING_DAYS, 2, date(2026, 12, 22)),
        ("Asia/Singapore", Unit.WORKING_DAYS, 20, date(2027, 1, 19)),
        ("America/New_York", Unit.CALENDAR_DAYS, 15, date(2027, 1, 2)),
        ("America/New_York", Unit.CALENDAR_DAYS, 60, date(2027, 2, 16)),
        ("Australia/Sydney", Unit.CALENDAR_DAYS, 30, date(2027, 1, 17)),
        ("Asia/Hong_Kong", Unit.CALENDAR_DAYS, 7, date(2026, 12, 25)),
    ],
)
def test_other_regimes_count_the_same_way(make_rule, make_calendar, zone, unit, count, expected):
    closed = {date(2026, 12, 25): "Christmas Day", date(2027, 1, 1): "New Year's Day"}
    calendar = make_calendar(timezone=zone, holidays=closed)
    received = datetime.combine(date(2026, 12, 18), time(10), calendar.zone).isoformat()
    assert last_day(make_rule(unit=unit, count=count), calendar, received) == expected


def test_the_due_instant_is_the_first_that_is_too_late(make_rule, china):
    found = due(make_rule(), china, datetime.fromisoformat("2026-11-23T23:59:59+08:00"))
    assert (found.date, found.at) == (date(2026, 12, 8), datetime(2026, 12, 8, 16, tzinfo=UTC))


def test_the_local_date_of_receipt_counts_not_the_one_in_utc(make_rule, china):
    assert last_day(make_rule(), china, "2026-11-23T16:00:00+00:00") == date(2026, 12, 9)


def test_a_leap_day_is_a_day(make_rule, china):
    assert last_day(make_rule(count=2), china, "2028-02-28T09:00:00+08:00") == date(2028, 3, 1)
    assert last_day(make_rule(count=2), china, "2027-02-28T09:00:00+08:00") == date(2027, 3, 2)


def test_a_counted_start_day_is_the_first_day(make_rule, china):
    assert last_day(make_rule(count=1, start_day_counted=True), china, EAST) == date(2026, 2, 10)


def test_a_counted_start_day_that_is_not_worked_does_not_count_in_working_days(make_rule, england):
    rule = make_rule(unit=Unit.WORKING_DAYS, count=1, start_day_counted=True)
    assert last_day(rule, england, "2026-11-21T10:00:00+00:00") == date(2026, 11, 23)


def test_the_last_day_moves_off_a_holiday_only_if_the_rule_says_so(make_rule, china):
    received = "2026-02-03T10:00:00+08:00"  # 15 days end in the Spring Festival
    assert last_day(make_rule(), china, received) == date(2026, 2, 18)
    rolled = due(make_rule(roll_last_day=Roll.NEXT_WORKING_DAY), china, datetime.fromisoformat(received))
    assert rolled.date == date(2026, 2, 24)
    assert rolled.explanation[-1] == Line("2026-02-24", "2026-02-24", False, "rolled", "", 15)


def test_a_last_day_that_is_worked_does_not_move(make_rule, china):
    rule = make_rule(roll_last_day=Roll.NEXT_WORKING_DAY, count=11)
    assert last_day(rule, china, "2026-02-03T10:00:00+08:00") == date(2026, 2, 14)


def test_the_count_can_be_done_again_by_hand(make_rule, china):
    rule = make_rule(unit=Unit.WORKING_DAYS, count=3)
    found = due(rule, china, datetime.fromisoformat("2026-02-12T09:00:00+08:00"))
    assert found.explanation == (
        Line("2026-02-12", "2026-02-12", False, "start_day_not_counted", "", 0),
        Line("2026-02-13", "2026-02-13", True, "counted", "", 1),
        Line("2026-02-14", "2026-02-14", True, "swapped_working_day", "", 2),
        Line("2026-02-15", "2026-02-15", False, "weekend", "", 2),
        Line("2026-02-16", "2026-02-16", False, "holiday", "Chinese New Year's Eve", 2),
        Line("2026-02-17", "2026-02-19", False, "holiday", "Chinese New Year (Spring Festival)", 2),
        Line("2026-02-20", "2026-02-20", False, "holiday", "Day off (substituted from 2026-02-14)", 2),
        Line("2026-02-21", "2026-02-22", False, "weekend", "", 2),
        Line("2026-02-23", "2026-02-23", False, "holiday", "Day off (substituted from 2026-02-28)", 2),
        Line("2026-02-24", "2026-02-24", True, "counted", "", 3),
    )


@pytest.mark.parametrize(
    ("received", "hours", "expected"),
    [
        ("2026-03-28T20:00:00+00:00", 10, "2026-03-29T06:00:00+00:00"),
        ("2026-10-24T20:00:00+00:00", 10, "2026-10-25T06:00:00+00:00"),
    ],
)
def test_plain_hours_do_not_care_that_clocks_change(make_rule, england, received, hours, expected):
    found = due(make_rule(unit=Unit.HOURS, count=hours), england, datetime.fromisoformat(received))
    assert found.at == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("night", "expected"),
    [
        ("2026-03-27T16:00:00+00:00", "2026-03-30T11:00:00+00:00"),
        ("2026-10-23T15:00:00+00:00", "2026-10-26T12:00:00+00:00"),
    ],
)
def test_four_business_hours_from_friday_at_four_end_on_monday_at_noon_local_time(make_rule, england, night, expected):
    found = due(make_rule(unit=Unit.BUSINESS_HOURS, count=4), england, datetime.fromisoformat(night))
    assert found.at == datetime.fromisoformat(expected)
    assert found.explanation[1].why == "closed"
    assert found.explanation[1].detail == "weekend"


@pytest.mark.parametrize(
    ("night", "expected"),
    [
        ("2026-03-29T00:00:00+00:00", "2026-03-30T00:00:00+00:00"),  # 5 hours that night, the sixth in the next
        ("2026-10-24T23:00:00+00:00", "2026-10-25T05:00:00+00:00"),  # 7 hours that night, the sixth ends at 05:00
    ],
)
def test_business_hours_in_the_night_of_the_change_are_real_hours(make_rule, make_calendar, night, expected):
    calendar = make_calendar(timezone="Europe/London", weekend=frozenset(), opening=((time(0), time(6)),))
    found = due(make_rule(unit=Unit.BUSINESS_HOURS, count=6), calendar, datetime.fromisoformat(night))
    assert found.at == datetime.fromisoformat(expected)


def test_business_hours_that_end_at_closing_time_are_due_then_and_not_in_the_morning(make_rule, china):
    found = due(make_rule(unit=Unit.BUSINESS_HOURS, count=3), china, datetime(2026, 11, 23, 1, tzinfo=UTC))
    assert (found.at, found.date) == (datetime(2026, 11, 23, 4, tzinfo=UTC), date(2026, 11, 23))


def test_business_hours_are_explained_by_stretches_with_lunch_left_out(make_rule, china):
    found = due(make_rule(unit=Unit.BUSINESS_HOURS, count=4), china, datetime(2026, 11, 23, 2, 30, tzinfo=UTC))
    assert found.explanation == (
        Line("2026-11-23T02:30:00Z", "2026-11-23T04:00:00Z", True, "counted", "", 1.5),
        Line("2026-11-23T04:00:00Z", "2026-11-23T05:00:00Z", False, "closed", "", 1.5),
        Line("2026-11-23T05:00:00Z", "2026-11-23T07:30:00Z", True, "counted", "", 4),
    )


def test_a_day_that_ends_at_close_of_business_is_over_before_midnight(make_rule, england):
    rule = make_rule(count=1, day_ends=DayEnd.CLOSE_OF_BUSINESS)
    assert due(rule, england, datetime(2026, 11, 23, 10, tzinfo=UTC)).at == datetime(2026, 11, 24, 17, tzinfo=UTC)


def test_a_due_day_past_the_published_year_is_provisional(make_rule, china):
    start = datetime(2026, 12, 20, tzinfo=UTC)
    before, after = due(make_rule(count=11), china, start), due(make_rule(count=12), china, start)
    assert (before.date, before.provisional) == (date(2026, 12, 31), False)
    assert (after.date, after.provisional) == (date(2027, 1, 1), True)


def test_publishing_the_year_settles_what_was_provisional(make_rule, china):
    rule, start = make_rule(unit=Unit.WORKING_DAYS, count=10), datetime(2026, 12, 20, 2, tzinfo=UTC)
    guess = due(rule, china, start)
    assert (guess.date, guess.provisional) == (date(2027, 1, 1), True)
    published = china.changed("2", {date(2027, 1, 1): "New Year's Day"}, frozenset())
    assert due(rule, published, start).date == date(2027, 1, 4)


def test_hours_that_end_at_midnight_belong_to_the_day_that_ends(make_rule, china):
    found = due(make_rule(unit=Unit.HOURS, count=6), china, datetime(2026, 11, 23, 10, tzinfo=UTC))
    assert (found.at, found.date) == (datetime(2026, 11, 23, 16, tzinfo=UTC), date(2026, 11, 23))


@pytest.mark.parametrize("what", [{"unit": Unit.WORKING_DAYS}, {"roll_last_day": Roll.NEXT_WORKING_DAY}])
def test_counting_on_a_calendar_without_working_days_says_so(make_rule, make_calendar, what):
    with pytest.raises(NeverOpensError, match="no working day in the 400 days"):
        due(make_rule(**what), make_calendar(weekend=frozenset(range(7))), datetime(2026, 11, 23, tzinfo=UTC))


@pytest.mark.parametrize("what", [{"unit": Unit.WORKING_DAYS}, {"roll_last_day": Roll.NEXT_WORKING_DAY}])
def test_a_pause_of_years_is_no_calendar_without_working_days(make_rule, england, what):
    friday = datetime(2026, 11, 20, 9, tzinfo=UTC)
    long = [Pause("mediation", friday + timedelta(days=1.7), friday + timedelta(days=1500))]
    assert due(make_rule(count=1, **what), england, friday, long).date.year == 2030


def test_a_counted_start_day_is_over_at_closing_time_even_for_what_comes_later(make_rule, england):
    rule = make_rule(count=1, start_day_counted=True, day_ends=DayEnd.CLOSE_OF_BUSINESS)
    found = due(rule, england, datetime(2026, 11, 23, 18, tzinfo=UTC))
    assert found.reached(50) == found.at == datetime(2026, 11, 23, 17, tzinfo=UTC)
