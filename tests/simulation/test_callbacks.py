"""Promised calls under whatever comes between whatever: room, guards and hands add up, and nothing rings that must not.

Customers, agents, the sweep and time by chance, with somebody slipping in between reading and writing. After each step rooms,
guards and hands are counted once more from the calls there are. `RELIABILITY=full` runs 5,000 seeds.
"""

import os
import random
from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.callbacks.model import NEXT, OPEN
from tests.callcentre import MONDAY, CallCentre
from tests.simulation.callers import Callers
from tests.simulation.week import Week

SEEDS = 5000 if os.environ.get("RELIABILITY") == "full" else 200
STEPS = 50
# The whole week is 3,000 calls and 12 agents; a sixth of it shows the same.
CALLS, AGENTS = (3_000, 12) if os.environ.get("RELIABILITY") == "full" else (500, 2)
WANTED = {"promise", "log", "move", "cancel", "take", "dial", "end", "release", "nothing_to_call", "already_promised"}
WANTED |= {"not_leased", "not_allowed_now", "window_full", "outside_hours"}


@pytest.mark.parametrize("block", range(4))
def test_whatever_happens_rooms_guards_and_hands_add_up(block: int) -> None:
    total: Counter[str] = Counter()
    for seed in range(block, SEEDS, 4):
        begins = MONDAY + timedelta(hours=seed // 4 % 8)
        callers = Callers(CallCentre(begins, seed), random.Random(seed))
        for _ in range(STEPS):
            callers.step()
            callers.centre.check()
        states(callers.centre)
        total.update(callers.seen)
    assert set(total) >= WANTED, (
        f"a program in which nothing of that happens proves nothing of it: {WANTED - set(total)}"
    )


def states(centre: CallCentre) -> None:
    """Each that is open has something that will be done about it, and nobody was called oftener than any rule allows."""
    called = Counter(
        (callback.customer_id, attempt.claimed_at.astimezone(ZoneInfo(callback.timezone)).date())
        for callback in centre.all()
        for attempt in callback.tries
    )
    assert max(called.values(), default=0) <= 3
    for callback in centre.all():
        assert callback.open == (callback.status in OPEN)
        assert callback.open == bool(NEXT[callback.status])
        if callback.open:
            assert callback.due_at is not None, f"nobody looks at {callback.id} ever again"


def test_in_a_week_with_two_outages_every_promise_is_kept_or_explained_and_nothing_rings_twice() -> None:
    """That nothing rings outside the hours, the week itself asserts at each ring."""
    week = Week(calls=CALLS, staff=AGENTS).live()
    found = week.table()

    assert found["promised"] == CALLS
    assert (found["still open"], found["broken: never tried"], found["rung without a try of its own"]) == (0, 0, 0)
    assert week.unexplained() == []
    assert found["leases lost"] > 0
    assert found["times an agent found the telephony system away"] > 0
    assert found["kept, first tried in the promised time"] > CALLS // 2
    week.centre.check()
