"""A text's status goes forward only; ids follow from what is said; and whose receipts are believed."""

import hmac
from datetime import timedelta
from itertools import permutations

import pytest

from chalicelib.kernel.errors import SignatureInvalid
from chalicelib.kernel.signatures import check_signature
from chalicelib.notifications import policy
from chalicelib.notifications.model import Status, due_shard, receipt_id, text_id
from tests.builders import id_of, make_text
from tests.world import START

ORDER = [Status.SENDING, Status.SENT, Status.DELIVERED, Status.FAILED]
KEY = b"a key"


@pytest.mark.parametrize("status", ORDER)
@pytest.mark.parametrize("to", ORDER)
def test_a_status_never_moves_back_nor_to_the_side(status: Status, to: Status) -> None:
    over = {Status.DELIVERED, Status.FAILED}
    forward = status not in over and to is not status and ORDER.index(to) > ORDER.index(status)

    moved = make_text(status=status).moved(to)

    assert (moved is not None) == forward
    assert moved is None or (moved.status, moved.due_at) == (to, None)


def test_in_whatever_order_news_comes_the_end_is_an_end() -> None:
    for news in permutations([Status.SENT, Status.DELIVERED, Status.SENT]):
        text = make_text(status=Status.SENDING)
        for status in news:
            text = text.moved(status) or text
        assert text.status is Status.DELIVERED


def test_one_word_to_one_person_has_one_id_and_another_another() -> None:
    ids = [
        text_id(*said)
        for said in ((id_of(1), "a", "x"), (id_of(2), "a", "x"), (id_of(1), "b", "x"), (id_of(1), "a", "y"))
    ]

    assert len(set(ids)) == 4
    assert text_id(id_of(1), "a", "x") == ids[0]
    assert text_id(id_of(1), "a", "bx") != text_id(id_of(1), "ab", "x")


def test_the_same_statement_has_one_id() -> None:
    assert receipt_id("said", START) == receipt_id("said", START) != receipt_id("else", START)
    assert {due_shard(id_of(n, "msg")) for n in range(32)} == {f"notifications#{n}" for n in range(4)}


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 2), (4, 8), (7, 60), (12, 60), (99, 60)])
def test_it_is_tried_again_ever_more_seldom_but_every_hour(tries: int, minutes: int) -> None:
    assert policy.try_again_at(START, tries) == START + timedelta(minutes=minutes)


def signed(body: str, at: float = 0, key: bytes = KEY) -> str:
    stamp = str(int(START.timestamp() + at))
    return f"t={stamp},v1={hmac.digest(key, f'{stamp}.{body}'.encode(), 'sha256').hex()}"


@pytest.mark.parametrize("seconds", [0, 300, -300])
def test_what_is_signed_just_now_is_believed(seconds: int) -> None:
    check_signature(signed("{}", seconds), "{}", [KEY], START)


GOOD = signed("{}")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "nonsense",
        signed("{ }"),
        signed("{}", 301),
        signed("{}", -301),
        signed("{}", key=b"another"),
        GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1"),
        GOOD.replace("t=1", "t=2", 1),
        GOOD.partition(",")[0],
        GOOD.partition(",")[2],
        GOOD.replace("t=", "t=-"),
        GOOD.replace("t=", "t=９", 1),
        f"t={'1' * 400},v1=00",
        GOOD.replace("v1=", "v0="),
    ],
)
def test_what_is_forged_stale_early_or_mangled_is_not(header: str) -> None:
    with pytest.raises(SignatureInvalid):
        check_signature(header, "{}", [KEY], START)
