"""Who is drawn, who has their turn, and when a campaign is over; whatever comes of the calls."""

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.callbacks.campaigns import policy
from chalicelib.callbacks.campaigns.model import ENDS, By, Campaign, Plan, Status, Stratum, Why
from chalicelib.kernel.errors import Invalid

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PLAN = Plan("Cards", "east", date(2026, 11, 1), date(2026, 11, 20), date(2026, 12, 4), {"all": 10})
CASES = [{"id": f"tkt_{n}", "kind": "complaint" if n % 4 == 0 else "enquiry", "product": "cards"} for n in range(200)]


def campaign(*strata: Stratum, **but: object) -> Campaign:
    facts = {"status": Status.RUNNING, "strata": strata, **but}
    return Campaign("cmp_1", PLAN, "5e", "lead-1", NOW, **facts)  # type: ignore[arg-type]


def test_whoever_knows_seed_and_cases_draws_the_same_by_hand() -> None:
    (stratum,), sample = policy.drawn(PLAN, "5e", reversed(CASES))

    by_hand = sorted((case["id"] for case in CASES), key=lambda id_: hashlib.sha256(f"5e\x1f{id_}".encode()).digest())
    assert sample == {"all": tuple(by_hand[:30])}
    assert (stratum.population, stratum.sample, stratum.quota) == (200, 30, 10)


def test_another_seed_draws_others_and_everybody_is_drawn_about_as_often() -> None:
    often: Counter[str] = Counter()
    for n in range(400):
        often.update(policy.drawn(PLAN, str(n), CASES)[1]["all"])

    # 30 of 200, 400 times: sixty each, and seven is the standard deviation.
    assert len(often) == 200
    assert all(60 - 35 < times < 60 + 35 for times in often.values())


def test_strata_are_drawn_apart_and_what_has_no_quota_is_not_drawn() -> None:
    plan = replace(PLAN, by=By.KIND, quotas={"complaint": 5, "praise": 3})

    strata, sample = policy.drawn(plan, "5e", CASES)

    assert [(it.name, it.population, it.sample) for it in strata] == [("complaint", 50, 15), ("praise", 0, 0)]
    kinds = {case["id"]: case["kind"] for case in CASES}
    assert {kinds[id_] for id_ in sample["complaint"]} == {"complaint"}


def test_only_cases_of_the_kinds_and_products_of_the_plan_are_of_the_population() -> None:
    one = replace(PLAN, kinds=("complaint",))
    other = replace(PLAN, products=("loans",))

    assert policy.drawn(one, "5e", CASES)[0][0].population == 50
    assert policy.drawn(other, "5e", CASES)[0][0].population == 0


