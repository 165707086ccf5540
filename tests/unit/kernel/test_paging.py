"""A cursor opens for the caller and the list it was made for, unchanged, and for nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.errors import CursorInvalid
from chalicelib.kernel.paging import seal, unseal

KEY = bytes(range(32))
positions = st.dictionaries(st.text(max_size=20), st.text(max_size=40), min_size=1, max_size=4)


@given(positions, st.text(max_size=40))
def test_a_cursor_gives_its_position_back(position: dict[str, str], bound_to: str) -> None:
    assert unseal(seal(position, KEY, bound_to), KEY, bound_to) == position


@given(positions, st.text(max_size=20), st.text(max_size=20))
def test_a_cursor_of_another_caller_or_filter_is_refused(position: dict[str, str], mine: str, other: str) -> None:
    cursor = seal(position, KEY, mine)
    if mine != other:
        with pytest.raises(CursorInvalid):
            unseal(cursor, KEY, other)


def test_a_cursor_with_any_character_changed_is_refused() -> None:
    cursor = seal({"pk": "T-20261123-JHG7T", "sk": "ticket"}, KEY, "me") or ""

    for place, right in enumerate(cursor):
        for wrong in ("A", "b", "7", "_"):
            edited = cursor[:place] + wrong + cursor[place + 1 :]
            # The last character of base64 may carry bits that mean nothing.
            if wrong != right and not (place == len(cursor) - 1 and _same(edited, cursor)):
                with pytest.raises(CursorInvalid):
                    unseal(edited, KEY, "me")


def _same(one: str, other: str) -> bool:
    import base64

    return base64.urlsafe_b64decode(one + "==") == base64.urlsafe_b64decode(other + "==")


@pytest.mark.parametrize("cursor", ["x", "!!!!", "A" * 5, "AAAA", "名字", "e30", "\x00"])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(CursorInvalid):
        unseal(cursor, KEY, "me")


def test_a_cursor_under_another_key_is_refused() -> None:
    with pytest.raises(CursorInvalid):
        unseal(seal({"a": "b"}, bytes(32), "me"), KEY, "me")


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_cursor_begins_at_the_beginning(nothing: str | None) -> None:
    assert unseal(nothing, KEY, "me") is None


def test_the_last_page_has_no_cursor() -> None:
    assert seal(None, KEY, "me") is None
