from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import chinese_calendar
import pytest

from chalicelib.sla.calendars import CalendarError, NeverOpensError, wall
from infra import calendars as generator

DAY = timedelta(days=1)


def every_day(first, last):
    return (first + DAY * n for n in range((last - first).days + 1))


def test_china_works_on_the_same_days_as_an_independent_package_from_2020_to_2026(china):
    different = [
        day
        for day in every_day(date(2020, 1, 1), date(2026, 12, 31))
        if china.is_working(day) != chinese_calendar.is_workday(day)
    ]
    assert different == []


def test_england_closes_on_its_bank_holidays_and_moved_ones(england):
    for day in (date(2020, 5, 8), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8), date(2027, 12, 28)):
        assert not england.is_working(day)
    assert england.is_working(date(2020, 5, 4)), "the early May holiday moved to the 8th in 2020"


def test_the_swapped_weekends_of_2026_are_worked_in_china(china):
    swapped = {date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20)}
    assert {day for day in china.workdays if day.year == 2026} == swapped | {date(2026, 10, 10)}


@pytest.mark.parametrize(
    ("calendar_id", "closed", "worked"),
    [
        # A holiday on a Sunday moves to Monday; one on a Saturday leaves the Friday before as it is.
        ("US", [date(2027, 7, 5), date(2026, 10, 12), date(2026, 11, 26)], [date(2026, 7, 3), date(2026, 11, 27)]),
        # Banks keep Good Friday and the Buddha's birthday, which the employment ordinance does not have in every year.
        ("HK", [date(2026, 4, 3), date(2026, 4, 7), date(2020, 4, 30), date(2026, 10, 19)], [date(2026, 10, 20)]),
        ("SG", [date(2026, 8, 10), date(2027, 2, 8), date(2026, 6, 1)], [date(2026, 2, 19), date(2026, 12, 28)]),
        ("IN", [date(2026, 1, 26), date(2026, 10, 2), date(2026, 10, 20)], [date(2026, 10, 21)]),
        ("AU-NSW", [date(2026, 4, 27), date(2026, 12, 28), date(2026, 10, 5)], [date(2026, 11, 3)]),
        ("EU-TARGET", [date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1)], [date(2026, 5, 14), date(2026, 10, 1)]),
    ],
)
def test_each_country_closes_on_its_own_days(packs, calendar_id, closed, worked):
    calendar = packs.calendar(calendar_id)
    assert [day for day in closed if calendar.is_working(day)] == []
    assert [day for day in worked if not calendar.is_working(day)] == []


def test_no_calendar_says_that_an_estimate_was_published(packs):
    for calendar in packs.calendars.values():
        assert not [name for name in calendar.holidays.values() if "estimated" in name], calendar.id
        assert max(calendar.holidays) <= calendar.published_through


def test_the_counters_of_india_shut_for_half_an_hour(packs):
    india = packs.calendar("IN")
    monday = datetime(2026, 11, 23, 3, tzinfo=UTC)
    hours = [(f"{a:%H:%M}", f"{b:%H:%M}") for a, b in india.open_between(monday, monday + timedelta(hours=12))]
    assert hours == [("04:30", "08:30"), ("09:00", "11:30")]


@pytest.mark.parametrize("place", generator.PLACES, ids=lambda place: place.id)
def test_the_committed_calendar_is_what_the_generator_writes(place):
    assert (generator.FOLDER / f"{place.id}.toml").read_text(encoding="utf-8") == generator.render(place)


def test_every_holiday_has_a_chinese_name(packs):
    for calendar in packs.calendars.values():
        assert {name for name in calendar.holidays.values() if not calendar.chinese.get(name)} == set()


@pytest.mark.parametrize(
    ("day", "kind", "working"),
    [
        (date(2026, 2, 13), "working", True),
        (date(2026, 2, 14), "swapped_working_day", True),
        (date(2026, 2, 15), "weekend", False),
        (date(2026, 2, 17), "Chinese New Year (Spring Festival)", False),
        (date(2026, 2, 20), "Day off (substituted from 2026-02-14)", False),
    ],
)
def test_a_day_says_what_it_is(china, day, kind, working):
    assert (china.day_kind(day), china.is_working(day)) == (kind, working)


def test_past_the_published_year_only_the_weekday_decides(china):
    assert china.is_working(date(2027, 10, 1))
    assert not china.is_working(date(2027, 10, 2))
    assert china.provisional(date(2027, 1, 1))
    assert not china.provisional(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        ("Asia/Shanghai", date(2026, 12, 9), time(0), "2026-12-08T16:00:00+00:00"),
        ("Europe/London", date(2026, 3, 29), time(1, 30), "2026-03-29T01:00:00+00:00"),  # does not exist
        ("Europe/London", date(2026, 10, 25), time(1, 30), "2026-10-25T00:30:00+00:00"),  # exists twice
        ("America/Sao_Paulo", date(2018, 11, 4), time(0), "2018-11-04T03:00:00+00:00"),  # no midnight
        ("America/Sao_Paulo", date(2018, 2, 18), time(0), "2018-02-18T03:00:00+00:00"),  # 23:00 twice before it
        ("America/Havana", date(2025, 11, 2), time(0), "2025-11-02T04:00:00+00:00"),  # two midnights
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:30:00+00:00"),  # half an hour
        ("Pacific/Apia", date(2011, 12, 30), time(0), "2011-12-30T10:00:00+00:00"),  # a day that never was
    ],
)
def test_a_local_time_is_the_first_instant_at_which_clocks_show_it_or_later(zone, day, at, instant):
    assert wall(zone, day, at) == datetime.fromisoformat(instant)


