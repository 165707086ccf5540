"""By what files are recognised, and how their names are cleaned."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.attachments import policy
from chalicelib.attachments.model import NEXT, Silence, Status, Verdict, due_shard, place

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BYTES = {
    "application/pdf": b"%PDF-1.7",
    "image/jpeg": b"\xff\xd8\xff\xe1",
    "image/png": b"\x89PNG\r\n\x1a\n....",
    "image/heic": b"\x00\x00\x00\x18ftypheic",
    "text/plain": "Grüße, 收据\r\n\tfee".encode(),
}


@pytest.mark.parametrize("content_type", BYTES)
def test_a_type_is_known_by_its_own_first_bytes_and_by_no_others(content_type: str) -> None:
    known = {other for other, first in BYTES.items() if policy.KINDS[content_type].begins(first)}

    assert set(policy.KINDS) == set(BYTES)
    assert known == ({"text/plain", "application/pdf"} if content_type == "text/plain" else {content_type})


@pytest.mark.parametrize("first", [b"", b"MZ\x90\x00", b"PK\x03\x04", b"<html>", b"\x00\x00\x00\x18ftypqt  "])
def test_what_is_none_of_them_is_none_of_them(first: bytes) -> None:
    assert not [kind for name, kind in policy.KINDS.items() if name != "text/plain" and kind.begins(first)]


def test_text_may_be_cut_in_the_middle_of_a_character_but_only_where_we_cut_it() -> None:
    cut = ("字" * policy.FIRST_BYTES).encode()[: policy.FIRST_BYTES]

    assert policy.KINDS["text/plain"].begins(cut)
    assert not policy.KINDS["text/plain"].begins("字".encode()[:2])
    assert not policy.KINDS["text/plain"].begins(b"a\xffb")
    assert not policy.KINDS["text/plain"].begins(b"a\x00b")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("receipt.pdf", "receipt.pdf"),
        ("/etc/passwd.txt", "passwd.txt"),
        ("a\\b\\c.png", "c.png"),
        ("  a \n\t b.pdf ", "a b.pdf"),
        (".htaccess.txt", "htaccess.txt"),
        ("fdp.\u202eexe", "fdp.exe"),
        ("e\u0301.pdf", "é.pdf"),
        ("zero\u200bwidth.pdf", "zerowidth.pdf"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
        ("x" * 300, "x" * 120),
        ("...", ""),
        ("/", ""),
    ],
)
def test_a_name_is_kept_without_what_could_deceive(name: str, kept: str) -> None:
    assert policy.cleaned(name) == kept
    assert policy.cleaned(kept) == kept


def test_looks_come_more_and_more_seldom_and_end() -> None:
    waits = [
        at - NOW if (at := policy.look_again_at(looked, Silence.NOTHING_YET, NOW)) else None
        for looked in range(policy.MOST_LOOKS + 1)
    ]

    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (10, 20, 40, 80)]
    assert waits[-2:] == [timedelta(hours=24), None]


def test_only_the_scanners_own_words_are_verdicts() -> None:
    assert [policy.found(word) for word in ("", "NO_THREATS_FOUND", "THREATS_FOUND", "FAILED", "clean")] == [
        Silence.NOTHING_YET,
        Verdict.CLEAN,
        Verdict.INFECTED,
        Silence.CANNOT_SAY,
        Silence.CANNOT_SAY,
    ]


def test_from_every_state_only_those_listed_follow_and_what_ended_stays_ended() -> None:
    assert set(NEXT) == set(Status)
    over = {state for state, after in NEXT.items() if after <= {Status.ENDED}}
    assert over == {Status.REMOVED, Status.REFUSED, Status.EXPIRED, Status.ENDED}
    assert {state for state, after in NEXT.items() if not after} == {Status.ENDED}
    assert [state for state, after in NEXT.items() if Status.CLEAN in after] == [Status.QUARANTINED]


def test_only_a_kept_object_has_a_place() -> None:
    assert place("kept/tkt_1/att_1") == ("tkt_1", "att_1")
    assert place("incoming/tkt_1/att_1") == ("", "")
    assert {due_shard(f"att_{letter}") for letter in "01"} == {"attachments#0", "attachments#1"}
