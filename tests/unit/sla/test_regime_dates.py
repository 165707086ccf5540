"""One worked date and more for every rule of every shipped pack, counted by hand from the texts."""

from datetime import UTC, date, datetime, time

import pytest

from chalicelib.sla.clocks import Extension, Unit, due

# pack, rule, received (local day, at ten), extension step, last day that is in time
WORKED = [
    ("cn.nfra", "decision", "2026-02-10", "", "2026-02-25"),
    ("cn.nfra", "decision", "2026-02-10", "complex", "2026-03-12"),
    ("cn.nfra", "decision", "2026-02-10", "special", "2026-04-11"),
    ("cn.nfra", "review", "2026-02-10", "", "2026-03-12"),
    ("cn.nfra", "review_window", "2026-02-10", "", "2026-03-12"),
    # Ten working days from Thursday: 13th, 14th (swapped), then the Spring Festival up to the 23rd; 24-27, 28 (swapped).
    ("cn.nfra.life", "reply", "2026-02-12", "", "2026-03-04"),
    ("cn.pbc", "reply", "2026-02-10", "", "2026-02-25"),
    ("cn.pbc", "reply", "2026-02-10", "special", "2026-04-11"),
    ("uk.disp", "summary", "2026-04-01", "", "2026-04-08"),
    ("uk.disp", "final", "2026-04-01", "", "2026-05-27"),
    ("uk.disp", "ombudsman_window", "2026-04-01", "", "2026-10-01"),
    ("uk.disp", "ombudsman_window", "2026-08-31", "", "2027-02-28"),
    # Good Friday and Easter Monday are not counted.
    ("uk.disp.payments", "final", "2026-04-01", "", "2026-04-24"),
    ("uk.disp.payments", "final", "2026-04-01", "exceptional", "2026-05-26"),
    ("us.cfpb", "response", "2026-12-18", "", "2027-01-02"),
    ("us.cfpb", "final", "2026-12-18", "", "2027-02-16"),
    # Columbus Day, 12 October, is not counted.
    ("us.reg_e", "investigate", "2026-10-09", "", "2026-10-26"),
    ("us.reg_e", "investigate", "2026-10-09", "new_account", "2026-11-09"),
    ("us.reg_e", "investigate", "2026-10-09", "extended", "2026-11-23"),
    ("us.reg_e", "investigate", "2026-10-09", "extended_90", "2027-01-07"),
    # The 4th of July 2026 is a Saturday; for the Federal Reserve that Friday is a day like any other.
    ("us.reg_e", "results", "2026-07-01", "", "2026-07-06"),
    ("us.reg_e", "correct", "2026-07-02", "", "2026-07-03"),
    ("us.reg_z", "acknowledge", "2026-12-18", "", "2027-01-17"),
    ("us.reg_z", "resolve", "2026-12-18", "", "2027-03-18"),
    ("hk.hkma", "acknowledge", "2026-12-18", "", "2026-12-25"),
    ("hk.hkma", "final", "2026-12-18", "", "2027-01-17"),
    ("hk.hkma", "final", "2026-12-18", "complex", "2027-02-16"),
    ("sg.fa", "acknowledge", "2026-12-18", "", "2026-12-22"),
    ("sg.fa", "final", "2026-12-18", "", "2027-01-19"),
    ("in.rbi", "final", "2026-06-30", "", "2026-07-30"),
    ("in.rbi", "ombudsman_window", "2026-06-30", "", "2027-06-30"),
    ("in.rbi", "final", "2026-07-01", "", "2026-07-31"),
    ("in.rbi", "ombudsman_window", "2026-07-01", "", "2026-09-29"),
    ("in.rbi", "internal_ombudsman", "2026-07-01", "", "2026-07-21"),
    ("in.rbi", "ombudsman_answer", "2026-07-01", "", "2026-07-16"),
    # The Monday is ANZAC Day's, in New South Wales.
    ("au.rg271", "acknowledge", "2026-04-24", "", "2026-04-28"),
    ("au.rg271", "standard", "2026-12-18", "", "2027-01-17"),
    ("au.rg271", "superannuation", "2026-12-18", "", "2027-02-01"),
    ("au.rg271", "fast_close", "2026-12-18", "", "2026-12-29"),
    # On the calendar of the unit, here England: Easter again.
    ("eu.psd2", "reply", "2026-04-01", "", "2026-04-24"),
    ("eu.psd2", "reply", "2026-04-01", "exceptional", "2026-05-26"),
    ("house", "acknowledge", "2026-04-02", "", "2026-04-07"),
    ("house", "resolve", "2026-04-01", "", "2026-04-17"),
    ("house", "answer", "2026-04-01", "", "2026-04-10"),
    ("house", "update", "2026-04-01", "", "2026-04-10"),
    ("house", "review_answer", "2026-04-01", "", "2026-04-24"),
    ("house", "silence", "2026-02-10", "", "2026-02-26"),
    ("house", "silence_after_post", "2026-02-10", "", "2026-03-03"),
    ("house", "silence_after_answer", "2026-02-10", "", "2026-02-26"),
    ("house", "correction", "2026-02-10", "", "2026-08-09"),
]


