"""When a due thing gets a hint: at once, ever more seldom, and never not at all."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from chalicelib.operations import policy
from chalicelib.operations.model import Redrive
from tests.world import START

MINUTE = timedelta(minutes=1)


def hinted(minutes: int, step: timedelta = MINUTE) -> list[int]:
    """Sweep every `step` from a quarter before something is due; tell at which minutes it was hinted at."""
    found, last, now = [], START - 15 * MINUTE, START - 15 * MINUTE
    while now <= START + minutes * MINUTE:
        if now + policy.AHEAD >= START and policy.hint_now(START, now, last):
            found.append(int((now - START) / MINUTE))
        last, now = now, now + step
    return found


def test_it_is_hinted_at_within_a_minute_then_after_1_2_4_8_and_every_quarter_of_an_hour() -> None:
    assert hinted(62) == [-1, 1, 2, 4, 8, 15, 30, 45, 60]


def test_a_day_of_standstill_makes_about_a_hundred_hints() -> None:
    assert 95 <= len(hinted(24 * 60)) <= 105


@pytest.mark.parametrize("every", [3, 7, 20, 61])
def test_nothing_depends_on_a_sweep_at_a_certain_minute(every: int) -> None:
    found = hinted(600, every * MINUTE)

    assert found[0] <= every
    assert all(later - one <= max(every, 15) + every for one, later in pairwise(found))
    assert len(found) >= 600 // max(every, 15) - 2


def test_the_first_sweep_of_all_hints_at_everything() -> None:
    assert policy.hint_now(START - timedelta(days=9), START, None)


def test_a_sweep_at_the_same_instant_once_more_hints_at_nothing_again() -> None:
    assert not policy.hint_now(START, START, START)


@pytest.mark.parametrize(("seconds", "delay"), [(-5, 0), (0, 0), (0.2, 1), (59.001, 60), (60, 60), (5000, 900)])
def test_a_hint_waits_until_the_thing_is_due_and_never_arrives_early(seconds: float, delay: int) -> None:
    assert policy.delay(START + timedelta(seconds=seconds), START) == delay


def test_a_share_of_nothing_is_none_and_receipts_of_earlier_texts_make_it_no_more_than_all() -> None:
    assert (policy.share(0, 0), policy.share(5, 0), policy.share(1, 3), policy.share(5, 3)) == (None, None, 0.333, 1.0)


@pytest.mark.parametrize(("until", "left"), [(None, 0), (START, 0), (START + timedelta(seconds=44.2), 45)])
def test_a_claim_runs_out(until: datetime | None, left: int) -> None:
    assert Redrive("receipts", until).seconds_left(START) == left
