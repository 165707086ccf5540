"""A wrong file is refused with its name and key, and an override wins over the generated calendar."""

from datetime import date

import pytest

from chalicelib.sla.packs import PackError

OVERRIDE = """
version = "7"
published_through = 2027-12-31
[holidays.2027]
2027-02-06 = ["Spring Festival", "春节"]
2027-01-01 = ["New Year's Day", "元旦"]
[workdays]
2026 = [2026-12-26]
2027 = [2027-01-02]
"""


def test_a_calendar_without_opening_blocks_cannot_serve_a_rule_that_ends_at_closing_time(changed):
    with pytest.raises(PackError, match=r"GB-ENG has no opening blocks, which uk\.disp\.summary needs"):
        changed({"calendars/GB-ENG.toml": lambda text: text.replace('["09:00-17:00"]', "[]")})


def test_an_override_decides_days_and_may_publish_a_year(changed, packs):
    china = changed({"calendars/overrides/CN.toml": OVERRIDE}).calendar("CN")
    assert china.version == packs.calendar("CN").version + "+7"
    assert not china.is_working(date(2027, 1, 1))
    assert china.is_working(date(2026, 12, 26))
    assert china.is_working(date(2027, 1, 2))
    assert not china.provisional(date(2027, 12, 31))
    assert china.chinese["Spring Festival"] == "春节"
    assert china.opening == packs.calendar("CN").opening


def test_an_override_without_days_leaves_the_calendar_as_it_was(changed, packs):
    assert changed({"calendars/overrides/CN.toml": 'version = "3"'}).calendar("CN") == packs.calendar("CN")


