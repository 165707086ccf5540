"""Tokens are made from one key, stored nowhere, and good for one purpose only."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.tokens import Keys, fingerprint

KEYS = Keys(b"a root secret")
ids = st.from_regex(r"[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}", fullmatch=True)


@given(ids)
def test_a_token_opens_for_its_purpose_and_gives_the_id_back(id_: str) -> None:
    assert KEYS.opened("session", KEYS.token("session", id_)) == id_


@given(ids)
def test_a_token_opens_for_no_other_purpose_and_with_no_other_key(id_: str) -> None:
    token = KEYS.token("session", id_)

    assert KEYS.opened("grant", token) is None
    assert Keys(b"another root secret").opened("session", token) is None


def test_no_token_opens_with_one_character_changed() -> None:
    token = KEYS.token("grant", "ver_01M8323B80SXA2NPGKBVHYVJXY")

    for place, right in enumerate(token):
        for wrong in ("A", "a", "0", "-"):
            if wrong != right:
                assert KEYS.opened("grant", token[:place] + wrong + token[place + 1 :]) is None


@pytest.mark.parametrize("text", ["", "-", "x", "ver_1-", "名字" * 20, "\x00" * 64])
def test_any_other_text_is_no_token(text: str) -> None:
    assert KEYS.opened("grant", text) is None


def test_a_token_is_the_same_each_time_so_that_an_answer_can_be_given_again() -> None:
    assert KEYS.token("session", "ses_1") == Keys(b"a root secret").token("session", "ses_1")


def test_the_keys_of_two_purposes_are_two_keys() -> None:
    assert KEYS.key("receipts") != KEYS.key("cursors")
    assert len(KEYS.key("receipts")) == 32


def test_a_keyed_hash_keeps_its_parts_apart() -> None:
    assert KEYS.digest("code", "a", "bc") != KEYS.digest("code", "ab", "c")
    assert KEYS.digest("code", "a") != KEYS.digest("phone", "a")


def test_a_fingerprint_is_a_plain_sha256() -> None:
    assert fingerprint("token") == hashlib.sha256(b"token").hexdigest()
