"""R3: random programs of everything that happens to appointments, at two branches that close and open again meanwhile.

`RELIABILITY=full` runs 5,000 programs; without it there are some dozens.
"""

import os
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from chalicelib.appointments.model import Status
from chalicelib.kernel.errors import Refusal
from tests.simulation.closing_days import ClosingDays

FULL = os.environ.get("RELIABILITY") == "full"
STEPS = 40
NIGHT = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)
BOOKING = (*["hold"] * 5, *["book"] * 5, "move", "move", "cancel", "sweep")
BRANCH = (
    "come",
    "come",
    "come",
    "walk",
    "next",
    "next",
    "serve",
    "serve",
    "done",
    "park",
    "back",
    "send",
    "gone",
    "due",
)
CLOSING = ("switch", "open_again", "open_again", "shut_a_day", "spread", "plan", "jobs", "jobs", "jobs")
ANSWERS = ("accept", "choose", "drop", "overdue", "told")


class VisitPrograms(RuleBasedStateMachine):
    """Two branches and five customers, in any order; one slips in between another's reading and writing."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.day = ClosingDays(seed)
        names = (*BOOKING * 2, *BRANCH, *CLOSING, *ANSWERS, *["wait"] * 9, *["open_again", "jobs"] * 3)
        self.day.acts = tuple(getattr(self.day, name) for name in names)
        for _ in range(4):
            self.do("hold")
            self.do("book")

    def do(self, name: str) -> None:
        """Do something that may be refused; a refusal leaves nothing behind of what was refused."""
        day = self.day
        day.depth += 1
        try:
            getattr(day, name)()
        except Refusal as refused:
            day.seen[refused.code] += 1
        day.depth -= 1
        day.check()

    @rule(name=st.sampled_from(BOOKING))
    def book(self, name: str) -> None:
        self.do(name)

    @rule(name=st.sampled_from(BRANCH))
    def serve(self, name: str) -> None:
        self.do(name)

    @rule(name=st.sampled_from(CLOSING))
    def close(self, name: str) -> None:
        self.do(name)

    @rule(name=st.sampled_from(ANSWERS))
    def answer(self, name: str) -> None:
        self.do(name)

    @rule(minutes=st.sampled_from([1, 4, 10, 30]))
    def wait(self, minutes: int) -> None:
        self.day.now += timedelta(minutes=minutes)

    def teardown(self) -> None:
        """Once the jobs have worked off what is due, nobody stands before closed doors; in the end nothing is open."""
        if not hasattr(self, "day"):
            return
        day = self.day
        day.settle()
        day.now = NIGHT + timedelta(minutes=random.Random(day.seed).randrange(60))
        day.sweep()
        day.due()
        day.check()
        day.check_chains()
        left = {it.status for it in day.all()}
        assert left <= {Status.DONE, Status.NO_SHOW, Status.CANCELLED}, left


# A day on which nothing of that happens proves nothing of it.
REACHED = {
    *("appointment.booked", "appointment.moved", "appointment.cancelled", "hold.freed", "appointment.no_show"),
    *("appointment.arrived", "appointment.called", "appointment.serving", "appointment.done", "appointment.parked"),
    *("appointment.returned", "appointment.transferred", "continuity.set", "continuity.ended", "continuity.spread"),
    *("plan.begun", "plan.went_on", "plan.done", "appointment.rebooked moved", "appointment.rebooked online"),
    *("appointment.rebooked nothing", "appointment.rebooking_answered accepted", "appointment.kept"),
    *("appointment.rebooking_answered chosen", "appointment.rebooking_unanswered", "appointment.arrived code"),
}


def test_days_by_chance_reach_whatever_can_become_of_an_appointment() -> None:
    reached: Counter[str] = Counter()
    for seed in range(30):
        programs = VisitPrograms()
        programs.begin(seed)
        for _ in range(200):
            programs.day.step()
        for record in (it for chain in programs.day.tables.chains.values() for it in chain):
            more = record.body.get("answer") or record.body.get("how") or ""
            reached.update((record.event, f"{record.event} {more}"))
        programs.teardown()

    assert not REACHED - set(reached)


VisitPrograms.TestCase.settings = settings(
    max_examples=5000 if FULL else 50,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=not FULL,
    database=None,
    suppress_health_check=list(HealthCheck),
)
TestVisitPrograms = VisitPrograms.TestCase
