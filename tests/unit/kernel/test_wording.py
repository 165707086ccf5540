"""What we write to people comes from one file per language."""

from pathlib import Path

import pytest

from chalicelib.kernel.wording import Wording


@pytest.fixture
def wording(tmp_path: Path) -> Wording:
    (tmp_path / "en.toml").write_text('[hello]\nsubject = "{number}"\nbody = "Hello {name}, {link} "\n', "utf-8")
    (tmp_path / "zh-CN.toml").write_text('[hello]\nbody = "{name}，您好"\n', "utf-8")
    return Wording(tmp_path)


def test_a_template_is_filled_in_its_language(wording: Wording) -> None:
    assert wording.words("hello", "zh-CN", {"name": "李"}) == "李，您好"


def test_an_unknown_language_is_written_to_in_english(wording: Wording) -> None:
    assert wording.words("hello", "fr", {"name": "Li", "link": "x"}) == "Hello Li, x"


def test_a_fact_nobody_gave_stays_empty(wording: Wording) -> None:
    assert wording.words("hello", "en", {"name": "Li"}) == "Hello Li,"


def test_a_template_without_a_subject_has_none(wording: Wording) -> None:
    assert wording.subject("hello", "zh-CN", {}) == ""
    assert wording.subject("hello", "en", {"number": "T-1"}) == "T-1"


def test_what_a_customer_wrote_is_never_a_template(wording: Wording) -> None:
    assert wording.words("hello", "en", {"name": "{link}", "link": "secret"}) == "Hello {link}, secret"
