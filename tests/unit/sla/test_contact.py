"""Contact rules are read strictly, and say for a country and a purpose when somebody may be called."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from chalicelib.sla.calendars import NeverOpensError
from chalicelib.sla.contact import ContactRules, Frame, Purpose, read_contact
from chalicelib.sla.packs import PackError, Packs

FOLDER = Path(__file__).parents[3] / "chalicelib" / "packs"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
RULE = """
[[rules]]
id = "service"
weekdays = ["09:00", "20:00"]
per_day = 3
per_week = 10
consent = false
refusal_days = 0
source = "us"
"""
HEAD = """id = "house"
version = "2020-01-01.1"
title = { en = "House", zh = "本行" }
effective_from = 2020-01-01
"""


@pytest.fixture(scope="module")
def rules() -> ContactRules:
    return ContactRules(FOLDER / "contact")


@pytest.fixture(scope="module")
def calendars() -> Packs:
    return Packs.open(FOLDER)


def frame(rules: ContactRules, calendars: Packs, country: str, purpose: Purpose, zone: str, holidays: str) -> Frame:
    file, rule = rules.at(country, purpose, NOW)
    return Frame(rule, calendars.calendar(holidays), zone, file.ref)


def test_what_is_shipped_is_read_and_names_calendars_there_are(rules: ContactRules, calendars: Packs) -> None:
    files = rules.load()

    assert [file.ref for file in files] == [f"{name}@2020-01-01.1" for name in ("AU", "CN", "GB", "IN", "US", "house")]
    assert all(not file.calendar or calendars.calendar(file.calendar) for file in files)


def test_a_country_without_a_rule_of_its_own_has_that_of_the_house(rules: ContactRules) -> None:
    assert rules.at("CN", Purpose.SERVICE, NOW)[0].id == "house"
    assert rules.at("CN", Purpose.SALES, NOW)[0].id == "CN"
    assert rules.at("ZZ", Purpose.SALES, NOW)[0].id == "house"
    assert (rules.calendar("CN", NOW), rules.calendar("ZZ", NOW)) == ("CN", "")


@pytest.mark.parametrize(
    ("country", "purpose", "local", "chosen", "allowed"),
    [
        ("CN", Purpose.SERVICE, "2026-11-23 08:59", False, False),
        ("CN", Purpose.SERVICE, "2026-11-23 08:59", True, True),
        ("CN", Purpose.SERVICE, "2026-11-23 09:00", False, True),
        ("CN", Purpose.SERVICE, "2026-11-23 20:00", False, False),
        ("CN", Purpose.SERVICE, "2026-11-23 20:59", True, True),
        ("CN", Purpose.SERVICE, "2026-11-23 21:00", True, False),
        # A Saturday; a Sunday that is worked in exchange for a holiday; National Day.
        ("CN", Purpose.SERVICE, "2026-11-28 10:00", False, False),
        ("CN", Purpose.SERVICE, "2026-11-28 10:00", True, True),
        ("CN", Purpose.SERVICE, "2026-09-20 10:00", False, True),
        ("CN", Purpose.SERVICE, "2026-10-01 10:00", True, False),
        ("CN", Purpose.COLLECTION, "2026-11-29 21:30", False, True),
        ("GB", Purpose.SALES, "2026-11-29 12:00", True, True),
        ("GB", Purpose.SALES, "2026-11-29 12:00", False, False),
        ("US", Purpose.COLLECTION, "2026-11-29 08:00", False, True),
        ("AU", Purpose.SALES, "2026-11-28 17:00", False, False),
        ("IN", Purpose.COLLECTION, "2026-11-23 19:00", False, False),
    ],
)
def test_hours_are_those_of_the_country_and_the_purpose(
    rules: ContactRules, calendars: Packs, country: str, purpose: Purpose, local: str, chosen: bool, allowed: bool
) -> None:
    zones = {"CN": "Asia/Shanghai", "GB": "Europe/London", "US": "America/New_York", "AU": "Australia/Sydney"}
    zone = zones.get(country, "Asia/Kolkata")
    found = frame(rules, calendars, country, purpose, zone, rules.calendar(country, NOW))
    at = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))

    assert found.allows(at, chosen=chosen) is allowed
    if allowed:
        assert found.next_allowed(at, chosen=chosen) == at
    else:
        assert found.next_allowed(at, chosen=chosen) > at


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD, "there are none"),
        (HEAD + RULE + RULE, "two for one purpose"),
        (HEAD + RULE.replace('"20:00"', '"08:00"'), "must end after it begins"),
        (HEAD + RULE.replace('["09:00", "20:00"]', '["nine", "20:00"]'), "must be two times"),
        (HEAD + RULE.replace("weekdays", "saturdays"), "there is no day|not a known key"),
        (HEAD + RULE.replace('"service"', '"chat"'), "must be one of"),
        (HEAD + RULE.replace("per_day = 3", "per_day = 0"), "must be 1 to 100"),
        (HEAD + RULE.replace("consent = false", 'consent = "no"'), "must be a bool"),
        (HEAD.replace("house", "moon") + RULE, "the file must be called"),
        (HEAD + "colour = 1\n" + RULE, "not a known key"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "house.toml"
    file.write_text(text, "utf-8")

    with pytest.raises(PackError, match=said):
        read_contact(file)


def test_a_house_without_a_rule_for_a_purpose_is_no_house(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(HEAD + RULE, "utf-8")

    with pytest.raises(PackError, match="there is none for campaign, collection, follow_up, news, reminder, sales"):
        ContactRules(tmp_path).load()


def test_the_newest_version_in_force_counts(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(HEAD + RULE, "utf-8")
    newer = HEAD.replace("2020-01-01", "2026-12-01") + RULE.replace("per_day = 3", "per_day = 1")
    (tmp_path / "house@2026-12-01.1.toml").write_text(newer, "utf-8")
    found = ContactRules(tmp_path)

    assert found.at("CN", Purpose.SERVICE, NOW)[1].per_day == 3
    assert found.at("CN", Purpose.SERVICE, datetime(2026, 12, 1, tzinfo=UTC))[1].per_day == 1
    with pytest.raises(PackError, match="no rule for"):
        found.at("CN", Purpose.SERVICE, datetime(2019, 1, 1, tzinfo=UTC))


def test_who_may_never_be_called_is_said_to_be_so(rules: ContactRules, calendars: Packs) -> None:
    found = frame(rules, calendars, "CN", Purpose.SERVICE, "Asia/Shanghai", "CN")
    days = {(NOW + timedelta(days=n)).date(): "no" for n in range(500)}
    never = Frame(found.rule, calendars.calendar("CN").changed("x", days, frozenset()), found.timezone, "x")

    with pytest.raises(NeverOpensError):
        never.next_allowed(NOW)


def test_nobody_is_called_on_a_holiday(rules: ContactRules, calendars: Packs) -> None:
    found = frame(rules, calendars, "CN", Purpose.SERVICE, "Asia/Shanghai", "CN")

    assert not found.allows(datetime(2026, 10, 1, 2, 0, tzinfo=UTC), chosen=True)


def test_a_rule_with_hours_on_holidays_has_them_and_no_wider_ones(rules: ContactRules, calendars: Packs) -> None:
    reminded = frame(rules, calendars, "CN", Purpose.REMINDER, "Asia/Shanghai", "CN")
    holiday = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)

    assert reminded.allows(holiday)
    assert not reminded.allows(holiday + timedelta(hours=11))
