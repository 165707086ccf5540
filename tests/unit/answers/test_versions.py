"""Which version is in force at which time, and when somebody has to be told to look at it again."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.answers.model import NEXT, Answer, Kind, Scope, State, Version, digest
from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.kernel.notices import Notice
from tests.world import START

DAY = timedelta(days=1)


def make_version(n: int = 1, begins: datetime = START, **what_matters: Any) -> Version:
    approved = {
        "state": State.APPROVED,
        "approved_at": START,
        "effective_from": begins,
        "review_at": begins + 365 * DAY,
    }
    return Version(n, "lead-east", START, "5e", ("en",), (), **approved | what_matters)


def make_answer(*versions: Version) -> Answer:
    return Answer("ans_1", "t", Scope("east", (Kind.ENQUIRY,)), "lead-east", versions)


def in_force(answer: Answer, days: int) -> int | None:
    found = answer.in_force(START + days * DAY)
    return found.n if found else None


def test_a_version_is_in_force_from_its_time_on_and_the_one_before_until_then() -> None:
    answer = make_answer(make_version(1), make_version(2, START + 10 * DAY))

    assert [in_force(answer, day) for day in (-1, 0, 9, 10, 99)] == [None, 1, 1, 2, 2]


def test_what_is_not_approved_is_never_in_force() -> None:
    for state in (State.DRAFT, State.PROPOSED):
        assert in_force(make_answer(make_version(state=state, approved_at=None)), 1) is None


def test_when_the_version_in_force_is_retired_no_older_one_comes_back() -> None:
    retired = make_version(2, START + DAY, state=State.RETIRED, retired_at=START + 5 * DAY)

    assert in_force(make_answer(make_version(1), retired), 6) is None


def test_a_version_retired_before_its_time_never_was_and_the_one_before_stays() -> None:
    retired = make_version(2, START + 5 * DAY, state=State.RETIRED, retired_at=START + DAY)

    assert in_force(make_answer(make_version(1), retired), 6) == 1


def test_the_newer_version_counts_even_if_an_older_one_begins_later() -> None:
    assert in_force(make_answer(make_version(1, START + 9 * DAY), make_version(2, START + DAY)), 10) == 2


def test_each_version_is_due_for_review_once_and_one_that_is_overtaken_not_at_all() -> None:
    first = make_version(1)
    assert make_answer(first).due_at == START + 365 * DAY
    assert make_answer(replace(first, reminded=True)).due_at is None
    assert make_answer(replace(first, state=State.RETIRED, retired_at=START + DAY)).due_at is None

    second = make_version(2, START + 10 * DAY)
    assert make_answer(first, second).due_at == START + 375 * DAY


def test_word_that_is_owed_is_due_again_until_it_is_taken() -> None:
    owing = make_answer(make_version()).owing(Notice("review:1", "answer_review", "owner", START))

    assert owing.due_at == START + timedelta(minutes=10)
    assert owing.told("review:1").due_at == START + 365 * DAY
    assert owing.told("review:10").due_at == owing.due_at


@pytest.mark.parametrize("state", State)
def test_a_state_leads_only_where_the_table_says(state: State) -> None:
    for to in State:
        version = make_version(state=state)
        if to in NEXT[state]:
            assert version.moved(to).state is to
        else:
            with pytest.raises(NotAllowedNow):
                version.moved(to)


def test_a_digest_is_that_of_all_wordings_in_whatever_order() -> None:
    assert digest({"en": "a", "zh-CN": "b"}) == digest({"zh-CN": "b", "en": "a"}) != digest({"en": "b", "zh-CN": "a"})
