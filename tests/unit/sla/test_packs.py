"""The shipped packs say what the texts say, and a wrong file is refused with its name and key."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.sla.clocks import Basis, Unit, due
from chalicelib.sla.packs import PackError, Packs, UnknownPackError
from chalicelib.sla.rules import Confidence, Notify

TODAY = date(2026, 11, 23)


def test_the_shipped_packs_load_well_within_30_milliseconds_of_cpu(folder):
    def once():
        began = time.process_time()
        Packs.load(folder)
        return time.process_time() - began

    assert min(once() for _ in range(5)) < 0.03


def test_the_shipped_packs_are_these(packs):
    assert {pack.ref for pack in packs.packs.values()} == {
        "cn.nfra@2020-03-01.1",
        "house@2020-01-01.1",
        "uk.disp.payments@2018-01-13.1",
        "uk.disp@2016-06-30.1",
    }
    assert packs.ids == ("cn.nfra", "house", "uk.disp", "uk.disp.payments")


def test_the_chinese_decision_is_as_order_2020_3_has_it(packs):
    rule = packs.rule("cn.nfra@2020-03-01.1", "cn.nfra.decision")
    assert (rule.count, rule.unit, rule.basis, rule.clause) == (15, "calendar_days", "statutory", "Art.18(1)")
    assert (rule.start_day_counted, rule.roll_last_day) == (False, "none")
    assert rule.pause_reasons == {"external_appraisal", "mediation"}
    assert [(step.id, step.to_total, step.approval, step.notify) for step in rule.extensions] == [
        ("complex", 30, None, Notify.HOUSE),
        ("special", 60, "superior_or_hq_senior_manager", Notify.REQUIRED),
    ]
    assert {"findings", "basis_and_reasons", "right.review", "right.litigation"} <= set(rule.must_tell)


def test_only_rules_that_receipt_starts_run_at_receipt(packs):
    pack = packs.in_force("cn.nfra", TODAY)
    assert [rule.id for rule in pack.starting("received")] == ["cn.nfra.decision"]
    assert [rule.id for rule in pack.starting("review_requested")] == ["cn.nfra.review"]


def test_no_statutory_rule_can_be_paused_by_waiting_for_the_customer(packs):
    for pack in packs.packs.values():
        for rule in pack.rules:
            assert rule.basis is Basis.HOUSE or "waiting_for_customer" not in rule.pause_reasons


def test_acknowledging_is_a_house_promise_of_one_working_day(packs):
    acknowledge = [rule for pack in packs.packs.values() for rule in pack.rules if rule.kind == "acknowledge"]
    assert [(rule.id, rule.basis, rule.count, rule.unit) for rule in acknowledge] == [
        ("house.acknowledge", Basis.HOUSE, 1, Unit.WORKING_DAYS)
    ]
    assert acknowledge[0].ends_on == {"acknowledgement.delivered"}


def test_a_british_payment_complaint_has_15_business_days_or_35_after_a_holding_response(packs):
    pack = packs.in_force("uk.disp.payments", TODAY)
    rule = pack.rule("uk.disp.payments.final")
    step = rule.step("exceptional")
    assert (rule.count, rule.unit, step.to_total, step.notice) == (15, "working_days", 35, "holding_response")
    found = due(rule, packs.calendar_for(pack, "CN"), datetime(2026, 4, 1, 9, tzinfo=UTC))
    assert (found.date, found.timezone) == (date(2026, 4, 24), "Europe/London")


def test_a_pack_for_some_products_applies_to_those_alone(packs):
    payments, disp = packs.in_force("uk.disp.payments", TODAY), packs.in_force("uk.disp", TODAY)
    assert [payments.applies_to(product) for product in ("payments", "mortgages", None)] == [True, False, False]
    assert all(disp.applies_to(product) for product in ("payments", "mortgages", None))


def test_a_summary_resolution_is_a_chance_and_not_a_duty(packs):
    rules = [rule for pack in packs.packs.values() for rule in pack.rules if not rule.binding]
    assert [rule.id for rule in rules] == ["uk.disp.summary"]


def test_the_house_pack_counts_on_the_calendar_of_the_unit(packs):
    house = packs.in_force("house", TODAY)
    assert [packs.calendar_for(house, unit).timezone for unit in ("CN", "GB-ENG")] == [
        "Asia/Shanghai",
        "Europe/London",
    ]


def test_every_rule_ends_on_something_and_names_its_source(packs):
    for pack in packs.packs.values():
        for rule in pack.rules:
            assert rule.ends_on, rule.id
            assert rule.source, rule.id
            assert set(rule.name) == {"en", "zh"}


def test_before_the_first_version_nothing_is_in_force(packs):
    assert packs.in_force("cn.nfra", date(2020, 3, 1)).version == "2020-03-01.1"
    with pytest.raises(UnknownPackError, match="2020-02-29"):
        packs.in_force("cn.nfra", date(2020, 2, 29))


def test_what_is_unknown_says_so(packs):
    for ask in (
        lambda: packs.get("cn.nfra@1999-01-01.1"),
        lambda: packs.rule("cn.nfra@2020-03-01.1", "cn.nfra.nothing"),
        lambda: packs.calendar("ATLANTIS"),
        lambda: packs.in_force("atlantis", TODAY),
    ):
        with pytest.raises(UnknownPackError):
            ask()


def newer(text):
    changed = text.replace('version = "2020-03-01.1"', 'version = "2027-03-01.1"')
    return changed.replace("effective_from = 2020-03-01", "effective_from = 2027-03-01").replace(
        "count = 15", "count = 20"
    )


def test_a_new_version_takes_the_new_cases_and_old_ones_keep_theirs(changed, folder):
    old = (folder / "regimes" / "cn.nfra.toml").read_text(encoding="utf-8")
    ended = old.replace("effective_from = 2020-03-01", "effective_from = 2020-03-01\neffective_to = 2027-02-28")
    packs = changed({"regimes/cn.nfra.toml": ended, "regimes/cn.nfra@2027-03-01.1.toml": newer(old)})
    assert packs.in_force("cn.nfra", date(2027, 2, 28)).rule("cn.nfra.decision").count == 15
    assert packs.in_force("cn.nfra", date(2027, 3, 1)).rule("cn.nfra.decision").count == 20
    assert packs.rule("cn.nfra@2020-03-01.1", "cn.nfra.decision").count == 15
    assert [pack.version for pack in packs.versions("cn.nfra")] == ["2020-03-01.1", "2027-03-01.1"]


def test_two_versions_in_force_on_one_day_are_refused(changed, folder):
    old = (folder / "regimes" / "cn.nfra.toml").read_text(encoding="utf-8")
    with pytest.raises(PackError, match=r"cn\.nfra: effective_to: .*still in force when cn\.nfra@2027-03-01\.1 begins"):
        changed({"regimes/cn.nfra@2027-03-01.1.toml": newer(old)})


def test_a_withdrawn_version_is_kept_and_takes_no_cases(changed, folder):
    old = (folder / "regimes" / "cn.nfra.toml").read_text(encoding="utf-8")
    packs = changed(
        {
            "regimes/cn.nfra.toml": old.replace("confirm_before_use", "withdrawn"),
            "regimes/cn.nfra@2020-03-01.2.toml": old.replace('"2020-03-01.1"', '"2020-03-01.2"'),
        }
    )
    assert packs.in_force("cn.nfra", TODAY).version == "2020-03-01.2"
    assert packs.get("cn.nfra@2020-03-01.1").rules


def test_a_rule_switched_off_is_carried_with_its_note_and_not_run(changed):
    note = 'enabled = false\nnote = "The text could not be read."'
    packs = changed(
        {
            "regimes/house.toml": lambda text: text.replace(
                'unit = "working_days"\ncount = 1\n', f'unit = "working_days"\n{note}\n'
            )
        }
    )
    pack = packs.in_force("house", TODAY)
    assert [rule.id for rule in pack.starting("received")] == ["house.resolve"]
    assert (pack.rule("house.acknowledge").note, pack.rule("house.acknowledge").count) == (
        "The text could not be read.",
        0,
    )


def test_a_low_confidence_rule_is_never_shipped_switched_on(packs):
    for pack in packs.packs.values():
        assert all(rule.confidence is not Confidence.LOW for rule in pack.rules if rule.enabled)


def test_a_pack_in_another_time_zone_than_its_calendar_counts_in_its_own(changed):
    packs = changed({"regimes/uk.disp.toml": lambda text: text.replace("Europe/London", "Europe/Dublin")})
    assert packs.calendar_for(packs.in_force("uk.disp", TODAY), "CN").timezone == "Europe/Dublin"


def test_a_rule_can_be_run_dry_under_another_version(packs, changed):
    received = datetime(2027, 4, 1, 2, tzinfo=UTC)
    trial = changed({"regimes/cn.nfra.toml": lambda text: text.replace("count = 15", "count = 20")})
    both = [
        due(registry.rule("cn.nfra@2020-03-01.1", "cn.nfra.decision"), registry.calendar("CN"), received)
        for registry in (packs, trial)
    ]
    assert both[1].at - both[0].at == timedelta(days=5)
