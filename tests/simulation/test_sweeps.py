"""R7: the sweep runs 0 to 3 times a minute, stays away for up to a day, dies in the middle of a page; messages get lost.

`RELIABILITY=full` runs 400 seeds. That nothing is told early, twice or after the end is for the laws to see, which look
at every write.
"""

import os
import random
from contextlib import suppress
from datetime import timedelta

import pytest

from chalicelib.kernel.errors import Refusal
from chalicelib.tickets.model import Kind

from .acts import ONWARDS, Acts
from .desk import Desk
from .faults import minutes, unreliable
from .laws import Laws, to_do

SEEDS = 400 if os.environ.get("RELIABILITY") == "full" else 12


@pytest.mark.parametrize("seed", range(SEEDS))
def test_each_due_thing_is_acted_on_once_and_what_was_missed_within_one_sweep(seed: int) -> None:
    desk, chance = Desk(seed), random.Random(f"sweeps {seed}")
    acts, _ = Acts(desk, desk.chance), Laws(desk)
    for _ in range(3):
        acts.file(chance.choice(list(Kind)))
    for _ in range(8):
        on(desk, acts, chance)
        minutes(desk, unreliable(desk, chance), chance.choice((10, 60, 180)))
        desk.publish()
        desk.queues.waiting[:] = [message for message in desk.queues.waiting if chance.random() < 0.5]
        desk.now += timedelta(hours=chance.choice((0, 3, 24)))
        once(desk)


def on(desk: Desk, acts: Acts, chance: random.Random) -> None:
    """Somebody does what comes next, or lets the matter go."""
    ticket = chance.choice(sorted(desk.tickets(), key=lambda ticket: ticket.id))
    name = chance.choice((*ONWARDS.get(ticket.status, ("read",)), "withdraw"))
    with suppress(Refusal):
        acts.do(name, ticket, acts.likely(ticket))


def once(desk: Desk) -> None:
    """After one whole sweep and its messages nothing that was due is left."""
    desk.sweep()
    desk.drain()
    for ticket in desk.tickets():
        late = [at for at in to_do(ticket, desk.now) if at <= desk.now]
        assert not late, f"{ticket.id} was not acted on: {late}"