@pytest.mark.parametrize(
    ("but", "field", "code"),
    [
        ({"last": date(2026, 10, 31)}, "closed_to", "too_early"),
        ({"last": TODAY + timedelta(days=1)}, "closed_to", "too_large"),
        ({"first": date(2026, 8, 20)}, "closed_to", "too_large"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on", "too_early"),
        ({"ends_on": TODAY + timedelta(days=93)}, "ends_on", "too_large"),
        ({"quotas": {"a": 300, "b": 201}, "by": By.KIND}, "quotas", "too_large"),
        ({"quotas": {"enquiry": 3}}, "quotas", "not_one_of"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_by_the_field(but: dict[str, object], field: str, code: str) -> None:
    policy.check(PLAN, TODAY)
    with pytest.raises(Invalid) as refused:
        policy.check(replace(PLAN, **but), TODAY)  # type: ignore[arg-type]

    assert refused.value.facts["errors"] == [{"field": field, "code": code}]


def test_strata_have_their_turns_one_after_another_and_none_beyond_its_quota() -> None:
    a, b = Stratum("a", 2, sample=6), Stratum("b", 50, sample=100)
    sample = {"a": tuple(f"a{n}" for n in range(6)), "b": tuple(f"b{n}" for n in range(100))}

    after = policy.claimed(campaign(a, b), sample, TODAY)

    assert [len(it.open) for it in after.strata] == [2, 18]
    assert (after.begun, after.begun_on, after.open) == (20, TODAY, 20)
    assert policy.claimed(after, sample, TODAY) == after, "as many as may be open are"


def test_no_more_are_begun_in_a_day_than_the_plan_says_and_others_the_next() -> None:
    sample = {"all": tuple(f"t{n}" for n in range(60))}
    begun = campaign(Stratum("all", 60, sample=60, asked=20), begun=20, begun_on=TODAY)

    assert policy.claimed(begun, sample, TODAY) == begun
    assert policy.claimed(begun, sample, TODAY + timedelta(days=1)).open == 20


@pytest.mark.parametrize("status", [Status.PAUSED, Status.OVER])
def test_nobody_has_their_turn_in_a_campaign_that_does_not_run(status: Status) -> None:
    stopped = campaign(Stratum("all", 5, sample=5), status=status)

    assert policy.claimed(stopped, {"all": ("a",) * 5}, TODAY) == stopped
    ended = campaign(Stratum("all", 5, sample=5))
    assert policy.claimed(ended, {"all": ("a",) * 5}, PLAN.ends_on + timedelta(days=1)) == ended


@pytest.mark.parametrize(
    ("stratum", "day", "why"),
    [
        (Stratum("all", 2, sample=6, asked=2, ends={"kept": 2}), TODAY, Why.QUOTA),
        (Stratum("all", 2, sample=6, asked=3, ends={"kept": 1}), TODAY, None),
        (Stratum("all", 2, sample=6, asked=6, ends={"kept": 1}), TODAY, Why.EXHAUSTED),
        (Stratum("all", 2, sample=6, asked=6, ends={"kept": 1}, open=("t",)), TODAY, None),
        (Stratum("all", 2, sample=6, asked=3, ends={"kept": 1}), PLAN.ends_on + timedelta(days=1), Why.ENDED),
        (Stratum("all", 9, sample=27, asked=11, ends={"kept": 7, "declined": 3}, open=("t",)), TODAY, Why.REFUSED),
        (Stratum("all", 9, sample=27, asked=10, ends={"kept": 6, "declined": 3}, open=("t",)), TODAY, None),
        (Stratum("all", 9, sample=27, asked=12, ends={"kept": 8, "declined": 3}, open=("t",)), TODAY, None),
    ],
)
def test_it_is_over_by_its_quota_its_sample_its_last_day_or_its_refusals(
    stratum: Stratum, day: date, why: Why | None
) -> None:
    assert policy.over(campaign(stratum), day) is why


@given(
    st.dictionaries(st.sampled_from("abcde"), st.integers(1, 12), min_size=1),
    st.integers(1, 15),
    st.lists(st.sampled_from([*ENDS, "rested", ""]), min_size=1, max_size=200),
)
def test_whatever_comes_of_the_calls_no_quota_is_passed_and_everybody_has_one_turn(
    quotas: dict[str, int], daily: int, fates: list[str]
) -> None:
    sample = {name: tuple(f"{name}{n}" for n in range(3 * quota)) for name, quota in quotas.items()}
    strata = tuple(Stratum(name, quota, sample=3 * quota) for name, quota in sorted(quotas.items()))
    it = replace(campaign(*strata), plan=replace(PLAN, by=By.KIND, quotas=quotas, daily=daily))
    fate, day = iter(fates * 50), TODAY
    for _ in range(60):
        it = policy.settled(policy.claimed(it, sample, day), lambda _: next(fate, "kept"))
        day += timedelta(days=1) if it.begun >= daily and day < PLAN.ends_on else timedelta()
        assert it.open <= daily
        for stratum in it.strata:
            assert stratum.kept + len(stratum.open) <= stratum.quota
            turns = len(stratum.open) + sum(stratum.ends.values()) + sum(stratum.skipped.values())
            assert turns == stratum.asked <= stratum.sample
            assert set(stratum.open) <= set(sample[stratum.name][: stratum.asked])
