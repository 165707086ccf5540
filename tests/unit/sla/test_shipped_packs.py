"""The shipped packs say what the texts say, no more and no less."""

from datetime import UTC, date, datetime

import pytest

from chalicelib.sla.clocks import Basis, Unit, due
from chalicelib.sla.rules import Confidence, Notify, Status

TODAY = date(2026, 11, 23)


def test_the_shipped_packs_are_these(packs):
    assert sorted(packs.packs) == [
        "au.rg271@2021-10-05.1",
        "cn.nfra.life@2010-05-01.1",
        "cn.nfra@2020-03-01.1",
        "cn.pbc@2020-11-01.1",
        "eu.psd2@2018-01-13.1",
        "hk.hkma@2023-04-05.1",
        "house@2020-01-01.1",
        "in.rbi@2021-11-12.1",
        "in.rbi@2026-07-01.1",
        "sg.fa@2022-01-03.1",
        "uk.disp.payments@2018-01-13.1",
        "uk.disp@2016-06-30.1",
        "us.cfpb@2012-01-01.1",
        "us.reg_e@2011-12-30.1",
        "us.reg_z@2011-12-30.1",
    ]
    assert len(packs.ids) == 14


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


def test_every_acknowledgement_is_met_by_delivery_or_the_post(packs):
    rules = [rule for pack in packs.packs.values() for rule in pack.rules if rule.kind == "acknowledge"]
    assert {(rule.id, rule.basis, rule.count, rule.unit) for rule in rules} == {
        ("house.acknowledge", Basis.HOUSE, 1, Unit.WORKING_DAYS),
        ("au.rg271.acknowledge", Basis.STATUTORY, 1, Unit.WORKING_DAYS),
        ("sg.fa.acknowledge", Basis.STATUTORY, 2, Unit.WORKING_DAYS),
        ("hk.hkma.acknowledge", Basis.GUIDANCE, 7, Unit.CALENDAR_DAYS),
        ("us.reg_z.acknowledge", Basis.STATUTORY, 30, Unit.CALENDAR_DAYS),
    }
    assert all({"acknowledgement.delivered", "acknowledgement.posted"} <= rule.ends_on for rule in rules)


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


def test_a_chance_or_the_time_of_somebody_else_is_no_duty(packs):
    rules = {rule.id: rule for pack in packs.packs.values() for rule in pack.rules if not rule.binding}
    assert set(rules) == {
        "uk.disp.summary",
        "au.rg271.fast_close",
        "cn.nfra.life.reply",
        "in.rbi.internal_ombudsman",
        "cn.nfra.review_window",
        "uk.disp.ombudsman_window",
        "in.rbi.ombudsman_window",
        "sg.fa.fidrec_window",
        "house.silence",
        "house.silence_after_post",
        "house.silence_after_answer",
    }
    windows = [rule for rule in rules.values() if rule.kind == "window"]
    assert len(windows) == 4
    assert all(rule.warn_at == () and rule.start == "decision.delivered" for rule in windows)


def test_what_comes_through_a_regulator_has_packs_of_its_own(packs):
    for pack_id in ("us.cfpb", "cn.pbc"):
        pack = packs.in_force(pack_id, TODAY)
        assert [pack.applies_to(None, channel) for channel in ("regulator", "app", None)] == [True, False, False]
        assert not pack.applies_to("payments"), "who does not say the channel gets no pack for one"


def test_a_rule_may_be_for_some_products_and_another_for_all_but_those(packs):
    pack = packs.in_force("au.rg271", TODAY)

    def finals(product):
        return [rule.id for rule in pack.starting("received", product=product) if rule.kind == "final"]

    assert finals("superannuation") == ["au.rg271.superannuation"]
    assert finals("mortgages") == finals(None) == ["au.rg271.standard"]
    assert finals("credit_hardship") == ["au.rg271.standard"], "the 21 days are not confirmed"


@pytest.mark.parametrize(
    ("kind", "fact", "expected"),
    [
        ("enquiry", "received", {"house.acknowledge", "house.answer", "house.first_response"}),
        ("request", "received", {"house.acknowledge", "house.answer", "house.first_response"}),
        ("complaint", "received", {"house.acknowledge", "house.resolve", "house.first_response", "house.update"}),
        ("enquiry", "assigned", {"house.accept"}),
        ("complaint", "assigned", {"house.accept"}),
        ("complaint", "review_requested", {"house.review_answer"}),
        ("enquiry", "review_requested", set()),
    ],
)
def test_the_house_promises_differ_by_what_the_customer_comes_with(packs, kind, fact, expected):
    assert {rule.id for rule in packs.in_force("house", TODAY).starting(fact, kind)} == expected


def test_a_regime_is_for_complaints_alone_unless_it_says_otherwise(packs):
    for pack in packs.packs.values():
        assert pack.starting("received") == pack.starting("received", "complaint")
        assert pack.id == "house" or not pack.starting("received", "enquiry")


def test_being_silent_for_too_long_is_counted_from_the_last_word_to_the_customer(packs):
    rule = packs.in_force("house", TODAY).rule("house.update")
    assert {"updated", "replied"} <= rule.restarts_on
    assert not rule.restarts_on & rule.ends_on
    assert not rule.pause_reasons


def test_what_nobody_read_a_source_for_is_switched_off_and_says_why(packs):
    off = {rule.id: rule.note for pack in packs.packs.values() for rule in pack.rules if not rule.enabled}
    assert set(off) == {
        "au.rg271.credit",
        "au.rg271.death_benefit",
        "in.rbi.internal_ombudsman",
        "sg.fa.fidrec_window",
        "us.reg_z.two_cycles",
    }
    assert all(off.values())
    unread = [r for pack in packs.packs.values() for r in pack.rules if "not read" in r.source]
    assert {rule.enabled for rule in unread} == {False}


def test_the_indian_scheme_of_2026_takes_the_complaints_of_july_and_leaves_those_of_june(packs):
    june, july = (packs.in_force("in.rbi", date(2026, month, day)) for month, day in ((6, 30), (7, 1)))
    windows = [(pack.rule("in.rbi.ombudsman_window").count, pack.ref) for pack in (june, july)]
    assert windows == [(12, "in.rbi@2021-11-12.1"), (90, "in.rbi@2026-07-01.1")]


def test_every_regime_carries_its_clause_and_asks_to_be_confirmed(packs):
    for pack in packs.packs.values():
        assert pack.source
        if pack.id != "house":
            assert pack.status is Status.CONFIRM_BEFORE_USE
            assert pack.verified_on == TODAY
            assert all(rule.clause and rule.basis is not Basis.HOUSE for rule in pack.rules)


def test_every_rule_ends_on_something_and_names_its_source(packs):
    for pack in packs.packs.values():
        for rule in pack.rules:
            assert rule.ends_on, rule.id
            assert rule.source, rule.id
            assert set(rule.name) == {"en", "zh"}


def test_a_low_confidence_rule_is_never_shipped_switched_on(packs):
    for pack in packs.packs.values():
        assert all(rule.confidence is not Confidence.LOW for rule in pack.rules if rule.enabled)
