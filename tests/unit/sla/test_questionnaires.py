"""Questionnaires are read strictly, say what is wrong with an answer, and which answers say that somebody is not content."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chalicelib.sla.contact import Purpose
from chalicelib.sla.packs import PackError
from chalicelib.sla.questionnaires import Given, Kind, Question, Questionnaire, Questionnaires, read_questionnaire

FOLDER = Path(__file__).parents[3] / "chalicelib" / "packs" / "questionnaires"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HEAD = """id = "house"
version = "2026-01-01.1"
title = { en = "House", zh = "本行" }
effective_from = 2026-01-01
purpose = "follow_up"
"""
QUESTION = """
[[questions]]
id = "solved"
kind = "yes_no"
text = { en = "Is it over?", zh = "解决了吗？" }
unhappy = "no"
"""
FINE: dict[str, Given] = {"solved": True, "outcome": 5, "handling": 4}


@pytest.fixture(scope="module")
def shipped() -> Questionnaire:
    found = Questionnaires(FOLDER).at(Purpose.FOLLOW_UP, NOW)
    assert found is not None
    return found


def test_what_is_shipped_is_read(shipped: Questionnaire) -> None:
    assert (shipped.ref, len(shipped.questions)) == ("follow_up@2026-01-01.1", 5)
    assert all(question.text["en"] and question.text["zh"] for question in shipped.questions)


@pytest.mark.parametrize(
    ("answers", "faults"),
    [
        (FINE, {}),
        (FINE | {"clear": 1, "words": "Well done."}, {}),
        ({"solved": True, "outcome": 5}, {"handling": "missing"}),
        (FINE | {"outcome": 0}, {"outcome": "not_one_of"}),
        (FINE | {"outcome": 6}, {"outcome": "not_one_of"}),
        (FINE | {"outcome": True}, {"outcome": "not_one_of"}),
        (FINE | {"outcome": "5"}, {"outcome": "not_one_of"}),
        (FINE | {"solved": 1}, {"solved": "not_one_of"}),
        (FINE | {"words": ""}, {"words": "not_one_of"}),
        (FINE | {"words": "w" * 2_001}, {"words": "not_one_of"}),
        (FINE | {"weather": 3}, {"weather": "unknown_field"}),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(
    shipped: Questionnaire, answers: dict[str, Given], faults: dict[str, str]
) -> None:
    assert shipped.faults(answers) == faults


@pytest.mark.parametrize(
    ("answers", "unhappy"),
    [
        (FINE, ()),
        (FINE | {"solved": False}, ("solved",)),
        (FINE | {"outcome": 3}, ()),
        (FINE | {"outcome": 2}, ("outcome",)),
        (FINE | {"outcome": 1, "handling": 1}, ("outcome", "handling")),
        (FINE | {"handling": 2}, ()),
        (FINE | {"clear": 1}, ()),
    ],
)
def test_whoever_is_not_content_is_known_by_their_answers(
    shipped: Questionnaire, answers: dict[str, Given], unhappy: tuple[str, ...]
) -> None:
    assert shipped.complaints(answers) == unhappy


def test_what_can_be_counted_is_scores_and_yes_or_no(shipped: Questionnaire) -> None:
    assert shipped.scored(FINE | {"words": "w"}) == {"solved": 1, "outcome": 5, "handling": 4}


def test_a_yes_may_be_what_is_bad() -> None:
    bad = Question("again", Kind.YES_NO, {"en": "Did you have to call again?", "zh": "z"}, unhappy=True)
    assert (bad.complains(given=True), bad.complains(given=False)) == (True, False)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD, "there are none"),
        (HEAD + QUESTION + QUESTION, "two of one id"),
        (HEAD + QUESTION.replace('unhappy = "no"', ""), "no answer says"),
        (HEAD + QUESTION.replace('"no"', '"2"'), "must be one of yes, no"),
        (HEAD + QUESTION.replace("yes_no", "score"), "must be one of 1, 2, 3, 4"),
        (HEAD + QUESTION.replace("yes_no", "text"), "must be one of nothing"),
        (HEAD + QUESTION.replace("yes_no", "stars"), "must be one of score, yes_no, text"),
        (HEAD + QUESTION.replace(', zh = "解决了吗？"', ""), "zh: is missing"),
        (HEAD.replace("follow_up", "weather") + QUESTION, "must be one of service"),
        (HEAD.replace("2026-01-01.1", "2026-01-02.1") + QUESTION, "the day it takes effect"),
        (HEAD + QUESTION + "weight = 2\n", "is not a known key"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "house.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(PackError, match=says):
        read_questionnaire(file)


def test_the_version_in_force_is_asked_and_an_older_one_still_counts(tmp_path: Path) -> None:
    later = HEAD.replace("2026-01-01", "2026-12-01")
    for text, name in ((HEAD, "house"), (later, "house@2026-12-01.1")):
        (tmp_path / f"{name}.toml").write_text(text + QUESTION, "utf-8")
    known, december = Questionnaires(tmp_path), datetime(2026, 12, 1, tzinfo=UTC)

    asked = [known.at(Purpose.FOLLOW_UP, at) for at in (NOW, december)]
    assert [one and one.version for one in asked] == ["2026-01-01.1", "2026-12-01.1"]
    assert known.at(Purpose.SALES, NOW) is None
    assert known.version("house@2026-01-01.1", Purpose.FOLLOW_UP, december) is not None
    assert known.version("house@2026-12-01.1", Purpose.FOLLOW_UP, NOW) is None
    assert known.version("house@2026-01-01.1", Purpose.SALES, NOW) is None
