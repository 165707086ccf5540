"""What sounds like a complaint, in the words of the shipped list."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chalicelib.sla.reading import PackError
from chalicelib.sla.recognition import Recognition, Recognitions, read_recognition

FOLDER = Path(__file__).parents[3] / "chalicelib" / "packs" / "recognition"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
LATER = """
id = "house"
version = "2027-01-01.1"
title = { en = "Words", zh = "词" }
effective_from = 2027-01-01
source = "a test"

[words]
en = ["grumble"]
"""


@pytest.fixture(scope="module")
def shipped() -> Recognition:
    return Recognitions(FOLDER).at(NOW)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("This is UNACCEPTABLE, and I want compensation.", ("unacceptable", "compensation")),
        ("I am not\n happy about this.", ("not happy",)),
        ("我要投诉！你们的服务太差了。", ("投诉", "太差")),
        ("对结果不满意", ("不满意",)),
        ("Ｉ ｗａｎｔ ｔｏ ｃｏｍｐｌａｉｎ", ("complain",)),
        ("不然我打１２３７８", ("12378",)),
        ("I was charged twice. 请赔偿", ("赔偿",)),
    ],
)
def test_dissatisfaction_is_heard_in_either_language(shipped: Recognition, text: str, words: tuple[str, ...]) -> None:
    assert shipped.heard(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Are you open on Saturday?",
        "请问周六营业吗？",
        "Is the crude oil fund open?",
        "The fairest fee",
        "the issue you named",
    ],
)
def test_an_ordinary_question_is_none(shipped: Recognition, text: str) -> None:
    assert shipped.heard(text) == ()


def test_what_stands_in_the_subject_counts_too(shipped: Recognition) -> None:
    assert shipped.heard("Complaint", "See above.") == ("complaint",)


def test_a_later_version_applies_from_its_day_on(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_bytes((FOLDER / "house.toml").read_bytes())
    (tmp_path / "house@2027-01-01.1.toml").write_text(LATER)
    both = Recognitions(tmp_path)

    assert both.at(NOW).heard("I complain and grumble") == ("complain",)
    assert both.at(datetime(2027, 1, 1, tzinfo=UTC)).heard("I complain and grumble") == ("grumble",)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('en = ["grumble"]', "en = []", "words"),
        ("[words]", "colour = 1\n[words]", "colour"),
        ('"2027-01-01.1"', '"2027-01-02.1"', "version"),
        ('id = "house"', 'id = "other"', "id"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_the_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    file = tmp_path / "house.toml"
    file.write_text(LATER.replace(old, new))

    with pytest.raises(PackError, match=key):
        read_recognition(file)


def test_a_day_before_every_version_has_none() -> None:
    with pytest.raises(PackError, match="no version"):
        Recognitions(FOLDER).at(datetime(2019, 12, 31, tzinfo=UTC))
