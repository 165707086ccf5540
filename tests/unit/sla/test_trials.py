"""A new version of a pack, tried on open cases: which clocks would change, from when to when, and why."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.sla.clocks import Clock, Extension, Pause, Unit
from chalicelib.sla.packs import PackError
from chalicelib.sla.rules import Roll, Scope
from chalicelib.sla.trials import Case, Effect, dry_run

RECEIVED = datetime(2026, 11, 2, 2, tzinfo=UTC)
NOW = RECEIVED + timedelta(days=3)


@pytest.fixture
def china_pack(packs):
    return packs.in_force("cn.nfra", date(2026, 11, 2))


@pytest.fixture
def make_case(packs, china_pack):
    def make(**what_matters):
        facts = what_matters.pop("facts", {})
        clock = Clock(china_pack.rule("cn.nfra.decision"), packs.calendar("CN"), RECEIVED, **facts)
        usual = {
            "id": "tkt_1",
            "received_at": RECEIVED,
            "calendar": "CN",
            "pinned": (china_pack.ref, "house@2020-01-01.1"),
            "clocks": (clock,),
        }
        return Case(**{**usual, **what_matters})

    return make


@pytest.fixture
def newer(china_pack):
    def make(*more, version="2026-12-01.1", **changes):
        decision, *others = china_pack.rules
        return replace(china_pack, version=version, rules=(replace(decision, **changes), *others, *more))

    return make


def test_the_same_rules_change_nothing(packs, make_case, newer):
    assert list(dry_run([make_case()], newer(), packs, NOW)) == []


def test_a_longer_period_moves_the_due_day_and_says_why(packs, make_case, newer):
    (found,) = dry_run([make_case()], newer(count=20), packs, NOW)
    assert (found.case, found.rule, found.effect) == ("tkt_1", "cn.nfra.decision", Effect.MOVED)
    assert (found.before.date, found.after.date) == (date(2026, 11, 17), date(2026, 11, 22))
    assert found.why == ("count: 15 becomes 20",)


def test_every_change_that_moves_the_end_is_named(packs, make_case, newer):
    paused = {"pauses": (Pause("mediation", RECEIVED + timedelta(days=1), RECEIVED + timedelta(days=2.9)),)}
    new = newer(unit=Unit.WORKING_DAYS, roll_last_day=Roll.NEXT_WORKING_DAY, pause_reasons=frozenset())
    (found,) = dry_run([make_case(facts=paused)], new, packs, NOW)
    assert found.why == (
        "unit: calendar_days becomes working_days",
        "roll_last_day: none becomes next_working_day",
        "pause_reasons: external_appraisal, mediation becomes none",
    )


def test_an_extension_that_was_granted_stays_granted(packs, make_case, newer):
    granted = {"extensions": (Extension("complex", 30, RECEIVED + timedelta(days=1)),)}
    assert list(dry_run([make_case(facts=granted)], newer(count=20, extensions=()), packs, NOW)) == []


def test_an_extension_counted_in_something_else_is_named(packs, make_case, newer, china_pack):
    granted = {"extensions": (Extension("complex", 30, RECEIVED + timedelta(days=1)),)}
    steps = tuple(replace(step, unit=Unit.WORKING_DAYS) for step in china_pack.rules[0].extensions)
    (found,) = dry_run([make_case(facts=granted)], newer(extensions=steps), packs, NOW)
    assert found.why == ("extension complex: calendar_days become working_days",)


def test_another_calendar_is_named(packs, make_case, newer):
    new = replace(newer(), calendar="GB-ENG", timezone="Europe/London")
    (found,) = dry_run([make_case()], new, packs, NOW)
    assert found.why == ("calendar: CN in Asia/Shanghai becomes GB-ENG in Europe/London",)
    assert found.after.at - found.before.at == timedelta(hours=8)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"enabled": False, "note": "Repealed."}, "the rule is switched off: Repealed."),
        ({"kinds": frozenset({"enquiry"})}, "the rule is not for the kind complaint"),
        ({"scope": Scope(products=frozenset({"loan"}))}, "the rule is not for product unknown, channel unknown"),
        ({"id": "cn.nfra.other"}, "the rule is not there"),
    ],
)
def test_a_rule_that_would_no_longer_run_is_removed(packs, make_case, newer, changes, why):
    found = next(dry_run([make_case()], newer(**changes), packs, NOW))
    assert (found.effect, found.after, found.why) == (Effect.REMOVED, None, (why,))


def test_a_new_rule_that_receipt_starts_is_added_from_receipt(packs, make_case, newer, china_pack):
    extra = replace(china_pack.rules[0], id="cn.nfra.acknowledge", count=2)
    (found,) = dry_run([make_case()], newer(extra), packs, NOW)
    assert (found.rule, found.effect, found.before) == ("cn.nfra.acknowledge", Effect.ADDED, None)
    assert found.after.date == date(2026, 11, 4)


def test_a_clock_that_is_over_is_not_started_again(packs, make_case, newer):
    assert list(dry_run([make_case(clocks=())], newer(count=20), packs, NOW)) == []


def test_a_case_under_other_packs_is_left_alone(packs, make_case, newer):
    elsewhere = make_case(pinned=("uk.disp@2016-06-30.1",))
    assert list(dry_run([elsewhere], newer(count=20), packs, NOW)) == []


def test_a_house_rule_is_tried_on_the_calendar_of_the_unit(packs, make_case):
    house = packs.in_force("house", date(2026, 12, 18))
    rule = house.rule("house.resolve")
    received = datetime(2026, 12, 18, 10, tzinfo=UTC)
    clock = Clock(rule, packs.calendar("GB-ENG"), received)
    new = replace(house, version="2026-12-01.1", rules=(replace(rule, count=5),))
    case = make_case(calendar="GB-ENG", pinned=(house.ref,), received_at=received, clocks=(clock,))
    moved = next(found for found in dry_run([case], new, packs, received) if found.effect is Effect.MOVED)
    assert (moved.before.date, moved.after.date) == (date(2027, 1, 6), date(2026, 12, 29))


def test_another_text_of_a_version_takes_its_place_and_one_that_overlaps_is_refused(packs, newer):
    old = packs.in_force("cn.nfra", date(2026, 11, 2))
    assert packs.including(replace(old, note="Corrected.")).get(old.ref).note == "Corrected."
    with pytest.raises(PackError, match="still in force when"):
        packs.including(replace(newer(), effective_from=date(2026, 12, 1)))
    with pytest.raises(PackError, match="there is no calendar FR"):
        packs.including(replace(old, calendar="FR"))