@pytest.mark.parametrize(("pack_id", "rule_id", "received", "step", "expected"), WORKED)
def test_the_last_day_in_time_is_the_one_counted_by_hand(packs, pack_id, rule_id, received, step, expected):
    day = date.fromisoformat(received)
    pack = packs.in_force(pack_id, day)
    calendar, rule = packs.calendar_for(pack, "GB-ENG"), pack.rule(f"{pack_id}.{rule_id}")
    start = datetime.combine(day, time(10), calendar.zone)
    granted = [Extension(step, rule.step(step).to_total, start)] if step else []
    found = due(rule, calendar, start, extensions=granted)
    assert (found.date, found.extension) == (date.fromisoformat(expected), step)


@pytest.mark.parametrize(
    ("rule_id", "expected"),
    [
        ("house.first_response", "2026-04-07T13:00:00+00:00"),
        ("house.recognise", "2026-04-07T13:00:00+00:00"),
        ("house.accept", "2026-04-02T15:00:00+00:00"),
        ("house.task_business", "2026-04-09T13:00:00+00:00"),
        ("house.task_legal", "2026-04-13T13:00:00+00:00"),
        ("house.task_quality", "2026-04-08T13:00:00+00:00"),
        ("house.task_statement", "2026-04-08T13:00:00+00:00"),
        ("house.task_recovery", "2026-04-09T13:00:00+00:00"),
    ],
)
def test_house_promises_in_hours_run_while_the_doors_are_open(packs, england, rule_id, expected):
    rule = packs.in_force("house", date(2026, 4, 2)).rule(rule_id)
    received = datetime(2026, 4, 2, 13, tzinfo=UTC)  # Maundy Thursday, two in the afternoon; the doors shut at five
    assert due(rule, england, received).at == datetime.fromisoformat(expected)


def test_every_rule_that_may_run_has_a_worked_date(packs):
    worked = {f"{pack_id}.{rule_id}" for pack_id, rule_id, *_ in WORKED} | {
        "house.first_response",
        "house.recognise",
        "house.accept",
        "house.major",
        "house.task_business",
        "house.task_legal",
        "house.task_quality",
        "house.task_statement",
        "house.task_recovery",
    }
    running = {rule.id for pack in packs.packs.values() for rule in pack.rules if rule.enabled}
    assert running == worked


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-11-23", 1, "2026-12-23"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
    ],
)
def test_months_end_on_the_day_of_the_same_number_or_on_the_last_one(make_rule, china, start, months, expected):
    rule = make_rule(unit=Unit.MONTHS, count=months)
    found = due(rule, china, datetime.fromisoformat(f"{start}T10:00:00+08:00"))
    assert (found.date, found.count, found.unit) == (date.fromisoformat(expected), months, Unit.MONTHS)
    counted_in = make_rule(unit=Unit.MONTHS, count=months, start_day_counted=True)
    assert (found.date - due(counted_in, china, datetime.fromisoformat(f"{start}T10:00:00+08:00")).date).days == 1
