"""What a decision must contain, who may approve what, how grave a complaint is, and what reports are told."""

from typing import Any

import pytest

from chalicelib.complaints import policy
from chalicelib.complaints.model import Outcome, told
from chalicelib.kernel.actors import Role
from chalicelib.sla.rules import Step
from tests.builders import CHINA, HOUSE
from tests.office import shared
from tests.world import START

RULES = shared().escalations.at(START)
YUAN = {"amount": 50_000, "currency": "CNY"}


def test_what_a_decision_must_tell_comes_from_the_final_rules_of_the_pinned_packs_without_doubles() -> None:
    must = policy.must_tell(shared().packs, [CHINA, HOUSE, CHINA])

    assert must == [
        "findings",
        "basis_and_reasons",
        "right.review",
        "right.mediation",
        "right.arbitration",
        "right.litigation",
    ]
    assert policy.must_tell(shared().packs, [HOUSE]) == []
    assert policy.rights(must) == ("right.review", "right.mediation", "right.arbitration", "right.litigation")


@pytest.mark.parametrize(
    ("required", "findings", "reasons", "missing"),
    [
        ([], "f", "r", []),
        ([], "", "r", ["findings"]),
        ([], " \n", " ", ["findings", "reasons"]),
        (["basis_and_reasons", "right.review", "outcome"], "f", "", ["reasons"]),
    ],
)
def test_findings_and_reasons_are_always_wanted_and_blanks_are_none(
    required: list[str], findings: str, reasons: str, missing: list[str]
) -> None:
    assert policy.missing_blocks(required, findings, reasons) == missing


@pytest.mark.parametrize(
    ("roles", "amount", "currency", "within"),
    [
        ({Role.AGENT}, 50_000, "CNY", True),
        ({Role.AGENT}, 50_001, "CNY", False),
        ({Role.SUPERVISOR}, 5_000_000, "CNY", True),
        ({Role.SUPERVISOR}, 5_000_001, "CNY", False),
        ({Role.AGENT, Role.SUPERVISOR}, 50_001, "CNY", True),
        ({Role.COMPLIANCE}, 10**12, "CNY", True),
        ({Role.AGENT}, 1, "JPY", False),
        ({Role.AUDITOR}, 1, "CNY", False),
    ],
)
def test_a_role_grants_up_to_its_limit_in_that_currency(
    roles: set[Role], amount: int, currency: str, within: bool
) -> None:
    assert policy.within_limit(RULES, roles, {"amount": amount, "currency": currency}) is within


def test_nothing_to_grant_is_within_every_limit() -> None:
    assert policy.within_limit(RULES, {Role.AUDITOR}, None)


@pytest.mark.parametrize(
    ("outcome", "regulatory", "amount", "reasons"),
    [
        (Outcome.UPHELD, False, 50_000, ()),
        (Outcome.SETTLED, False, 50_000, ()),
        (Outcome.REJECTED, False, 50_000, ("outcome_rejected",)),
        (Outcome.PARTLY, False, 50_000, ("outcome_partly",)),
        (Outcome.UPHELD, True, 50_000, ("regulatory_impact",)),
        (Outcome.UPHELD, False, 50_001, ("redress_limit",)),
        (Outcome.REJECTED, True, 50_001, ("outcome_rejected", "regulatory_impact", "redress_limit")),
    ],
)
def test_who_is_told_no_or_less_or_much_is_told_so_by_two(
    outcome: Outcome, regulatory: bool, amount: int, reasons: tuple[str, ...]
) -> None:
    assert policy.approval_reasons(RULES, outcome, regulatory, {Role.AGENT}, YUAN | {"amount": amount}) == reasons


@pytest.mark.parametrize(
    ("process", "needs", "reasons"),
    [
        ({}, (), ()),
        ({"amount": {"amount": 50_000_000, "currency": "CNY"}}, (), ("amount",)),
        ({"amount": {"amount": 49_999_999, "currency": "CNY"}}, (), ()),
        ({"amount": {"amount": 10**15, "currency": "JPY"}}, (), ()),
        ({"group_size": 20}, (), ("group",)),
        ({"group_size": 19}, (), ()),
        ({"media": True}, ("minor",), ("media", "minor")),
        ({}, ("elderly",), ()),
    ],
)
def test_amount_group_media_and_minors_make_it_a_major_one(
    process: dict[str, Any], needs: tuple[str, ...], reasons: tuple[str, ...]
) -> None:
    assert policy.major_reasons(RULES, process, needs) == reasons


@pytest.mark.parametrize(
    ("approval", "roles", "above", "may"),
    [
        (None, {Role.SUPERVISOR}, False, True),
        (None, {Role.COMPLIANCE}, False, True),
        (None, {Role.AGENT}, True, False),
        ("superior_or_hq_senior_manager", {Role.SUPERVISOR}, False, False),
        ("superior_or_hq_senior_manager", {Role.SUPERVISOR}, True, True),
        ("head_of_complaint_handling", {Role.COMPLIANCE}, False, True),
        ("head_of_complaint_handling", {Role.AGENT}, True, False),
    ],
)
def test_a_step_that_wants_somebody_above_gets_somebody_above(
    approval: str | None, roles: set[Role], above: bool, may: bool
) -> None:
    assert policy.may_approve_step(Step("special", 60, "x", approval), roles, above=above) is may


DECIDED = {"outcome": "upheld", "redress": {"amount": 100, "currency": "CNY"}, "findings": "SECRET"}


@pytest.mark.parametrize(
    ("process", "found"),
    [
        ({}, {}),
        ({"classification": {"cause": "fees", "codes": {}}}, {"cause": "fees"}),
        ({"decision": DECIDED, "approval_for": []}, {"outcome": "upheld", "redress": [100, "CNY"]}),
        ({"decision": DECIDED, "approval_for": ["redress_limit"]}, {}),
        (
            {"decision": DECIDED, "approval_for": ["x"], "approval": {"by": "a"}, "paid": {"on": "2026-12-01"}},
            {"outcome": "upheld", "redress": [100, "CNY"], "paid": "2026-12-01"},
        ),
        ({"decision": DECIDED | {"redress": None}}, {"outcome": "upheld"}),
    ],
)
def test_reports_are_told_what_is_decided_and_nothing_that_waits_for_approval(
    process: dict[str, Any], found: dict[str, Any]
) -> None:
    assert told(process) == found
    assert "SECRET" not in str(told(process))
