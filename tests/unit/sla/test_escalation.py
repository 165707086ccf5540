"""The escalation policy: who is told, in whose hours, what is too old to be sent, and what wants a second look."""

import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from chalicelib.kernel.money import Money
from chalicelib.sla.clocks import ClockError, Pause
from chalicelib.sla.escalation import EscalationPolicy, Hours, Level
from chalicelib.sla.reading import PackError
from chalicelib.sla.thresholds import Alarm, Misuse, Recipient

TODAY = date(2026, 11, 23)
OWNER, LEAD, HEAD, COMPLIANCE = Recipient


@pytest.fixture(scope="module")
def policy(folder):
    return EscalationPolicy.load(folder, TODAY)


@pytest.fixture
def owner(policy):
    return policy.level(50)


def told(policy, level, at, calendar, **what):
    return policy.when_told(level, datetime.fromisoformat(at), calendar, **what)


def test_the_shipped_policy_tells_four_levels_and_only_the_breach_at_night(policy):
    assert policy.ref == "house@2020-01-01.1"
    assert [(level.percent, level.tell, level.hours) for level in policy.levels] == [
        (50, OWNER, Hours.WORKING),
        (75, LEAD, Hours.WORKING),
        (90, HEAD, Hours.WORKING),
        (100, COMPLIANCE, Hours.ALWAYS),
    ]


def test_what_may_be_granted_alone_and_how_long_a_ticket_waits_are_policy(policy):
    assert policy.redress["agent"]["CNY"] < policy.redress["supervisor"]["CNY"]
    assert policy.pauses.longest == {
        "waiting_for_customer": timedelta(days=14),
        "waiting_for_third_party": timedelta(days=30),
    }


@pytest.mark.parametrize(("percent", "expected"), [(1, 50), (50, 50), (60, 50), (75, 75), (99, 90), (100, 100)])
def test_a_share_between_two_levels_belongs_to_the_one_below(policy, percent, expected):
    assert policy.level(percent).percent == expected


def test_what_is_severe_is_told_to_more_people_and_to_nobody_twice(policy):
    level = policy.level(75)
    assert policy.recipients(level) == (LEAD,)
    assert policy.recipients(level, "major") == (LEAD,)
    assert policy.recipients(level, "critical") == (LEAD, HEAD, COMPLIANCE)
    assert policy.recipients(policy.level(100), "critical") == (COMPLIANCE, HEAD)


@pytest.mark.parametrize(
    ("reached", "expected"),
    [
        ("2026-11-23T10:00:00+00:00", "2026-11-23T10:00:00+00:00"),  # Monday, the doors are open
        ("2026-11-23T17:00:00+00:00", "2026-11-24T09:00:00+00:00"),  # the instant at which they shut
        ("2026-11-20T23:00:00+00:00", "2026-11-23T09:00:00+00:00"),  # Friday night
        ("2026-04-02T22:00:00+00:00", "2026-04-07T08:00:00+00:00"),  # the night before Good Friday
        ("2026-03-29T00:30:00+00:00", "2026-03-30T08:00:00+00:00"),  # the night in which an hour is missing
        ("2026-10-25T00:30:00+00:00", "2026-10-26T09:00:00+00:00"),  # the hour that comes twice
        ("2026-12-24T18:00:00+00:00", "2026-12-29T09:00:00+00:00"),  # Christmas, and Boxing Day moved to Monday
    ],
)
def test_a_level_with_working_hours_is_told_when_the_doors_open(policy, owner, england, reached, expected):
    assert told(policy, owner, reached, england) == datetime.fromisoformat(expected)


def test_lunch_is_no_time_to_be_told_either(policy, owner, china):
    assert told(policy, owner, "2026-11-23T12:30:00+08:00", china) == datetime(2026, 11, 23, 5, tzinfo=UTC)


