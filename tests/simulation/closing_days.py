"""Two branches that close, take fewer people, and open again, while everybody goes on booking, coming, being served."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from chalicelib.appointments.model import (
    Appointment,
    Branch,
    Measure,
    Override,
    PlanStanding,
    Service,
    Status,
    Way,
    Who,
    written,
)
from chalicelib.appointments.service import Answering, Closing, Registry, Rehousing, Switching
from chalicelib.appointments.store import DynamoCatalogue, DynamoContinuity
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import Call
from tests.simulation.branch_days import TODAY, DayInTheBranch
from tests.simulation.mornings import KEYS, OPENS, PACKS

TARGETS = ("branch#bund", "branch#pudong", "unit#east")
WHY = {"en": "Flood", "zh-CN": "水浸"}
HOURS = {day: ((time(9), time(12)),) for day in range(5)}
SERVICES = (
    Service("card", {}, 15, "desk", ways=frozenset({Way.BRANCH, Way.ONLINE}), instead=WHY),
    Service("account", {}, 30, "desk", before=15),
    Service("estate", {}, 20, "advice", after=5),
)
# Whoever may cancel: nobody else does.
SAY_SO = {"link", "customer", "staff"}


@dataclass
class ClosingDays(DayInTheBranch):
    """Two branches of one unit, from two hours and a half before they open."""

    QUARTERS = 12

    def __post_init__(self) -> None:
        super().__post_init__()
        self.now = OPENS - timedelta(minutes=150)
        self.continuity = DynamoContinuity(self.tables, self.catalogue)
        self.closing = Closing(self.store, self.continuity, self.catalogue, PACKS, Rehousing(self.changing))
        units: Any = self
        self.switching = Switching(self.closing, Registry(self.catalogue, units, PACKS), units)
        self.answering = Answering(self.changing)

    def shelf(self) -> Any:
        catalogue = DynamoCatalogue(self.tables)
        for service in SERVICES:
            catalogue.register_service(Service(**{**vars(service), "version": 1}), [])
        for number, id_ in enumerate(("bund", "pudong")):
            branch = Branch(
                id_,
                "east",
                {},
                "Asia/Shanghai",
                "CN",
                HOURS,
                {"desk": self.capacity, "advice": 1},
                ("card", "account", "estate") if number else ("card", "account"),
                latitude=31.2,
                longitude=121.4 + number / 10,
                version=1,
            )
            catalogue.register_branch(branch, [])
        return catalogue

    def branch(self) -> str:
        return self.chance.choice(("bund", "pudong"))

    def zones(self) -> dict[str, str]:
        return {"east": "Asia/Shanghai"}

    def below(self, unit: str) -> frozenset[str]:
        return frozenset({unit})

    def lead(self) -> Call:
        return self.call("lead", Role.SUPERVISOR)

    def system(self) -> Call:
        return self.call("system", Role.SYSTEM)

    # --- as before, but seldom in vain -------------------------------------------------------------------------------

    def wait(self) -> None:
        self.now += timedelta(minutes=self.chance.choice((1, 1, 2, 2, 4, 15, 30)))

    def book(self) -> None:
        if self.chance.random() < 0.8:
            there = {hold.id for hold in self.holds()}
            self.tokens = [token for token in self.tokens if token[0] in there]
        super().book()

    def come(self) -> None:
        id_ = self.any(Status.BOOKED)
        found = self.store.get(id_)
        branch = found.branch if found and self.chance.random() < 0.9 else self.branch()
        self.arrivals.check_in(branch, Who(code=KEYS.token("check_in", id_)), None, self.clerk())

    # --- what a branch does differently -----------------------------------------------------------------------------

    def switch(self) -> None:
        since = self.now + timedelta(minutes=self.chance.choice((-5, 0, 30, 60)))
        until = self.chance.choice((None, since + timedelta(minutes=self.chance.choice((20, 90, 600)))))
        demands: dict[str, Any] = self.chance.choice(
            (
                {"closed": True},
                {"closed": True},
                {"cap": 1},
                {"buffer": 15},
                {"appointment_only": True},
                {"health": True},
            )
        )
        wanted = Measure("", "", "", since, until=until, reason=WHY, **demands)
        self.switching.set(self.chance.choice(TARGETS), wanted, self.lead())

    def open_again(self) -> None:
        self.switching.end(self.chance.choice(TARGETS), self.lead())

    def shut_a_day(self) -> None:
        shut = Override(TODAY, TODAY, (), WHY)
        self.switching.closures(self.branch(), self.chance.choice(((), (shut,))), self.lead())

    def spread(self) -> None:
        self.closing.spread(self.chance.choice(TARGETS), self.system())

    def plan(self) -> None:
        self.closing.step(self.branch(), self.system())

    def jobs(self) -> None:
        """Let the jobs do whatever is due."""
        for target in TARGETS:
            self.closing.spread(target, self.system())
        for branch in ("bund", "pudong"):
            self.closing.step(branch, self.system())

    def told(self) -> None:
        """Let every word that is due be asked for, and taken over."""
        self.due()
        for it in self.all():
            for notice in it.notices:
                if notice.tries:
                    self.watching.words.taken(it.id, notice.key, self.system())

    # --- what customers do about it ----------------------------------------------------------------------------------

    def rebooked(self) -> Appointment | None:
        """Pick somebody, most often one who may choose."""
        found = [it for it in self.all() if it.may_choose or self.chance.random() < 0.1]
        return self.chance.choice(found) if found else None

    def link(self) -> str:
        found = self.rebooked()
        return KEYS.token("visit", found.link_id) if found else "none"

    def accept(self) -> None:
        self.answering.accept_by_link(self.link(), self.call("link", Role.ANONYMOUS))

    def choose(self) -> None:
        link, call = self.link(), self.call("link", Role.ANONYMOUS)
        start = OPENS + timedelta(minutes=15 * self.chance.randrange(12), days=self.chance.choice((0, 0, 1)))
        held = self.changing.hold_by_link(link, start, self.chance.choice(("", "bund", "pudong")), call)
        health = {"fever": False} if self.chance.random() < 0.8 else {}
        self.changing.reschedule_by_link(link, held.id, KEYS.token("hold", written(held)), health, call)

    def drop(self) -> None:
        self.changing.cancel_by_link(self.link(), self.call("link", Role.ANONYMOUS))

    def overdue(self) -> None:
        found = self.rebooked()
        if found:
            self.answering.overdue(found.id, self.system())

    # --- counted once more -------------------------------------------------------------------------------------------

    def check(self) -> None:
        super().check()
        for it in self.all():
            self.check_said_so(it)
            if it.rebooking is not None:
                self.check_plan(it)

    def check_said_so(self, it: Appointment) -> None:
        """Nobody is cancelled who did not say so, and who said so need not choose any more."""
        by = [record.body["by"] for record in self.tables.chains[it.id] if record.event == "appointment.cancelled"]
        assert len(by) == (it.status is Status.CANCELLED) and set(by) <= SAY_SO, by
        assert it.status is not Status.CANCELLED or not it.may_choose

    def check_plan(self, it: Appointment) -> None:
        """The plan says what the booking says, and what waits for an answer is looked at in time."""
        was = it.rebooking
        assert was is not None
        page = self.continuity.entries(was.branch, TODAY, "", 1000, None)
        (line,) = [line for line in page.items if line.appointment == it.id and line.was_at == was.starts_at][-1:]
        assert (line.how, line.standing, line.branch, line.starts_at) == (
            was.how,
            was.standing,
            it.branch,
            it.starts_at,
        )
        if it.status is Status.BOOKED and was.standing is PlanStanding.OFFERED:
            assert it.due_at is not None and it.due_at <= was.answer_by, "nobody would look whether they answered"

    def settle(self) -> None:
        """Let the jobs do whatever is due, twice, as the sweep would: then nobody is left with a visit behind closed doors."""
        self.tables.before_commit = lambda: None
        for _ in range(2):
            self.now += timedelta(minutes=8)
            self.sweep()
            for _ in range(3):
                self.jobs()
        self.check()
        for it in self.all():
            if it.status is Status.BOOKED and it.starts_at > self.now and self._shut(it):
                assert it.rebooking and it.rebooking.open and it.rebooking.branch == it.branch, (
                    f"{it.id} stands in the rain"
                )

    def _shut(self, it: Appointment) -> bool:
        """Tell whether the doors are closed at the start of a visit."""
        branch = self.catalogue.branches()[it.branch]
        day = branch.local_day(it.starts_at)
        return any(measure.closed and measure.holds(it.starts_at) for measure in branch.measures) or any(
            override.covers(day) and not override.blocks for override in branch.overrides
        )