def test_an_override_of_no_calendar_or_against_itself_is_refused(changed):
    clash = OVERRIDE.replace("2027-02-06", "2027-01-02")
    with pytest.raises(PackError, match="2027-01-02 is also under holidays"):
        changed({"calendars/overrides/CN.toml": clash})
    with pytest.raises(PackError, match=r"overrides/FR\.toml: there is no calendar FR"):
        changed({"calendars/overrides/FR.toml": 'version = "1"'})


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "house",
            "count = 10",
            "count = 10\ncolour = 1",
            r"house\.toml: rules\[house\.resolve\]: colour: is not a known key",
        ),
        ("house", "count = 10", "count = 0", r"rules\[house\.resolve\]: count: must be 1 to 10000"),
        ("house", "count = 10", "count = true", r"count: must be a int, not True"),
        ("house", "count = 10\n", "", r"count: is missing"),
        (
            "house",
            'unit = "working_days"\ncount = 10',
            'unit = "moons"\ncount = 10',
            r"unit: must be one of calendar_days",
        ),
        ("house", 'id = "house.resolve"', 'id = "house.acknowledge"', r"rules: two rules have the id"),
        ("house", 'id = "house.resolve"', 'id = "home.resolve"', r"id: must begin with house\."),
        ("house", 'zh = "办结"', 'zh = ""', r"name: zh: is empty"),
        ("house", 'id = "house"', 'id = "home"', r"house\.toml: id: the file must be called home\.toml"),
        ("house", "2020-01-01.1", "2020-01-02.1", r"version: must be 2020-01-01\."),
        ("house", "2020-01-01.1", "first", r"version: must be 2020-01-01\."),
        (
            "house",
            'calendar = "unit"',
            'calendar = "unit"\ntimezone = "Asia/Shanghai"',
            r"timezone: is required, except",
        ),
        (
            "house",
            'calendar = "unit"',
            'calendar = "FR"\ntimezone = "Europe/Paris"',
            r"calendar: there is no calendar FR",
        ),
        ("house", 'basis = "house"', 'basis = "code"', r"clause: is missing"),
        ("house", 'confidence = "H"', 'confidence = "L"', r"enabled: must be false while confidence is L"),
        ("house", "count = 10", "count = 10\nenabled = false", r"note: is missing: say why"),
        ("house", 'ends_on = ["decision.delivered", "decision.posted", "resolved"]', "", r"ends_on: is missing"),
        (
            "house",
            '"accepted", "replied"',
            '"acepted", "replied"',
            r"ends_on: 'acepted' is no fact; known are received",
        ),
        ("house", 'start = "assigned"', 'start = "asigned"', r"house\.accept\]: start: 'asigned' is no fact"),
        ("house", 'restarts_on = ["assigned"]', 'restarts_on = ["moved"]', r"restarts_on: 'moved' is no fact"),
        ("house", 'kinds = ["enquiry", "request"]', 'kinds = ["praise"]', r"kinds: must be some of enquiry, request"),
        ("house", 'kinds = ["enquiry", "request"]', "kinds = []", r"kinds: must be some of enquiry, request"),
        (
            "us.cfpb",
            'channels = ["regulator"]',
            'channel = ["regulator"]',
            r"us\.cfpb\.toml: applies: channel: is not a known key",
        ),
        (
            "au.rg271",
            'products = ["superannuation"]',
            'products = ["superannuation"]\nexcept_products = ["wealth"]',
            r"rules\[au\.rg271\.superannuation\]: applies: except_products: says nothing",
        ),
        ("house", "count = 10", "count = 10\nwarn_at = [90, 50]", r"warn_at: must be rising"),
        ("house", "count = 10", "count = 10\nwarn_at = [100]", r"warn_at: must be rising"),
        (
            "house",
            '["waiting_for_customer", "waiting_for_third_party"]',
            '["a", "a"]',
            r"pause_reasons: must be a list of diff",
        ),
        (
            "house",
            "effective_from = 2020-01-01",
            "effective_from = 2020-01-01\neffective_to = 2019-01-01",
            r"lies before",
        ),
        (
            "house",
            "effective_from = 2020-01-01",
            "effective_from = 2020-01-01T00:00:00Z",
            r"effective_from: must be a date",
        ),
        ("house", "count = 10", "count =", r"house\.toml: not readable as TOML"),
        (
            "cn.nfra",
            'timezone = "Asia/Shanghai"',
            'timezone = "Asia/Atlantis"',
            r"timezone: 'Asia/Atlantis' is not a known",
        ),
        ("cn.nfra", "to_total = 30", "to_total = 15", r"extensions: to_total counts from the start"),
        ("cn.nfra", 'id = "special"', 'id = "complex"', r"extensions: two steps have the same id"),
        ("cn.nfra", 'notify = "house"', 'notify = "maybe"', r"extensions\[complex\]: notify: must be one of required"),
        (
            "uk.disp.payments",
            'products = ["payments"]',
            'product = ["payments"]',
            r"applies: product: is not a known key",
        ),
        ("uk.disp", "[[rules]]", "[[rule]]", r"uk\.disp\.toml: rule: is not a known key"),
    ],
)
def test_a_wrong_pack_is_refused_with_its_file_and_key(changed, file, old, new, message):
    def change(text):
        assert old in text
        return text.replace(old, new)

    with pytest.raises(PackError, match=message):
        changed({f"regimes/{file}.toml": change})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "CN"', 'id = "XX"', r"CN\.toml: id: the file must be called XX\.toml"),
        ('"saturday"', '"caturday"', r"weekend: must be some of monday"),
        ('"09:00-12:00"', '"9-12"', r"opening: must be like 09:00-17:30"),
        ('"09:00-12:00"', '"09:00-14:00"', r"opening blocks overlap"),
        ("2026-01-01 =", "2025-01-01 =", r"holidays: 2026: 2025-01-01: stands under another year"),
        ("2026-01-01 =", "new-year =", r"holidays: 2026: new-year: is not a date"),
        (
            '2026-01-01 = ["New Year\'s Day", "元旦"]',
            "2026-01-01 = true",
            r"2026-01-01: must be the name in English and",
        ),
        ("2026 = [2026-01-04", "2026 = [2026-01-01", r"2026-01-01 is both a holiday and a working day"),
        ("2026 = [2026-01-04", "2026 = [2025-01-04", r"workdays: 2026: must be dates of that year"),
        ("published_through = 2026-12-31", "published_through = 2026", r"published_through: must be a date"),
    ],
)
def test_a_wrong_calendar_is_refused_with_its_file_and_key(changed, old, new, message):
    def change(text):
        assert old in text
        return text.replace(old, new)

    with pytest.raises(PackError, match=message):
        changed({"calendars/CN.toml": change})
