"""R2: whatever comes between whatever, no cell has more visits than it can bear, and no seat is lost or made.

After each step of a morning every cell and every counter is counted once more. `RELIABILITY=full` runs 5,000 seeds.
"""

import os
from collections import Counter
from contextlib import suppress

import pytest

from chalicelib.appointments.model import Details, HoldSpent, written
from tests.simulation.mornings import KEYS, OPENS, Morning

SEEDS = 5000 if os.environ.get("RELIABILITY") == "full" else 500
STEPS = 60
WANTED = {"hold", "book", "move", "cancel", "accept", "shortened"}
WANTED |= {"slot_taken", "hold_spent", "hold_expired", "too_many_open", "not_found"}


@pytest.mark.parametrize("block", range(10))
def test_no_cell_bears_more_than_it_can_and_every_seat_is_accounted_for(block: int) -> None:
    total: Counter[str] = Counter()
    for seed in range(block, SEEDS, 10):
        morning = Morning(seed)
        for _ in range(STEPS):
            morning.step()
            morning.check()
        morning.check_chains()
        total.update(morning.seen)
    assert set(total) >= WANTED, "a program in which nothing of that happens proves nothing of it"


def test_of_two_who_spend_one_hold_one_has_it() -> None:
    morning = Morning(0)
    morning.tables.before_commit = lambda: None
    held = morning.holding.hold("bund", ["card"], OPENS, "", morning.call("cus_1"))
    token = KEYS.token("hold", written(held))
    rival: list[str] = []

    def first() -> None:
        morning.tables.before_commit = lambda: None
        rival.append(morning.booking.book(held.id, token, Details(), morning.call("cus_1")).id)

    morning.tables.before_commit = first
    with suppress(HoldSpent):
        morning.booking.book(held.id, token, Details(), morning.call("cus_1"))
        raise AssertionError("both have it")

    assert len(rival) == len(morning.items("appointment")) == 1
    morning.check()
