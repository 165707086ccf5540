"""R3: a day in a branch by chance: people book, come, are called, put aside, sent on, served, or do not come.

While one step is about to be written, another one slips in between its reading and its writing. After each step everything
that is counted is counted once more: what each customer has open, what they missed, what the sums say of the branch, how
often each short number was given, and that nobody is at two counters. `RELIABILITY=full` runs 2,000 seeds.
"""

import os
import random
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.appointments.model import Appointment, Figure, Proof, Status, Who
from chalicelib.appointments.service import Arrivals, Calling, Missing, Queueing, Watching, Words
from chalicelib.appointments.store import DynamoDays
from chalicelib.appointments.store.items import from_item
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import Refusal
from tests.simulation.test_bookings import KEYS, OPENS, Morning

SEEDS = 2000 if os.environ.get("RELIABILITY") == "full" else 100
STEPS = 100
SEEN = Proof("id-card", True, "0" * 64)
TODAY = date(2026, 11, 24)
_IN = {Status.BOOKED, Status.CHECKED_IN, Status.CALLED, Status.SERVING, Status.PARKED}


class NobodySaw:
    """Documents at which nobody looked beforehand."""

    def witnessed(self, visit: str, on: date) -> None:
        return None


class DayInTheBranch(Morning):
    """One branch, from an hour before it opens until the next morning."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.now = OPENS - timedelta(minutes=65)
        self.days = DynamoDays(self.tables)  # type: ignore[arg-type]
        people: Any = self
        catalogue = self.holding.finding.catalogue
        queueing = Queueing(self.days, catalogue)
        missing = Missing(self.changing, catalogue, self.days)
        self.arrivals = Arrivals(self.changing, queueing, self.days, people, KEYS)
        self.calling = Calling(self.changing, queueing, self.days, NobodySaw())
        self.missing = missing
        self.watching = Watching(self.changing, queueing, missing, Words(self.changing, catalogue))
        self.acts = (
            *([self.hold] * 3 + [self.book] * 5 + [self.come] * 6 + [self.next] * 2 + [self.serve] * 2),
            *(self.cancel, self.sweep, self.walk, self.done, self.park, self.back, self.send),
            *(self.gone, self.due, self.wait, self.wait),
        )

    def step(self) -> None:
        self.depth += 1
        act = self.chance.choice(self.acts)
        try:
            act()
        except Refusal as refused:
            self.seen[refused.code] += 1
        else:
            self.seen[act.__name__] += 1
        self.depth -= 1

    def wait(self) -> None:
        self.now += timedelta(minutes=self.chance.choice((2, 10, 30)))

    def clerk(self) -> Call:
        return self.call("clerk", Role.CLERK)

    def any(self, *states: Status) -> str:
        """Pick somebody, most often one of those for whom the step is meant."""
        found = [it.id for it in self.all() if it.status in states or self.chance.random() < 0.1]
        return self.chance.choice(sorted(found) or ["none"])

    def found_by_phone(self, phone: str) -> str:
        return phone

    def come(self) -> None:
        code = KEYS.token("check_in", self.any(Status.BOOKED))
        self.arrivals.check_in("bund", Who(code=code), None, self.clerk())

    def walk(self) -> None:
        who = self.chance.choice(("", "cus_1"))
        self.arrivals.walk_in("bund", [self.chance.choice(("card", "account"))], (who, ""), (), self.clerk())

    def next(self) -> None:
        self.calling.call_next("bund", self.chance.choice("123"), (), "", self.clerk())

    def serve(self) -> None:
        self.calling.serve(self.any(Status.CALLED), SEEN, self.clerk())

    def done(self) -> None:
        self.calling.done(self.any(Status.SERVING), self.clerk())

    def park(self) -> None:
        self.calling.park(self.any(Status.CALLED, Status.CHECKED_IN), "fetches", self.clerk())

    def back(self) -> None:
        self.calling.back(self.any(Status.PARKED), self.clerk())

    def send(self) -> None:
        self.calling.transfer(self.any(Status.SERVING), "", "", "2", self.clerk())

    def gone(self) -> None:
        self.missing.no_show(self.any(Status.BOOKED, Status.CALLED), self.clerk())

    def due(self) -> None:
        for item in self.items("appointment"):
            if item.get("due_at", "~") <= text(self.now):
                self.watching.due(item["id"], self.call("system", Role.SYSTEM))

    # --- counted once more ------------------------------------------------------------------------------------------

    def all(self) -> list[Appointment]:
        return [from_item(item) for item in self.items("appointment")]

    def check(self) -> None:
        everybody = self.all()
        owners = Counter(it.customer_id for it in everybody if it.visit and it.status in _IN)
        owners.update(hold.customer_id for hold in self.holds())
        counted = {item["pk"].removeprefix("customer#"): item["open_now"] for item in self.items("count")}
        assert {who: count for who, count in counted.items() if count} == owners
        tickets = Counter(it.turn.ticket[1:] for it in everybody if it.turn)
        assert max(tickets.values(), default=1) == 1
        missed = Counter(it.customer_id for it in everybody if it.status is Status.NO_SHOW and it.turn is None)
        assert missed == Counter(item["pk"].removeprefix("customer#") for item in self.items("missed#"))
        self.check_sums(everybody)

    def check_sums(self, everybody: list[Appointment]) -> None:
        total = Figure()
        for line in self.days.figures("bund", TODAY, TODAY):
            total = total.plus(line.figure)
        booked = [it for it in everybody if it.visit]
        assert total.came == sum(it.turn is not None for it in booked)
        assert total.missed == sum(it.status is Status.NO_SHOW and it.turn is None for it in booked)
        assert total.called == sum(it.turn is not None and it.turn.called_at is not None for it in everybody)
        assert total.promised == total.called >= total.kept
        done = [it for it in everybody if it.status is Status.DONE and len(it.services) == 1]
        assert total.served <= len(done)


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
    assert {it.status for it in day.all()} <= {Status.DONE, Status.NO_SHOW, Status.CANCELLED}
