"""R2: whatever comes between whatever, no cell has more visits than it can bear, and no seat is lost or made.

Holds, bookings, moves, cancellations and expiries of five customers on one morning, by chance; and while one of them is
about to be written, another one slips in between its reading and its writing. After each step every cell and every counter
is counted once more from the holds and appointments there are. `RELIABILITY=full` runs 5,000 seeds.
"""

import os
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.appointments.model import Branch, Channel, Details, Hold, HoldSpent, Service, Status, read, written
from chalicelib.appointments.service import Booking, Changing, Finding, Holding
from chalicelib.appointments.store import DynamoAppointments
from chalicelib.appointments.store.items import from_item
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Refusal
from chalicelib.kernel.tokens import Keys
from chalicelib.sla.packs import Packs
from tests.simulation.tables import MemoryTables

SEEDS = 5000 if os.environ.get("RELIABILITY") == "full" else 500
STEPS = 60
OPENS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DAY = "bund#2026-11-24"
KEYS = Keys(b"root")
SERVICES = {
    "card": Service("card", {}, 15, "desk"),
    "account": Service("account", {}, 30, "desk", before=15),
    "estate": Service("estate", {}, 20, "advice", after=5),
}
ROLES = (Role.CUSTOMER, Role.AGENT, Role.CLERK)


class Shelf:
    """A catalogue of one branch, open for an hour and a half."""

    def __init__(self, counters: int, shares: dict[Channel, int]) -> None:
        hours = {day: ((time(9), time(10, 30)),) for day in range(5)}
        self.branch_ = Branch(
            "bund",
            "east",
            {},
            "Asia/Shanghai",
            "CN",
            hours,
            {"desk": counters, "advice": 1},
            tuple(SERVICES),
            shares=shares,
            release=24,
        )

    def branches(self) -> dict[str, Branch]:
        return {"bund": self.branch_}

    def services(self) -> dict[str, Service]:
        return SERVICES


