"""R3: a day in a branch by chance: people book, come, are called, put aside, sent on, served, or do not come.

While one step is about to be written, another one slips in between its reading and its writing. After each step everything
that is counted is counted once more: what each customer has open, what they missed, what the sums say of the branch, how
often each short number was given, and that nobody is at two counters. `RELIABILITY=full` runs 2,000 seeds.
"""

import os
import random
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.appointments.model import Status
from chalicelib.kernel.errors import Refusal
from tests.simulation.branch_days import DayInTheBranch

SEEDS = 2000 if os.environ.get("RELIABILITY") == "full" else 100
STEPS = 100
WANTED = {"come", "walk", "next", "serve", "done", "park", "back", "send", "gone", "due", "nobody_waiting", "too_early"}


@pytest.mark.parametrize("block", range(4))
def test_whatever_happens_on_a_day_everything_counted_is_so(block: int) -> None:
    total: Counter[str] = Counter()
    for seed in range(block, SEEDS, 4):
        day = DayInTheBranch(seed)
        for _ in range(STEPS):
            day.step()
            day.check()
        total.update(day.seen)
        over(day)
    assert set(total) >= WANTED, "a program in which nothing of that happens proves nothing of it"


def over(day: DayInTheBranch) -> None:
    """Let the day end: nobody is left, and nobody has anything open."""
    day.tables.before_commit = lambda: None
    day.now = datetime(2026, 11, 24, 16, 0, tzinfo=UTC) + timedelta(minutes=random.Random(day.seed).randrange(60))
    with suppress(Refusal):
        day.sweep()
    day.due()
    day.check()
    day.check_chains()
    assert {it.status for it in day.all()} <= {Status.DONE, Status.NO_SHOW, Status.CANCELLED}
