"""Going through the bookings of a branch's days for those that cannot take place as agreed, in bounded steps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Event, Link, chained, end
from chalicelib.sla.packs import Packs

from .. import events, policy
from ..model import HOLD_LIFE, Appointment, Branch, Measure, Plan
from ..ports import Appointments, Catalogue, Continuity
from .rehousing import Rehousing

# At one hint; the record of the step hints again, and the sweep does, so that no worker runs into its time limit.
MOST_AT_ONCE = 25
MOST_DAYS = 40
PAGE = 100
# A hold that was made before a closure was known everywhere (a minute) may be booked until it is over.
SETTLES_AFTER = HOLD_LIFE + timedelta(minutes=2)


@dataclass(frozen=True)
class Closing:
    """Nobody asks for this in person: measures and closures owe it, and the sweep finds it again."""

    store: Appointments
    continuity: Continuity
    catalogue: Catalogue
    packs: Packs
    rehousing: Rehousing

    def spread(self, target: str, call: Call) -> str:
        """Begin a plan at every branch that a measure reaches; harmless however often and however late it comes."""
        measure = self.continuity.measure(target)
        if measure is None or measure.due_at is None or measure.due_at > call.now:
            return "settled"
        self.catalogue.forget()
        branches = [it for it in self.catalogue.branches().values() if measure.covers(it.id, it.unit)]
        for branch in branches:
            self._begin(branch, measure, call)
        told = events.ContinuitySpread(target, tuple(branch.id for branch in branches))
        records = chained(measure.id, measure.chain, [told], call)
        settled = replace(measure, due_at=None, version=measure.version + 1, chain=end(records, measure.chain))
        try:
            self.continuity.set_measure(settled, records)
        except Changed:
            return "overtaken"
        return "spread"

    def step(self, id_: str, call: Call) -> str:
        """Go on with a branch's plan: at most so many bookings and days."""
        plan = self.continuity.plan(id_)
        if plan is None or plan.due_at is None or plan.due_at > call.now:
            return "settled"
        self.catalogue.forget()
        branch = self.catalogue.branches().get(id_)
        day, rebooked = self._gone_through(branch, plan, call) if branch else (plan.last + timedelta(days=1), 0)
        after, told = _further(plan, day, rebooked, call.now)
        try:
            self._save(after, plan, told, call)
        except Changed:
            return "overtaken"
        return after.state

    def booked(self, branch: str, day: date) -> list[Appointment]:
        """Give the appointments of a branch's local day that are still to come, or under way."""
        found = [self.store.get(id_) for id_ in self._ids(branch, day)]
        return [it for it in found if it is not None and it.branch == branch]

    def _ids(self, branch: str, day: date) -> Iterator[str]:
        start = None
        while True:
            page = self.store.of_day(branch, day, PAGE, start)
            yield from (row.id for row in page.items if row.status not in ("done", "no_show", "cancelled"))
            start = page.next
            if start is None:
                return

    def _gone_through(self, branch: Branch, plan: Plan, call: Call) -> tuple[date, int]:
        day, rebooked = plan.at, 0
        for _ in range(MOST_DAYS):
            if day > plan.last:
                break
            found = self._day(branch, day, MOST_AT_ONCE - rebooked, call)
            rebooked += found
            if rebooked >= MOST_AT_ONCE:
                break
            day += timedelta(days=1)
        return day, rebooked

    def _day(self, branch: Branch, day: date, most: int, call: Call) -> int:
        """Rebook at most so many bookings of a day, who has priority first; give how many were looked at."""
        calendar = self.packs.calendar(branch.calendar)
        booked = self.booked(branch.id, day)
        why = policy.opened(branch, calendar, day).reason or _reason(branch)
        gone = policy.affected(branch, calendar, day, booked, call.now)[:most]
        for each in gone:
            self.rehousing.rehouse(each, why, call)
        again = policy.standing_again(branch, calendar, day, booked, call.now)[: most - len(gone)]
        for each in again:
            self.rehousing.keep(each, call)
        return len(gone) + len(again)

    def _begin(self, branch: Branch, measure: Measure, call: Call) -> None:
        days = policy.days_of(branch, measure.first or measure.since, measure.last, call.now)
        if not days:
            return
        try:
            self.begin(branch, days[0], days[-1], call)
        except Changed:
            # Whoever was quicker has begun it anew; what they do not see, the second pass does.
            return

    def begin(self, branch: Branch, first: date, last: date, call: Call) -> Plan:
        """Begin to go through some local days of a branch, or once more from the first of them; raises Changed."""
        before = self.continuity.plan(branch.id)
        if before is not None and before.due_at is not None:
            first, last = min(first, before.first), max(last, before.last)
        id_, link = call.new_id("pln"), Link()
        told = events.PlanBegun(id_, branch.id, first.isoformat(), last.isoformat())
        records = chained(id_, link, [told], call)
        version = before.version + 1 if before else 1
        plan = Plan(id_, branch.id, branch.unit, first, last, first, due_at=call.now, version=version)
        plan = replace(plan, link=end(records, link))
        self.continuity.set_plan(plan, records, before)
        return plan

    def _save(self, after: Plan, before: Plan, told: Event, call: Call) -> None:
        records = chained(before.id, before.link, [told], call)
        after = replace(after, version=before.version + 1, link=end(records, before.link))
        self.continuity.set_plan(after, records)


def _further(plan: Plan, day: date, rebooked: int, now: datetime) -> tuple[Plan, Event]:
    """Give a plan at the next day to look at; behind the last one it begins again, once, after a while."""
    if day <= plan.last:
        return replace(plan, at=day, due_at=now), events.PlanWentOn(plan.id, plan.branch, day.isoformat(), rebooked)
    if plan.again:
        return replace(plan, due_at=None), events.PlanDone(plan.id, plan.branch, rebooked)
    first = plan.first.isoformat()
    once_more = replace(plan, at=plan.first, again=True, due_at=now + SETTLES_AFTER)
    return once_more, events.PlanWentOn(plan.id, plan.branch, first, rebooked)


def _reason(branch: Branch) -> Mapping[str, str]:
    """Give why the branch works differently, where the doors alone do not say it."""
    demands: list[Measure] = [it for it in branch.measures if it.cap is not None or it.closed]
    return demands[-1].reason if demands else {}