def test_a_swapped_saturday_is_a_day_to_be_told_and_the_spring_festival_is_not(policy, owner, china):
    assert told(policy, owner, "2026-02-14T10:00:00+08:00", china) == datetime(2026, 2, 14, 2, tzinfo=UTC)
    assert told(policy, owner, "2026-02-14T18:00:00+08:00", china) == datetime(2026, 2, 24, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "night", ["2026-03-29T00:30:00+00:00", "2026-10-25T01:30:00+00:00", "2026-12-25T03:00:00+00:00"]
)
def test_a_breach_and_what_is_severe_are_told_at_once_at_any_hour(policy, owner, england, night):
    at = datetime.fromisoformat(night)
    assert told(policy, policy.level(100), night, england) == at
    assert told(policy, owner, night, england, severity="critical") == at
    assert told(policy, owner, night, england, severity="major") == at
    assert told(policy, owner, night, england, severity="minor") > at


def test_doors_that_open_in_the_missing_hour_open_when_the_hour_is_over(policy, owner, make_calendar):
    nights = make_calendar(timezone="Europe/London", weekend=frozenset(), opening=((time(1, 30), time(6)),))
    assert told(policy, owner, "2026-03-29T00:10:00+00:00", nights) == datetime(2026, 3, 29, 1, tzinfo=UTC)


@pytest.mark.parametrize("closed", [{"opening": ()}, {"weekend": frozenset(range(7))}])
def test_a_calendar_that_never_opens_hides_no_escalation(policy, owner, make_calendar, closed):
    at = "2026-11-23T02:00:00+00:00"
    assert told(policy, owner, at, make_calendar(**closed)) == datetime.fromisoformat(at)


def test_a_warning_is_stale_when_it_is_long_past_and_the_next_level_is_reached(policy):
    reached = datetime(2026, 11, 23, 9, tzinfo=UTC)
    soon, later = reached + timedelta(hours=5), reached + timedelta(hours=24, seconds=1)
    assert policy.is_stale(reached, soon, later)
    assert not policy.is_stale(reached, soon, reached + timedelta(hours=24)), "just as old as allowed"
    assert not policy.is_stale(reached, later + timedelta(hours=1), later), "nobody would be told anything"
    assert not policy.is_stale(reached, None, later + timedelta(days=9)), "a breach is never too old"
    assert policy.is_stale(reached, later, later), "the next level is reached at this instant"


def test_a_moment_without_a_time_zone_is_refused(policy, owner, england):
    naive = datetime(2026, 11, 23, 9)  # noqa: DTZ001
    with pytest.raises(ClockError):
        policy.when_told(owner, naive, england)
    with pytest.raises(ClockError):
        policy.is_stale(naive, None, naive)


def test_a_second_pause_for_one_reason_and_one_near_the_end_want_a_second_look(policy):
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    before = [Pause("waiting_for_customer", monday, monday), Pause("mediation", monday, monday)]
    assert policy.pauses.misuses("waiting_for_customer", [], 75) == ()
    assert policy.pauses.misuses("waiting_for_third_party", before, 10) == ()
    assert policy.pauses.misuses("waiting_for_customer", before, 10) == (Misuse.REPEATED,)
    assert policy.pauses.misuses("waiting_for_customer", before, 75.1) == (Misuse.REPEATED, Misuse.LATE)
    assert policy.pauses.approval is LEAD


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ()),
        ({"amount": Money(49_999_999, "CNY")}, ()),
        ({"amount": Money(50_000_000, "CNY")}, (Alarm.AMOUNT,)),
        ({"amount": Money(5_000_000, "GBP")}, (Alarm.AMOUNT,)),
        ({"amount": Money(10**12, "XAU")}, ()),
        ({"complainants": 19}, ()),
        ({"complainants": 20, "media": True}, (Alarm.GROUP, Alarm.MEDIA)),
        ({"minor": True}, (Alarm.MINOR,)),
    ],
)
def test_what_makes_a_complaint_a_major_one(policy, facts, expected):
    assert policy.major.alarms(**facts) == expected


