"""R2 with a waitlist: whoever waits, is offered, takes, declines, leaves or says nothing, with whatever between.

After each step all seats are counted as in `test_bookings`; and that nobody is offered a time without a hold of their own,
that each offer passed over nobody whom it suited, and that who waits has a line for each day, and nobody else.
"""

import os
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.appointments.model import Details, Part, Stage, Waiting, Wish
from chalicelib.appointments.policy.waitlist import waiting_order
from chalicelib.appointments.service import Offering, TakingUp, Waitlisting
from chalicelib.appointments.store import DynamoWaitlist
from chalicelib.appointments.store.waiting import waiting_of
from chalicelib.kernel.actors import Role
from tests.simulation.mornings import KEYS, SERVICES, Morning

SEEDS = 2000 if os.environ.get("RELIABILITY") == "full" else 60
STEPS = 80
TODAY = date(2026, 11, 24)


class WaitingMorning(Morning):
    """One branch that is full soon, and five people who want to come all the same."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.capacity = 1 + self.seed % 2
        shelf: Any = self.holding.finding.catalogue
        shelf.branch_ = replace(shelf.branch_, counters={"desk": self.capacity, "advice": 1}, lead=30)
        people: Any = self
        self.waitlist = Waitlisting(DynamoWaitlist(self.tables), self.holding.finding, people, KEYS, people)
        self.offering, self.taking_up = Offering(self.waitlist, self.holding), TakingUp(self.waitlist)
        self.acts = (
            *([self.hold] * 4 + [self.book] * 5 + [self.cancel] * 2 + [self.join] * 4 + [self.look] * 5),
            *(self.accept, self.accept, self.decline, self.leave, self.due, self.sweep, self.wait, self.wait),
        )

    def step(self) -> None:
        self.depth += 1
        self.act(self.chance.choice(self.acts))
        self.depth -= 1

    def ours(self) -> Any:
        return self.call("system", Role.SYSTEM)

    def join(self) -> None:
        customer, needs = f"cus_{self.chance.randrange(5)}", self.chance.choice(((), (), ("mobility",)))
        last = TODAY.replace(day=24 + self.chance.randrange(3))
        wanted = (self.chance.choice(sorted(SERVICES)),)
        wish = Wish("bund", wanted, TODAY, last, self.chance.choice((Part.ANY, Part.MORNING)), needs)
        self.waitlist.join(wish, self.call(customer))

    def look(self) -> None:
        self.offering.look("bund", TODAY, self.ours())

    def accept(self) -> None:
        link, hold = self.offer()
        self.taking_up.accept(link, hold, Details(), self.ours())

    def decline(self) -> None:
        link, hold = self.offer()
        self.taking_up.decline(link, hold, self.ours())

    def leave(self) -> None:
        self.waitlist.leave(self.any_of(Stage.WAITING, Stage.OFFERED), self.call("lead", Role.SUPERVISOR))

    def due(self) -> None:
        for entry in self.entries():
            self.offering.due(entry.id, self.ours())

    def any_of(self, *stages: Stage) -> str:
        found = [it.id for it in self.entries() if it.stage in stages or self.chance.random() < 0.1]
        return self.chance.choice(sorted(found) or ["none"])

    def offer(self) -> tuple[str, str]:
        """Pick an offer, now and then one that is over."""
        entry = next((it for it in self.entries() if it.id == self.any_of(Stage.OFFERED)), None)
        if entry is None:
            return "none", "none"
        hold = entry.offer.id if entry.offer else "none"
        return KEYS.token("waiting", entry.id), hold

    # --- counted once more ------------------------------------------------------------------------------------------

    def entries(self) -> list[Waiting]:
        return [waiting_of(item) for item in self.items("waiting")]

    def check(self) -> None:
        super().check()
        entries, held = self.entries(), {hold.id for hold in self.holds()}
        for entry in entries:
            assert (entry.stage is Stage.OFFERED) == (entry.offer is not None)
            lasts = entry.offer is not None and entry.offer.until > self.now
            assert not lasts or (entry.offer and entry.offer.id in held), "who is offered something has it"
        waiting = Counter(it.customer_id for it in entries if it.open)
        counted = {item["pk"].removeprefix("customer#"): item.get("waiting_now", 0) for item in self.items("count")}
        assert {who: count for who, count in counted.items() if count} == waiting
        lines = {(item["sk"], item["entry"]) for item in self.tables.items["appointments"].values() if "entry" in item}
        assert lines == {(f"{day}#{it.customer_id}", it.id) for it in entries if it.open for day in it.days()}


WANTED = {"join", "look", "accept", "decline", "leave", "due", "already_waiting", "nothing_offered"}


@pytest.mark.parametrize("block", range(4))
def test_nothing_is_offered_that_is_not_held_and_every_seat_is_accounted_for(block: int) -> None:
    total: Counter[str] = Counter()
    stages: Counter[str] = Counter()
    for seed in range(block, SEEDS, 4):
        morning = WaitingMorning(seed)
        for _ in range(STEPS):
            morning.step()
            morning.check()
        total.update(morning.seen)
        stages.update(it.stage.value for it in morning.entries())
        told(morning)
    assert set(total) >= WANTED, "a program in which nothing of that happens proves nothing of it"
    assert {"waiting", "offered", "booked", "left"} <= set(stages)


def told(morning: WaitingMorning) -> None:
    """Read from the records that nobody was passed over in silence: whoever was ahead is named, as many as there were."""
    for chain in morning.tables.chains.values():
        for record in chain:
            if record.event == "waitlist.offered":
                assert len(record.body["ahead"]) == min(record.body["passed"], 50)
                assert all(why["because"] for why in record.body["ahead"])


def test_the_order_is_total() -> None:
    morning = WaitingMorning(0)
    for _ in range(40):
        morning.step()
    order = [waiting_order(entry) for entry in morning.entries()]
    assert len(set(order)) == len(order)
