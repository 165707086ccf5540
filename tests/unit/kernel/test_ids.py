"""Ids sort by time; the numbers people read to each other find a slip of the tongue."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import ids
from chalicelib.kernel.ids import ALPHABET

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
entropy = st.binary(min_size=10, max_size=10)
numbers = st.builds(lambda at, random: ids.number_of(ids.new_id("tkt", at, random), "T"), moments, entropy)


@given(moments, moments, entropy, entropy)
def test_an_id_made_later_sorts_later(one: datetime, other: datetime, first: bytes, second: bytes) -> None:
    early, late = sorted((one, other))
    if late - early >= timedelta(milliseconds=1):
        assert ids.new_id("tkt", early, first) < ids.new_id("tkt", late, second)


@given(moments, entropy)
def test_an_id_knows_when_it_was_made(at: datetime, random: bytes) -> None:
    assert abs(ids.born(ids.new_id("msg", at, random)) - at) < timedelta(milliseconds=1)


@given(moments, entropy)
def test_an_id_is_a_prefix_and_letters_nobody_confuses(at: datetime, random: bytes) -> None:
    prefix, _, rest = ids.new_id("cus", at, random).partition("_")

    assert prefix == "cus"
    assert len(rest) == 26
    assert set(rest) <= set(ALPHABET)


@pytest.mark.parametrize("text", ["", "tkt_", "tkt_nope", "tkt_" + "U" * 26, "tkt_01M83255V069EDXC383WSXJH", "名"])
def test_what_is_no_id_of_ours_was_never_made(text: str) -> None:
    with pytest.raises(ValueError):
        ids.born(text)


def test_different_entropy_makes_different_ids() -> None:
    assert len({ids.new_id("tkt", NOON, bytes([value] * 10)) for value in range(256)}) == 256


def test_a_number_tells_the_day_and_follows_from_the_id() -> None:
    id_ = ids.new_id("tkt", NOON, bytes(range(10)))
    number = ids.number_of(id_, "T")

    assert number.startswith("T-20261123-")
    assert number == ids.number_of(id_, "T")
    assert id_[-4:] == number[-5:-1]


@given(numbers)
def test_a_number_as_it_was_given_is_one(number: str) -> None:
    assert ids.is_number(number)


@given(numbers)
def test_every_single_wrong_character_is_found(number: str) -> None:
    for place, right in enumerate(number):
        if right == "-" or place == 0:
            continue
        for wrong in ALPHABET:
            if abs(ALPHABET.index(wrong) - ALPHABET.index(right)) in (0, 31):
                continue  # only 0 for Z and Z for 0 are worth the same
            assert not ids.is_number(number[:place] + wrong + number[place + 1 :])


@given(numbers)
def test_every_swap_of_neighbours_is_found(number: str) -> None:
    letter, _, rest = number.partition("-")
    core = rest.replace("-", "")
    for place in range(len(core) - 1):
        one, other = core[place], core[place + 1]
        if {one, other} in ({one}, {"0", "Z"}):
            continue
        swapped = core[:place] + other + one + core[place + 2 :]
        assert not ids.is_number(f"{letter}-{swapped[:8]}-{swapped[8:]}")


@pytest.mark.parametrize(
    "text", ["", "T", "T-", "TT-20261123-JHG7T", "T-20261123-JHG7", "T-20261123-JHGIT", "t20261123"]
)
def test_what_has_another_form_is_no_number(text: str) -> None:
    assert not ids.is_number(text)


def test_the_system_draws_as_many_bytes_as_are_asked_for() -> None:
    assert len(ids.system_entropy(10)) == 10
    assert ids.system_entropy(16) != ids.system_entropy(16)