def test_media_and_minors_count_only_if_the_policy_says_so(policy):
    calm = replace(policy.major, media=False, minors=False)
    assert calm.alarms(media=True, minor=True) == ()


@pytest.fixture
def policies(tmp_path, folder):
    """Load the policy from a folder in which some files have other text."""
    shutil.copytree(folder / "escalation", tmp_path / "escalation")
    shipped = (folder / "escalation" / "house.toml").read_text(encoding="utf-8")

    def load(day=TODAY, **changes):
        for name, change in changes.items():
            (tmp_path / "escalation" / f"{name.replace('__', '@2027-01-01.1')}.toml").write_text(
                change(shipped), encoding="utf-8"
            )
        return EscalationPolicy.load(tmp_path, day)

    return load


def next_year(text):
    return text.replace("2020-01-01", "2027-01-01").replace("stale_after_hours = 24", "stale_after_hours = 8")


def ended(text):
    return text.replace("effective_from = 2020-01-01", "effective_from = 2020-01-01\neffective_to = 2026-12-31")


def test_a_new_version_takes_over_on_its_day(policies):
    policies(house=ended, house__=next_year)
    assert policies(date(2026, 12, 31)).stale_after == timedelta(hours=24)
    assert policies(date(2027, 1, 1)).stale_after == timedelta(hours=8)


def test_two_versions_on_one_day_and_a_day_without_one_are_refused(policies):
    with pytest.raises(PackError, match=r"house@2020-01-01\.1: effective_to: is still in force when house@2027"):
        policies(house__=next_year)
    with pytest.raises(PackError, match="no version of house is in force on 2019-12-31"):
        policies(date(2019, 12, 31), house=ended, house__=next_year)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('hours = "always"', 'hours = "sometimes"', "hours: must be one of working, always"),
        ('tell = "head"', 'tell = "boss"', "tell: must be one of owner, lead, head, compliance"),
        ("percent = 100", "percent = 95", "levels: must rise and end with 100"),
        ("percent = 90", "percent = 60", "levels: must rise and end with 100"),
        ("[severity.major]", "[severity.awful]", "severity: awful: must be one of minor, normal, major, critical"),
        ('also = ["lead"]', 'also = ["press"]', "also: must be some of owner, lead"),
        ('also = ["lead"]', 'als = ["lead"]', "als: is not a known key"),
        ("stale_after_hours = 24", "stale_after_hours = 0", "stale_after_hours: must be 1 to"),
        ("same_reason = 1", "same_reasons = 1", "pauses: same_reason: is missing"),
        ("late_percent = 75", "late_percent = 175", "late_percent: must be 1 to 100"),
        ("waiting_for_customer = 14", "waiting_for_customer = 0", "waiting_for_customer: must be 1 to"),
        ("CNY = 5_000_000\n", "CNY = 0\n", "supervisor: CNY: must be 1 to"),
        ("media = true", "media = 1", "major: media: must be a bool"),
        ("CNY = 50_000_000", "CNY = 0.5", "amounts: CNY: must be a int"),
        ('version = "2020-01-01.1"', 'version = "1"', "version: must be 2020-01-01.<number>"),
        ('id = "house"', 'id = "home"', "the file must be called home.toml"),
    ],
)
def test_a_wrong_policy_is_refused_with_its_key(policies, old, new, message):
    def change(text):
        assert old in text
        return text.replace(old, new, 1)

    with pytest.raises(PackError, match=re.escape(message)):
        policies(house=change)


def test_levels_are_what_their_file_says_and_nothing_else(policies):
    quiet = policies(
        house=lambda text: text.replace('percent = 100\ntell = "compliance"', 'percent = 100\ntell = "head"')
    )
    assert quiet.levels[-1] == Level(100, HEAD, Hours.ALWAYS)
