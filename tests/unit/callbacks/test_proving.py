"""A word proves that it is us; and nobody learns anything else by asking for it."""

from datetime import timedelta

import pytest

from chalicelib.callbacks.model import Outcome
from chalicelib.callbacks.policy import word_said, word_written
from tests.callcentre import CallCentre, at


@pytest.fixture
def centre() -> CallCentre:
    return CallCentre()


def test_a_word_is_genuine_as_long_as_the_call_is_to_come_or_has_just_been(centre: CallCentre) -> None:
    held = centre.in_hand()
    word = centre.proving.word(held.id)
    assert vars(centre.proving.check(word, centre.call())) == {"genuine": True, "calling": True, "number": ""}
    centre.tried(held, Outcome.REACHED)
    assert (centre.proving.check(word, centre.call()).genuine, centre.proving.check(word, centre.call()).calling) == (
        True,
        False,
    )

    centre.now += timedelta(hours=1)

    assert not centre.proving.check(word, centre.call()).genuine


def test_a_word_is_told_however_it_is_typed_and_no_other_is_genuine(centre: CallCentre) -> None:
    made = centre.promised(at(14))
    word = centre.proving.word(made.id)

    for typed in (word, word.lower(), word.replace("-", " "), f" {word} "):
        assert centre.proving.check(typed, centre.call()).genuine
    for wrong in ("", "K7QX", word[:-1], word + "A", word[::-1], "K7QX-2M9T"):
        assert not centre.proving.check(wrong, centre.call()).genuine


def test_only_the_customer_themselves_hears_which_call_a_word_belongs_to(centre: CallCentre) -> None:
    made = centre.promised(at(14))
    word = centre.proving.word(made.id)

    assert centre.proving.check_own(word, centre.call()).number == made.number
    assert not centre.proving.check_own(word, centre.call("cus_other")).genuine


def test_the_word_stands_nowhere(centre: CallCentre) -> None:
    made = centre.promised(at(14))
    centre.pass_time(at(14))
    word = centre.proving.word(made.id)

    everything = str(centre.tables.items) + str(centre.tables.chains)

    assert word not in everything
    assert word.replace("-", "") not in everything


def test_letters_that_look_or_sound_alike_are_one() -> None:
    assert word_said("k7qx 2m9o") == "K7QX-2M90"
    assert word_said("i7lx-2m9t") == "171X-2M9T"
    assert word_written(b"\x00" * 5) == "0000-0000"
    assert word_written(b"\xff" * 8) == "ZZZZ-ZZZZ"