def test_a_local_day_lasts_23_or_25_hours_when_clocks_change(england):
    lengths = [england.ends(day) - england.starts(day) for day in (date(2026, 3, 29), date(2026, 10, 25))]
    assert lengths == [timedelta(hours=23), timedelta(hours=25)]


def test_the_doors_shut_for_lunch_nights_and_holidays(china):
    start, end = datetime(2026, 2, 13, tzinfo=UTC), datetime(2026, 2, 24, 2, tzinfo=UTC)
    hours = [(f"{a:%d %H:%M}", f"{b:%d %H:%M}") for a, b in china.open_between(start, end)]
    assert hours == [
        ("13 01:00", "13 04:00"),
        ("13 05:00", "13 09:30"),
        ("14 01:00", "14 04:00"),  # Saturday, worked in exchange
        ("14 05:00", "14 09:30"),
        ("24 01:00", "24 02:00"),  # after the Spring Festival, cut at the end asked for
    ]


def test_a_time_that_ends_when_the_doors_open_has_no_open_stretch(china):
    opens = datetime(2026, 11, 23, 1, tzinfo=UTC)
    assert list(china.open_between(opens - timedelta(hours=5), opens)) == []


def test_the_doors_open_at_the_first_instant_of_a_block_and_shut_at_its_last(china):
    noon = datetime(2026, 11, 23, 4, tzinfo=UTC)
    assert china.is_open(noon - timedelta(microseconds=1))
    assert not china.is_open(noon)
    assert china.is_open(noon + timedelta(hours=1))
    assert not china.is_open(noon - timedelta(days=1)), "Sunday"


def test_the_next_opening_is_now_or_the_first_block_to_come(england):
    friday_evening = datetime(2026, 4, 2, 17, tzinfo=UTC)  # Maundy Thursday, after hours
    assert england.next_opening(friday_evening) == datetime(2026, 4, 7, 8, tzinfo=UTC)
    tuesday_noon = datetime(2026, 4, 7, 12, tzinfo=UTC)
    assert england.next_opening(tuesday_noon) == tuesday_noon


def test_a_block_that_spans_the_change_of_clocks_is_an_hour_shorter_or_longer(make_calendar):
    always = make_calendar(timezone="Europe/London", weekend=frozenset(), opening=((time(0), time(6)),))
    spring = next(always.open_from(datetime(2026, 3, 29, tzinfo=UTC)))
    autumn = next(always.open_from(datetime(2026, 10, 24, 23, tzinfo=UTC)))
    assert [spring[1] - spring[0], autumn[1] - autumn[0]] == [timedelta(hours=5), timedelta(hours=7)]


def test_a_block_that_lies_wholly_in_the_missing_hour_does_not_open(make_calendar):
    nights = make_calendar(timezone="Europe/London", weekend=frozenset(), opening=((time(1, 10), time(1, 50)),))
    first = next(nights.open_from(datetime(2026, 3, 29, tzinfo=UTC)))
    assert first[0] == datetime(2026, 3, 30, 0, 10, tzinfo=UTC)


def test_a_block_may_run_to_midnight(make_calendar):
    late = make_calendar(opening=((time(22), time(0)),))
    opens, closes = next(late.open_from(datetime(2026, 11, 23, 0, tzinfo=UTC)))
    assert (opens, closes) == (datetime(2026, 11, 23, 14, tzinfo=UTC), datetime(2026, 11, 23, 16, tzinfo=UTC))


@pytest.mark.parametrize("closed", [{"weekend": frozenset(range(7))}, {"opening": ()}])
def test_a_calendar_that_never_opens_says_so_instead_of_searching_for_ever(make_calendar, closed):
    with pytest.raises(NeverOpensError):
        make_calendar(**closed).next_opening(datetime(2026, 1, 1, tzinfo=UTC))


def test_a_calendar_without_opening_blocks_has_no_closing_time(make_calendar):
    with pytest.raises(NeverOpensError):
        make_calendar(opening=()).closes(date(2026, 1, 1))


@pytest.mark.parametrize(
    "blocks",
    [((time(9), time(9)),), ((time(9), time(12)), (time(11), time(17))), ((time(13), time(17)), (time(9), time(12)))],
)
def test_opening_blocks_that_overlap_or_are_out_of_order_are_refused(make_calendar, blocks):
    with pytest.raises(CalendarError):
        make_calendar(opening=blocks)


def test_a_day_cannot_be_both_a_holiday_and_a_working_day(make_calendar):
    day = date(2026, 12, 26)
    with pytest.raises(CalendarError, match="2026-12-26"):
        make_calendar(holidays={day: "Holiday"}, workdays=frozenset({day}))


def test_what_people_decide_about_a_day_wins_over_the_calendar(china):
    closed, worked = date(2026, 2, 14), date(2026, 2, 17)
    changed = china.changed("2", {closed: "Typhoon"}, frozenset({worked}))
    assert changed.day_kind(closed) == "Typhoon"
    assert changed.is_working(worked)
    assert changed.version == f"{china.version}+2"
    assert china.is_working(closed), "the calendar it was made from is as before"


def test_open_stretches_go_on_day_after_day(england):
    stretches = list(islice(england.open_from(datetime(2026, 11, 23, 12, tzinfo=UTC)), 3))
    assert [f"{opens:%d %H}" for opens, _ in stretches] == ["23 12", "24 09", "25 09"]
