"""Working differently for a time: closed, capped, spaced out, by appointment only; and what that does to bookings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Invalid, NotFound
from chalicelib.kernel.events import Event, Link, chained, end
from chalicelib.kernel.paging import Page, Position

from .. import events, policy
from ..model import Affected, Appointment, Block, Branch, Measure, Override, Plan, PlanEntry, PlanStanding
from ..ports import Units
from .catalogue import Registry
from .closing import Closing
from .proposing import Proposing

# What is shown at once of the bookings that are affected; the plan finds all of them.
MOST_SHOWN = 100
MOST_DAYS_LOOKED_AT = 400


@dataclass(frozen=True)
class Switching:
    """One switch for each branch and each unit; setting it again replaces what it demanded, and its records tell both."""

    closing: Closing
    registry: Registry
    units: Units

    def measure(self, target: str, call: Call) -> Measure:
        """Give what a branch or unit does differently, ended or not; raises NotFound where it never did."""
        self._unit(target, Act.CONTINUITY_READ, call)
        found = self.closing.continuity.measure(target)
        if found is None:
            raise NotFound
        return found

    def set(self, target: str, wanted: Measure, call: Call) -> tuple[Measure, Affected]:
        """Let a branch, or every branch of a unit and below, work differently; give whom that affects, by priority.

        They are moved or asked by a job that begins at once. Raises Outdated, Changed, and Invalid.
        """
        unit = self._unit(target, Act.CONTINUITY_SET, call)
        before = self.closing.continuity.measure(target)
        call.expect(before.version if before else 0)
        _refuse_nonsense(wanted)
        units = () if target.startswith("branch#") else tuple(sorted(self.units.below(unit)))
        after = replace(wanted, target=target, unit=unit, units=units)
        if before:
            after = replace(
                after,
                id=before.id,
                first=before.first,
                last=before.last,
                due_at=before.due_at,
                version=before.version,
                chain=before.chain,
            )
        if before and after == before:
            return before, self._affected(before, call)
        version = before.version + 1 if before else 1
        told = events.ContinuitySet(target, units, version, before.told() if before else {}, after.told())
        return self._written(after, before, told, call)

    def end(self, target: str, call: Call) -> tuple[Measure, Affected]:
        """End what a branch or unit does differently, now; bookings that wait for an answer and fit again stand again.

        Ending it twice changes nothing. Raises NotFound, Outdated and Changed.
        """
        self._unit(target, Act.CONTINUITY_SET, call)
        before = self.closing.continuity.measure(target)
        if before is None:
            raise NotFound
        call.expect(before.version)
        if before.until is not None and before.until <= max(call.now, before.since):
            return before, Affected((), whole=True)
        after = replace(before, until=max(call.now, before.since))
        return self._written(
            after,
            before,
            events.ContinuityEnded(target, before.version + 1, before.told(), after.until or call.now),
            call,
        )

    def hours(self, branch: str, opening: dict[int, tuple[Block, ...]], call: Call) -> Branch:
        """Set the weekly opening hours of a branch; what is booked stays as it is."""
        return self.registry.set_branch(replace(self._branch(branch, call), opening=opening), call)

    def closures(self, branch: str, overrides: tuple[Override, ...], call: Call) -> tuple[Branch, Affected]:
        """Set the days on which a branch opens otherwise, or not at all; give the bookings that affects, by priority."""
        before = self._branch(branch, call)
        call.expect(before.version)
        wanted = replace(before, overrides=overrides)
        self.registry.check(wanted, before)
        days = _changed_days(before, wanted, call)
        if days:
            # Before the closure itself: should this be as far as we come, the plan finds nothing to do.
            self.closing.begin(wanted, days[0], days[-1], call)
        after = self.registry.set_branch(wanted, call)
        self.closing.catalogue.forget()
        under = self.closing.catalogue.branches().get(branch, after)
        return after, self._found(((under, day) for day in days), call)

    def plan(
        self, branch: str, standing: PlanStanding | None, limit: int, start: Position | None, call: Call
    ) -> tuple[Plan, Page[PlanEntry]]:
        """Give how far a branch's plan is, and its bookings by day and priority; those before today are left out."""
        self._unit(f"branch#{branch}", Act.CONTINUITY_READ, call)
        found = self.closing.continuity.plan(branch)
        if found is None:
            raise NotFound
        since = min(found.first, self.closing.catalogue.branches()[branch].local_day(call.now))
        return found, self.closing.continuity.entries(branch, since, standing or "", limit, start)

    def _written(self, after: Measure, before: Measure | None, told: Event, call: Call) -> tuple[Measure, Affected]:
        link = before.chain if before else Link()
        id_ = before.id if before else call.new_id("msr")
        records = chained(id_, link, [told], call)
        version = before.version + 1 if before else 1
        # The sweep finds it at once, and whoever hears of the record.
        written = replace(after, id=id_, version=version, chain=end(records, link)).looking(before, call.now)
        self.closing.continuity.set_measure(written, records)
        return written, self._affected(written, call)

    def _affected(self, measure: Measure, call: Call) -> Affected:
        reached = [it for it in self.closing.catalogue.branches().values() if measure.covers(it.id, it.unit)]
        looked = (
            (branch, day)
            for branch in reached
            for day in policy.days_of(branch, measure.since, measure.until, call.now)
        )
        return self._found(looked, call)

    def _found(self, looked: Iterable[tuple[Branch, date]], call: Call) -> Affected:
        found: list[Appointment] = []
        for number, (branch, day) in enumerate(looked):
            if number >= MOST_DAYS_LOOKED_AT or len(found) >= MOST_SHOWN:
                return self._shown(found, call, whole=False)
            calendar = self.closing.packs.calendar(branch.calendar)
            booked = self.closing.booked(branch.id, day)
            found += policy.affected(branch, calendar, day, booked, call.now)
        return self._shown(sorted(found, key=policy.priority), call, whole=len(found) <= MOST_SHOWN)

    def _shown(self, found: Sequence[Appointment], call: Call, *, whole: bool) -> Affected:
        proposing = Proposing(self.closing.rehousing, call.now)
        return Affected(proposing.proposed(found[:MOST_SHOWN]), whole)

    def _branch(self, id_: str, call: Call) -> Branch:
        found = self.closing.catalogue.branch(id_)
        if found is None:
            raise NotFound
        access.require_on(call.actor, Act.BRANCH_SET, unit=found.unit)
        return found

    def _unit(self, target: str, act: Act, call: Call) -> str:
        """Give the unit a target belongs to, if the caller may do this to it; raises NotFound."""
        access.require(call.actor, act)
        kind, _, id_ = target.partition("#")
        branch = self.closing.catalogue.branch(id_) if kind == "branch" else None
        unit = branch.unit if branch else id_ if kind == "unit" and id_ in self.units.zones() else ""
        if not unit:
            raise NotFound
        access.require_on(call.actor, act, unit=unit)
        return unit


def _changed_days(before: Branch, after: Branch, call: Call) -> list[date]:
    """List the local days from today on, as far ahead as can be booked, on which a branch opens otherwise than it did."""
    today = after.local_day(call.now)
    ahead = (today + timedelta(days=number) for number in range(after.horizon + 1))
    return [day for day in ahead if _on(before, day) != _on(after, day)]


def _on(branch: Branch, day: date) -> Override | None:
    return next((it for it in reversed(branch.overrides) if it.covers(day)), None)


def _refuse_nonsense(wanted: Measure) -> None:
    if wanted.until is not None and wanted.until <= wanted.since:
        raise Invalid.field("until", "too_early")
    demands = (wanted.closed, wanted.cap, wanted.buffer, wanted.appointment_only, wanted.health)
    if not any(demands):
        raise Invalid.field("closed", "missing")
