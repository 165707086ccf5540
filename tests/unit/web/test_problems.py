"""Refusals as problems: one status per kind, in the reader's language, and what a client can act on in the headers."""

import json

import pytest

from chalicelib.complaints.model import MissingBlocks
from chalicelib.kernel import errors
from chalicelib.tickets.model import ConflictOfInterest, UpdateAskedAlready
from chalicelib.web import problems


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.Malformed, 400),
        (errors.NotSignedIn, 401),
        (errors.Forbidden, 403),
        (ConflictOfInterest, 403),
        (errors.NotFound, 404),
        (errors.Changed, 409),
        (errors.Outdated, 412),
        (errors.KeyReused, 422),
        (MissingBlocks, 422),
        (UpdateAskedAlready, 429),
        (errors.Unavailable, 503),
    ],
)
def test_a_refusal_has_the_status_of_its_nearest_kind(kind: type[errors.Refusal], status: int) -> None:
    assert problems.status_of(kind) == status


def test_a_refusal_of_no_kind_has_no_status() -> None:
    with pytest.raises(StopIteration):
        problems.status_of(errors.Refusal)


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("zh-CN", "zh-CN"),
        ("zh-TW,en;q=0.5", "zh-CN"),
        ("en, zh-CN", "en"),
        ("fr, zh;q=0.9", "zh-CN"),
        ("FR", "en"),
        ("ZH", "zh-CN"),
        ("x" * 5000, "en"),
        (";;,", "en"),
    ],
)
def test_english_unless_chinese_is_asked_for_first(accept: str, language: str) -> None:
    assert problems.language_of(accept) == language


def test_a_problem_says_what_in_which_request_and_its_facts_beside() -> None:
    status, body, headers = problems.problem(errors.Outdated(version=4), "en", "req-1")
    told = json.loads(body)

    assert (status, told["status"], told["code"], told["version"]) == (412, 412, "outdated", 4)
    assert (told["type"], told["request_id"]) == ("urn:dutydesk:problem:outdated", "req-1")
    assert headers == {}


@pytest.mark.parametrize(
    ("refusal", "seconds"),
    [(errors.TooMany(retry_after=30), "30"), (errors.Unavailable(), "1"), (errors.Unavailable(retry_after=7), "7")],
)
def test_who_may_try_again_is_told_when(refusal: errors.Refusal, seconds: str) -> None:
    _, body, headers = problems.problem(refusal, "en", "")

    assert headers == {"Retry-After": seconds}
    assert json.loads(body)["retry_after"] == int(seconds)


@pytest.mark.parametrize("language", problems.LANGUAGES)
def test_each_field_at_fault_is_told_in_words_of_that_language(language: str) -> None:
    errors_ = [{"field": "subject", "code": "missing"}, {"field": "x", "code": "never_heard_of"}]
    told = json.loads(problems.problem(errors.Invalid(errors=errors_), language, "")[1])
    words = problems.texts(language)

    assert told["title"] == words["problems"]["invalid"]["title"]
    assert [one["message"] for one in told["errors"]] == [words["fields"]["missing"], words["fields"]["invalid"]]
