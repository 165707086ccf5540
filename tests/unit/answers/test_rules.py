"""Who approves, when a wording is looked at again, for which matters it is, and how facts read in each language."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chalicelib import answers
from chalicelib.answers import policy
from chalicelib.answers.model import FactMissing, Kind, Scope
from chalicelib.kernel.actors import Role
from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.money import Money, written
from chalicelib.kernel.wording import Wording
from chalicelib.sla.packs import Packs

TEXTS = Wording(Path(answers.__file__).parent / "texts")
EVERYTHING = frozenset({"hq", "east", "london"})
ENQUIRIES = Scope("east", (Kind.ENQUIRY,))
COMPLAINTS = Scope("east", (Kind.ENQUIRY, Kind.COMPLAINT))


@dataclass(frozen=True)
class Case:
    """A matter as an answer sees it."""

    kind: str = "enquiry"
    unit: str = "east"
    language: str = "en"
    topic: str = "fees"
    product: str = "cards"
    facts: dict[str, Any] = field(default_factory=dict)


def rendered(wording: str, language: str = "en", **facts: Any) -> str:
    return policy.rendered(wording, facts, language, lambda code, spoken: TEXTS.words(code, spoken, {}))


@pytest.mark.parametrize(
    ("scope", "role", "unit", "units", "may"),
    [
        (ENQUIRIES, Role.COMPLIANCE, "hq", EVERYTHING, True),
        (COMPLAINTS, Role.COMPLIANCE, "hq", EVERYTHING, True),
        (ENQUIRIES, Role.SUPERVISOR, "hq", EVERYTHING, True),
        (COMPLAINTS, Role.SUPERVISOR, "hq", EVERYTHING, False),
        (ENQUIRIES, Role.SUPERVISOR, "east", frozenset({"east"}), False),
        (ENQUIRIES, Role.SUPERVISOR, "london", frozenset({"london"}), False),
        (Scope("hq", (Kind.ENQUIRY,)), Role.SUPERVISOR, "hq", EVERYTHING, False),
        (ENQUIRIES, Role.AGENT, "hq", EVERYTHING, False),
    ],
)
def test_compliance_approves_and_a_supervisor_above_what_is_not_for_complaints(
    scope: Scope, role: Role, unit: str, units: frozenset[str], may: bool
) -> None:
    assert policy.may_approve(scope, {role}, unit, units) is may


def test_a_wording_is_looked_at_again_within_two_years_and_after_one_if_nobody_says() -> None:
    first = date(2026, 11, 23)

    assert policy.review_day(None, first) == date(2027, 11, 23)
    assert policy.review_day(first + timedelta(days=1), first) == date(2026, 11, 24)
    assert policy.review_day(first + timedelta(days=730), first) == date(2028, 11, 22)
    for day, code in ((first, "too_early"), (first + timedelta(days=731), "too_large")):
        with pytest.raises(Invalid) as refused:
            policy.review_day(day, first)
        assert refused.value.facts["errors"] == [{"field": "review_on", "code": code}]


@pytest.mark.parametrize(
    ("scope", "unsuitable"),
    [
        (Scope("east", (Kind.ENQUIRY,)), []),
        (Scope("hq", (Kind.ENQUIRY,), ("fees",), ("cards", "loans")), []),
        (Scope("london", (Kind.ENQUIRY,)), ["unit"]),
        (Scope("hq", (Kind.COMPLAINT,), ("cards",), ("loans",)), ["kind", "topic", "product"]),
    ],
)
def test_an_answer_says_in_what_it_does_not_fit(scope: Scope, unsuitable: list[str]) -> None:
    assert policy.misfits(scope, Case(), ("east", "hq"), ("en", "zh-CN")) == unsuitable
    assert policy.misfits(scope, Case(), ("east", "hq"), ("zh-CN",)) == [*unsuitable, "language"]


def test_facts_are_written_as_each_language_writes_them() -> None:
    due, opens = date(2026, 12, 8), datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

    assert rendered("{due_date}", due_date=due) == "8 December 2026"
    assert rendered("{due_date}", "zh-CN", due_date=due) == "2026年12月8日"
    assert rendered("{next_open}", next_open=opens) == "24 November 2026 09:00"
    assert rendered("{next_open}", "zh-CN", next_open=opens) == "2026年11月24日 09:00"
    assert rendered("{outcome}", outcome="partly") == "upheld in part"
    assert rendered("{outcome}", "zh-CN", outcome="partly") == "投诉部分成立"
    assert rendered("{remedies}", remedies=("right.review", "right.litigation")).splitlines() == [
        "- Within thirty days you may ask the unit above the one that decided to look at your complaint anew.",
        "- You may go to court.",
    ]


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(123_450, "CNY"), "CNY 1,234.50"),
        (Money(5, "GBP"), "GBP 0.05"),
        (Money(1_234, "JPY"), "JPY 1,234"),
        (Money(1_234_567, "KWD"), "KWD 1,234.567"),
    ],
)
def test_an_amount_is_written_in_the_digits_of_its_currency(money: Money, text: str) -> None:
    assert written(money) == text


def test_what_people_wrote_comes_in_as_plain_text() -> None:
    subject = "Fee\r\n\x07of \u202eevil\u2066 <b>{reasons}</b>"

    assert rendered("[{subject}]", subject=subject) == "[Fee   of  evil  <b>{reasons}</b>]"
    assert rendered("{reasons}", reasons="One.\n\nTwo.\x00") == "One.\n\nTwo."


def test_a_fact_of_nothing_but_marks_is_none() -> None:
    with pytest.raises(FactMissing):
        rendered("{subject}", subject="\u200b\n ")


def test_an_answer_that_becomes_too_long_is_refused() -> None:
    assert len(rendered("{reasons}", reasons="x" * policy.MOST_RENDERED)) == policy.MOST_RENDERED
    with pytest.raises(Invalid):
        rendered("{reasons}.", reasons="x" * policy.MOST_RENDERED)


def test_every_right_of_every_pack_and_every_outcome_has_its_words_in_both_languages() -> None:
    packs = Packs.load(Path(answers.__file__).parents[1] / "packs")
    rights = {
        code
        for pack in packs.packs.values()
        for rule in pack.rules
        for code in rule.must_tell
        if code.startswith("right.")
    }
    outcomes = {f"outcome.{outcome}" for outcome in ("upheld", "partly", "rejected", "settled")}

    assert rights
    for language in policy.LANGUAGES:
        assert rights | outcomes == set(TEXTS._of(language))
