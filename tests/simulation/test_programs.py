"""R3: random programs of everything people can do, by random people, while time goes on and texts arrive, fail or stay away.

`RELIABILITY=full` runs 5,000 programs; without it there are some hundred.
"""

import os
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from chalicelib.kernel.errors import Refusal
from chalicelib.tickets.model import Kind

from .acts import ACTS, ONWARDS, Acts
from .desk import Desk
from .laws import Laws

FULL = os.environ.get("RELIABILITY") == "full"
STEPS = 40 if FULL else 30


class Programs(RuleBasedStateMachine):
    """One institution, its customers and staff, in any order."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.desk = Desk(seed)
        self.acts, self.laws = Acts(self.desk, self.desk.chance), Laws(self.desk)
        self.acts.file(Kind.COMPLAINT)

    def pick(self) -> object:
        return self.desk.chance.choice(sorted(self.desk.tickets(), key=lambda ticket: ticket.id))

    @rule(kind=st.sampled_from([Kind.COMPLAINT, Kind.COMPLAINT, Kind.ENQUIRY, Kind.REQUEST]), logged=st.booleans())
    @precondition(lambda self: len(self.desk.tickets()) < 4)
    def file(self, kind: Kind, logged: bool) -> None:
        self.refusable(lambda: self.acts.log(kind) if logged else self.acts.file(kind))

    @rule(name=st.sampled_from(sorted(ACTS)))
    def act(self, name: str) -> None:
        ticket = self.pick()
        who = self.acts.likely(ticket)
        self.refusable(lambda: self.acts.do(name, ticket, who))

    @rule()
    def go_on(self) -> None:
        """Do what probably comes next, so that long ways are walked to their end."""
        ticket = self.pick()
        name = self.desk.chance.choice(ONWARDS.get(ticket.status, ("read",)))
        for who in (ticket.owner, ticket.customer_id, *self.desk.staff(unit=ticket.unit), f"agent-{ticket.unit}-2"):
            if who and self.refusable(lambda who=who: self.acts.do(name, ticket, who)):
                return

    @rule(hours=st.sampled_from([0.1, 1, 5, 24, 24, 96]))
    def wait(self, hours: float) -> None:
        """Time goes on; the sweep and the queues go on with it."""
        self.desk.pass_time(self.desk.now + timedelta(hours=hours))
        self.desk.provider.away = False

    @rule()
    def work(self) -> None:
        self.desk.drain()

    @rule(status=st.sampled_from(["delivered", "delivered", "failed", "sent"]))
    def receipt(self, status: str) -> None:
        self.desk.drain()
        for text in self.desk.unreported():
            self.desk.report(text, status)

    @rule()
    def outage(self) -> None:
        self.desk.provider.away = True

    def refusable(self, doing: object) -> bool:
        """Do something that may be refused; a refusal leaves nothing behind."""
        before = len(self.desk.tables.stream)
        try:
            doing()
        except Refusal:
            assert len(self.desk.tables.stream) == before, "refused, and yet recorded"
            return False
        return True

    def teardown(self) -> None:
        """Once the provider is there, every word that is owed is taken or dropped within some days."""
        if not hasattr(self, "laws"):
            return
        self.desk.provider.away = False
        self.desk.drain()
        self.desk.pass_time(self.desk.now + timedelta(hours=26))
        for ticket in self.desk.tickets():
            late = [n for n in ticket.notices if n.tries and self.desk.now - n.asked_at > timedelta(days=1)]
            assert not late, f"{ticket.id} owes {late} for ever"


Programs.TestCase.settings = settings(
    max_examples=5000 if FULL else 60,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=not FULL,
    database=None,
    suppress_health_check=list(HealthCheck),
)
TestPrograms = Programs.TestCase