@dataclass
class Morning:
    """One branch, one morning, and everybody who wants something of it."""

    seed: int
    now: datetime = OPENS - timedelta(hours=26)
    tables: MemoryTables = field(default_factory=MemoryTables)
    tokens: list[tuple[str, str, str]] = field(default_factory=list)  # hold, token, customer
    booked: list[str] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    depth: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.capacity = 1 + self.seed % 20
        shelf: Any = Shelf(self.capacity, {Channel.PUBLIC: 70, Channel.CALL_CENTRE: 30} if self.seed % 3 else {})
        self.store = DynamoAppointments(self.tables)
        people: Any = self
        self.holding = Holding(self.store, Finding(self.store, shelf, PACKS, KEYS), people)
        self.booking = Booking(self.store, KEYS)
        self.changing = Changing(self.store, self.booking, self.holding, KEYS)
        self.tables.before_commit = self.slip_in

    def known(self, id_: str) -> str:
        return id_

    def call(self, customer: str, role: Role = Role.CUSTOMER) -> Call:
        actor = Actor(customer, frozenset({role}), "east", frozenset({"east"}))
        return Call(actor, self.now, "r", "api", self.chance.randbytes)

    def slip_in(self) -> None:
        """Let somebody else act between the reading and the writing of a step."""
        if self.depth < 2 and self.chance.random() < 0.2:
            self.step()

    def step(self) -> None:
        self.depth += 1
        self.act(
            self.chance.choice(
                (*[self.hold] * 4, *[self.book] * 3, *[self.move] * 3, self.cancel, self.sweep, self.wait)
            )
        )
        self.depth -= 1

    def act(self, act: Any) -> None:
        """Try something, and note what came of it."""
        try:
            act()
        except Refusal as refused:
            self.seen[refused.code] += 1
        else:
            self.seen[act.__name__] += 1

    def hold(self) -> None:
        customer, role = f"cus_{self.chance.randrange(5)}", self.chance.choice(ROLES)
        wanted = self.chance.sample(sorted(SERVICES), self.chance.choice((1, 1, 2)))
        start = OPENS + timedelta(minutes=15 * self.chance.randrange(6))
        if role is Role.CUSTOMER:
            instead = self.chance.choice(("", "", *self.booked[-1:]))
            held = self.holding.hold("bund", wanted, start, instead, self.call(customer))
        else:
            held = self.holding.hold_for((customer, ""), "bund", wanted, start, self.call("agent", role))
        self.tokens.append((held.id, KEYS.token("hold", written(held)), customer))

    def book(self) -> None:
        hold, token, customer = self.chance.choice(self.tokens[-6:] or [("none", "none", "cus_0")])
        self.booked.append(self.booking.book(hold, token, Details(), self.call(customer)).id)
        self.owners[self.booked[-1]] = customer

    def move(self) -> None:
        hold, token, customer = self.chance.choice(self.tokens[-6:] or [("none", "none", "cus_0")])
        # Now and then somebody tries it with what is another's.
        own = (
            [id_ for id_, owner in self.owners.items() if owner == customer]
            if self.chance.random() < 0.8
            else self.booked
        )
        self.changing.reschedule(self.chance.choice(own or ["none"]), hold, token, {}, self.call(customer))

    def cancel(self) -> None:
        self.changing.cancel(self.chance.choice(self.booked or ["none"]), self.call("lead", Role.SUPERVISOR))

    def sweep(self) -> None:
        for id_ in [hold.id for hold in self.holds()]:
            self.holding.expire(DAY, id_, self.call("system", Role.SYSTEM))

    def wait(self) -> None:
        self.now += timedelta(minutes=self.chance.choice((1, 1, 2, 5)))

    # --- counted once more ------------------------------------------------------------------------------------------

    def items(self, kind: str) -> list[dict[str, Any]]:
        return [item for (_, sk), item in self.tables.items["appointments"].items() if sk.startswith(kind)]

    def holds(self) -> list[Hold]:
        return [read(item["said"]) for item in self.items("hold#")]

    def check(self) -> None:
        appointments = [from_item(item) for item in self.items("appointment")]
        open_ = [it for it in appointments if it.status is Status.BOOKED]
        cells: Counter[tuple[str, str, str]] = Counter()
        for visit, channel in [(it.visit, it.channel) for it in open_] + [
            (it.visit, it.channel) for it in self.holds()
        ]:
            assert visit is not None
            for pool, start in visit.cells():
                cells[pool, start.isoformat(), channel.value] += 1
        kept: Counter[tuple[str, str, str]] = Counter()
        for item in self.items("cell#"):
            _, pool, start = item["sk"].split("#")
            parts = {channel: item.get(f"by_{channel.value}", 0) for channel in Channel}
            assert item["taken"] == sum(parts.values())
            assert 0 <= item["taken"] <= (self.capacity if pool == "desk" else 1)
            at = datetime.fromisoformat(start).isoformat()
            kept.update({(pool, at, channel.value): count for channel, count in parts.items() if count})
        assert kept == cells
        owners = Counter(it.customer_id for it in (*open_, *self.holds()))
        counted = {item["pk"].removeprefix("customer#"): item.get("open_now", 0) for item in self.items("count")}
        assert {who: count for who, count in counted.items() if count} == owners
        assert max(owners.values(), default=0) <= 4


PACKS = Packs.open(Path(__file__).parents[2] / "chalicelib" / "packs")
WANTED = {"hold", "book", "move", "cancel", "slot_taken", "hold_spent", "hold_expired", "too_many_open", "not_found"}


@pytest.mark.parametrize("block", range(10))
def test_no_cell_bears_more_than_it_can_and_every_seat_is_accounted_for(block: int) -> None:
    total: Counter[str] = Counter()
    for seed in range(block, SEEDS, 10):
        morning = Morning(seed)
        for _ in range(STEPS):
            morning.step()
            morning.check()
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
