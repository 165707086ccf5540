"""The queues misbehave as asked, and not otherwise."""

import random
from typing import Any

import pytest

from infra.local.chaos import Chaos, Mischief, read_chaos
from infra.local.queue_pump import Hand


def mischief(**chaos: Any) -> Mischief:
    made = Mischief(random.Random(1))
    made.chaos = Chaos(**chaos)
    return made


def messages(count: int) -> list[dict[str, Any]]:
    return [{"MessageId": str(number)} for number in range(count)]


def ids(hand: Hand, most: int, now: float) -> list[str]:
    return [each.message["MessageId"] for each in hand.batch(most, now)]


def test_without_chaos_messages_pass_once_in_order_and_at_once() -> None:
    hand = Hand(mischief())

    hand.take_in(messages(12), now=0.0)

    assert ids(hand, 10, 0.0) == [str(number) for number in range(10)]
    assert ids(hand, 10, 0.0) == ["10", "11"]
    assert hand.held == []


def test_a_doubled_message_comes_a_second_time_and_later() -> None:
    hand = Hand(mischief(duplicate=1.0))

    hand.take_in(messages(3), now=0.0)

    assert ids(hand, 10, 0.0) == ["0", "1", "2"]
    assert ids(hand, 10, 0.01) == []
    assert sorted(ids(hand, 10, 9.0)) == ["0", "1", "2"]
    assert hand.held == []


def test_one_batch_never_holds_a_message_twice() -> None:
    hand = Hand(mischief(duplicate=1.0))
    hand.take_in(messages(3), now=0.0)

    assert sorted(ids(hand, 10, 9.0)) == ["0", "1", "2"]
    assert sorted(ids(hand, 10, 9.0)) == ["0", "1", "2"]


def test_shuffling_mixes_within_batches_and_between_them() -> None:
    hand = Hand(mischief(shuffle=True))
    hand.take_in(messages(40), now=0.0)

    first, rest = ids(hand, 10, 0.15), ids(hand, 40, 9.0)

    assert sorted([*first, *rest], key=int) == [str(number) for number in range(40)]
    assert first != sorted(first, key=int)
    assert any(int(late) < int(early) for late in rest for early in first)


def test_shares_are_kept() -> None:
    dice = mischief(drop_hint=0.25, fail_provider=1.0)

    assert 200 < sum(dice.drops() for _ in range(1000)) < 300
    assert all(dice.fails() for _ in range(100))
    assert not any(mischief().drops() for _ in range(100))


@pytest.mark.parametrize(
    "wish",
    [
        {"duplicate": 1.1},
        {"drop_hint": -0.1},
        {"shuffle": 1},
        {"duplicate": True},
        {"fail_provider": "1"},
        {"delay": 1},
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(wish: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"number|true|unknown"):
        read_chaos(wish)


def test_what_a_wish_does_not_name_goes_right_again() -> None:
    assert read_chaos({"shuffle": True}) == Chaos(shuffle=True)
    assert read_chaos({}) == Chaos()
