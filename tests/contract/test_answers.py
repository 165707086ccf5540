"""What every store of canned answers promises."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.answers.model import Answer, Kind, Scope, State, Version
from chalicelib.answers.store import DynamoAnswers
from chalicelib.aws.tables import Tables
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Link
from chalicelib.kernel.notices import Notice
from tests.fakes import MemoryAnswers
from tests.world import START

WORDS = {"en": "About {number}.", "zh-CN": "关于 {number}。"}


def make_version(n: int = 1, **what_matters: Any) -> Version:
    return Version(n, "lead-east", START, "5e", ("en", "zh-CN"), ("number",), **{"wordings": WORDS} | what_matters)


def make_answer(*versions: Version, **what_matters: Any) -> Answer:
    facts: dict[str, Any] = {
        "id": "ans_01M8323B80R71NV7ECMN7C58DA",
        "title": "About a number",
        "scope": Scope("east", (Kind.ENQUIRY, Kind.REQUEST), ("fees",), ("cards",)),
        "owner": "lead-east",
        "versions": versions or (make_version(),),
        "version": 1,
        "link": Link(2, "9f"),
        "searched": "about a number",
    }
    return Answer(**facts | what_matters)


@pytest.fixture(params=["memory", "dynamo"])
def store(request: pytest.FixtureRequest) -> Any:
    return MemoryAnswers() if request.param == "memory" else DynamoAnswers(request.getfixturevalue("tables"))


def test_what_was_written_is_found_as_it_was(store: Any) -> None:
    version = make_version(
        state=State.APPROVED,
        effective_from=START,
        review_on=date(2027, 11, 23),
        review_at=START + timedelta(days=365),
        proposed_by="lead-east",
        approved_by="compliance-hq",
        approved_at=START,
        returned="once",
        reminded=True,
    )
    retired = make_version(2, state=State.RETIRED, retired_at=START)
    answer = make_answer(version, notices=(Notice("review:1", "answer_review", "owner", START, 2, {"version": "1"}),))
    store.write(answer, [], None, version)
    second = replace(answer, versions=(version, retired), version=2)
    store.write(second, [], None, retired)

    assert store.get(answer.id) == second
    assert store.get("ans_none") is None


def test_a_new_answer_is_stored_once_and_a_known_one_only_as_it_was_read(store: Any) -> None:
    store.write(make_answer(), [], None, make_version())

    with pytest.raises(Changed):
        store.write(make_answer(), [], None, make_version())
    store.write(make_answer(version=2), [], None)
    with pytest.raises(Changed):
        store.write(make_answer(version=2), [], None)


def test_a_list_has_every_answer_in_order_without_the_words_of_its_versions(store: Any) -> None:
    ids = [f"ans_01M8323B80R71NV7ECMN7C58D{letter}" for letter in "ABC"]
    for id_ in reversed(ids):
        store.write(make_answer(id=id_), [], None, make_version())

    page = store.library(None)
    assert [answer.id for answer in page.items] == ids
    assert [version.wordings for answer in page.items for version in answer.versions] == [{}, {}, {}]
    assert [answer.id for answer in store.library(page.items[0].place).items] == ids[1:]


def test_the_words_of_a_version_are_written_once_and_never_again(tables: Tables) -> None:
    store = DynamoAnswers(tables)
    store.write(make_answer(), [], None, make_version())

    with pytest.raises(Changed):
        store.write(make_answer(version=2), [], None, make_version(wordings={"en": "Other words."}))
    kept = store.get(make_answer().id)
    assert kept is not None
    assert kept.versions[0].wordings == WORDS
