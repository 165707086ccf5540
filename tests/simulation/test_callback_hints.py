"""R6 and R7 for promised calls: whatever becomes of hints and of the sweep, what happens to a call happens once.

Compared is every item, what was said and what rang, with a doubled, shuffled and failing delivery against an ordered one; but
not what only numbers and hashes the chain. `RELIABILITY=full` runs 2,000 seeds of the one and 400 of the other.
"""

import json
import os
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.callbacks.model import Callback, Wish
from chalicelib.callbacks.store.items import from_item
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Refusal
from tests.fakes.callbacks import FakeTelephony
from tests.simulation.callers import outcome
from tests.simulation.desk import Desk
from tests.simulation.faults import Chaos, minutes, unreliable

FULL = os.environ.get("RELIABILITY") == "full"
SEEDS, SWEPT = (2000, 400) if FULL else (16, 8)
COUNTED = {"version", "seq", "head"}
UNIT = "china"
AGENTS = (f"agent-{UNIT}-1", f"agent-{UNIT}-2")


class Office(Desk):
    """The whole wiring, with customers who want to be called and agents who call."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.telephony = FakeTelephony()
        self.services.__dict__["telephony"] = self.telephony
        self.wishes = random.Random(f"wishes {seed}")

    def customer(self) -> Call:
        """Make the call of the customer in China."""
        actor = Actor(self.customers[0], frozenset({Role.CUSTOMER}), unit=UNIT)
        return Call(actor, self.now, "req", "simulation", self.chance.randbytes)

    def act(self) -> None:
        """Let somebody do something."""
        for act in (
            self.wishes.choice((self.promise, self.promise, self.move, self.cancel)),
            self.call_up,
            self.call_up,
        ):
            with suppress(Refusal):
                act()

    def promise(self) -> None:
        windows = self.services.call_windows.windows("", None, 7, "", self.customer())
        start = self.wishes.choice([None, *[window.starts_at for window in windows[:6]]])
        self.services.promising.promise(Wish(start, "My card is blocked."), self.customer())

    def move(self) -> None:
        windows = self.services.call_windows.windows("", None, 7, "", self.customer())
        start = self.wishes.choice(windows[:8]).starts_at
        self.services.moving.reschedule(self.newest().id, start, self.customer())

    def cancel(self) -> None:
        self.services.moving.cancel(self.newest().id, self.customer())

    def call_up(self) -> None:
        """Take the next call, ring, and say what came of it; or vanish before or after that."""
        agent, chance, result = self.wishes.choice(AGENTS), self.wishes.random(), outcome(self.wishes)
        held = self.services.leasing.next("", self.call(agent))
        if chance > 0.2:
            self.services.trying.dial(held.id, self.call(agent))
        if chance > 0.3:
            self.services.trying.attempt(held.id, result, "", self.call(agent))

    def callbacks(self) -> list[Callback]:
        items = self.tables.items["callbacks"].items()
        return sorted((from_item(item) for (_, sk), item in items if sk == "callback"), key=lambda it: it.id)

    def newest(self) -> Callback:
        return self.callbacks()[-1]


def lived(seed: int, mess: Callable[[Desk], Any] | None) -> Office:
    """Let an institution live through the same wishes; only the way of its messages differs."""
    desk = Office(seed)
    way = mess(desk) if mess else None
    desk.promise()
    for _ in range(18):
        desk.act()
        desk.drain(way)
        desk.pass_time(desk.now + timedelta(minutes=desk.wishes.choice((0, 15, 60, 60, 120, 900))), way)
    desk.pass_time(desk.now + timedelta(days=6), way)
    return desk


def state(desk: Office) -> dict[str, str]:
    found = {}
    for table in ("callbacks", "notifications"):
        for key, item in desk.tables.items[table].items():
            kept = {name: value for name, value in item.items() if name not in COUNTED}
            found[f"{table} {key}"] = json.dumps(kept, sort_keys=True, default=str)
    return found


def told(desk: Office) -> Counter[str]:
    chains = desk.tables.chains.items()
    return Counter(
        f"{who} {it.event} {it.at} {json.dumps(it.body, sort_keys=True)}" for who, chain in chains for it in chain
    )


@pytest.mark.parametrize("seed", range(SEEDS))
def test_doubled_shuffled_and_failing_hints_leave_the_state_of_an_ordered_delivery(seed: int) -> None:
    ordered = lived(seed, None)
    chaotic = lived(seed, lambda desk: Chaos(desk, random.Random(seed)).mess)

    assert state(chaotic) == state(ordered)
    assert told(chaotic) == told(ordered)
    assert chaotic.provider.sent == ordered.provider.sent
    assert chaotic.telephony.rung == ordered.telephony.rung


def test_calls_of_such_lives_end_in_every_way() -> None:
    ends = {callback.status.value for seed in range(16) for callback in lived(seed, None).callbacks()}
    assert ends >= {"kept", "unreached", "broken", "cancelled"}, "lives in which nothing happens prove nothing"


@pytest.mark.parametrize("seed", range(SWEPT))
def test_a_sweep_that_comes_late_or_dies_makes_nothing_happen_twice_or_never(seed: int) -> None:
    desk, chance = Office(seed), random.Random(f"sweeps {seed}")
    desk.promise()
    for _ in range(8):
        desk.act()
        minutes(desk, unreliable(desk, chance), chance.choice((10, 60)))
        desk.publish()
        desk.queues.waiting[:] = [message for message in desk.queues.waiting if chance.random() < 0.5]
        desk.now += timedelta(hours=chance.choice((0, 3, 24)))
        desk.sweep()
        desk.drain()
        assert [it.id for it in desk.callbacks() if it.due_at and it.due_at <= desk.now] == []
    for callback in desk.callbacks():
        happened = Counter(record.event for record in desk.tables.chains[callback.id])
        once = ("promised", "late", "broken", "unreached", "kept", "declined", "cancelled", "told")
        assert all(happened[f"callback.{name}"] <= 1 + happened["callback.moved"] for name in once), happened
    assert len(desk.telephony.rung) == len(set(desk.telephony.asked))
