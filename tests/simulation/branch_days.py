"""A branch from an hour before it opens until the night: who comes, is called, put aside, sent on, served; who does not."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from chalicelib.appointments.model import Appointment, Figure, Proof, Status, Who
from chalicelib.appointments.service import Arrivals, Calling, Missing, Queueing, Watching, Words
from chalicelib.appointments.store import DynamoDays
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from tests.simulation.mornings import KEYS, OPENS, Morning

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
        catalogue = self.catalogue
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
        self.act(self.chance.choice(self.acts))
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
        self.arrivals.check_in(self.branch(), Who(code=code), None, self.clerk())

    def walk(self) -> None:
        who = self.chance.choice(("", "cus_1"))
        self.arrivals.walk_in(self.branch(), [self.chance.choice(("card", "account"))], (who, ""), (), self.clerk())

    def next(self) -> None:
        self.calling.call_next(self.branch(), self.chance.choice("123"), (), "", self.clerk())

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

    def check(self) -> None:
        everybody = self.all()
        self.check_cells(everybody)
        self.check_owners(everybody, _IN)
        self.check_day(everybody)
        self.check_sums(everybody)

    def check_day(self, everybody: list[Appointment]) -> None:
        """Short numbers are given once, and who did not come is remembered once."""
        tickets = Counter((it.day, it.turn.ticket[1:]) for it in everybody if it.turn)
        assert max(tickets.values(), default=1) == 1
        missed = Counter(it.customer_id for it in everybody if self.counts(it))
        assert missed == Counter(item["pk"].removeprefix("customer#") for item in self.items("missed#"))

    def counts(self, it: Appointment) -> bool:
        """Tell whether it was missed by somebody who could have come."""
        return it.status is Status.NO_SHOW and it.turn is None and not (it.rebooking and it.rebooking.open)

    def check_sums(self, everybody: list[Appointment]) -> None:
        total = Figure()
        for branch in self.catalogue.branches():
            for line in self.days.figures(branch, TODAY, TODAY + timedelta(days=1)):
                total = total.plus(line.figure)
        booked = [it for it in everybody if it.visit]
        assert total.came == sum(it.turn is not None for it in booked)
        assert total.missed == sum(it.status is Status.NO_SHOW and it.turn is None for it in booked)
        assert total.called == sum(it.turn is not None and it.turn.called_at is not None for it in everybody)
        assert total.promised == total.called >= total.kept
        done = [it for it in everybody if it.status is Status.DONE and len(it.services) == 1]
        assert total.served <= len(done)
