"""Windows that slide, and what was made good."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.limits import Bucket, Limit
from chalicelib.kernel.money import Money, written
from chalicelib.kernel.network import network

START = datetime(2026, 11, 23, tzinfo=UTC)
DAY = timedelta(days=1)
CLOSED, OPEN = Limit(3, timedelta(minutes=10)), Limit(3, timedelta(minutes=10), open=True)


@given(st.lists(st.integers(0, 400), max_size=200))
def test_never_more_than_allowed_in_any_window(steps: list[int]) -> None:
    bucket, now, taken = Bucket("k"), START, []
    for step in steps:
        now += timedelta(seconds=step)
        wait = bucket.wait(CLOSED, now)
        assert (wait == 0) == (sum(now - at < CLOSED.within for at in taken) < CLOSED.most)
        if wait == 0:
            bucket = bucket.taken(CLOSED, now, DAY)
            taken.append(now)
        else:
            assert bucket.wait(CLOSED, now + timedelta(seconds=wait)) == 0
            assert bucket.wait(CLOSED, now + timedelta(seconds=wait - 1, milliseconds=999)) <= 1
    assert len(bucket.times) <= CLOSED.most


def test_what_was_made_good_counts_no_more_where_only_what_is_open_does() -> None:
    bucket = Bucket("k")
    for _ in range(3):
        bucket = bucket.taken(OPEN, START, DAY)
    made_good = Bucket(**{**vars(bucket), "credit": 2})

    assert bucket.wait(OPEN, START) == 600
    assert made_good.wait(OPEN, START) == 0
    assert made_good.wait(CLOSED, START) == 600
    after = made_good.taken(OPEN, START, DAY)
    assert (len(after.times), after.credit, after.count, after.good) == (2, 0, 4, 2)


def test_the_long_count_begins_anew_when_its_time_is_over() -> None:
    bucket = Bucket("k").taken(OPEN, START, DAY)

    assert bucket.taken(OPEN, START + DAY - timedelta(seconds=1), DAY).count == 2
    assert bucket.taken(OPEN, START + DAY, DAY).count == 1


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_a_line_is_counted_once_however_many_addresses_it_has(address: str, counted: str) -> None:
    assert network(address) == counted


@pytest.mark.parametrize(
    ("money", "english", "chinese"),
    [
        (Money(123_456, "CNY"), "CNY 1,234.56", "人民币1,234.56元"),
        (Money(5, "GBP"), "GBP 0.05", "0.05（GBP）"),
        (Money(5_000, "JPY"), "JPY 5,000", "5,000（JPY）"),
        (Money(1_234, "KWD"), "KWD 1.234", "1.234（KWD）"),
    ],
)
def test_money_is_written_in_its_own_digits(money: Money, english: str, chinese: str) -> None:
    assert (written(money, "en"), written(money, "zh-CN")) == (english, chinese)


def test_one_that_was_nothing_after_all_is_counted_back_once_and_no_other() -> None:
    limit, watched = Limit(5, timedelta(hours=1)), timedelta(days=1)
    later = START + timedelta(minutes=1)
    bucket = Bucket("b").taken(limit, START, watched).taken(limit, later, watched)

    back = bucket.untaken(later)
    assert (back.times, back.count) == (bucket.times[:1], 1)
    assert back.untaken(later) == back
    good = replace(bucket, credit=2)
    assert good.untaken(later) == good, "what was made good stays so"
