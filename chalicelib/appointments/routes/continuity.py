"""Continuity at the desk: a switch for a branch or a unit, opening hours and closures, and the plan of who is affected."""

from typing import Annotated

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import Changed, CursorInvalid, Outdated
from chalicelib.web import Body, Out, Query, Versioned, call, given, sealed
from chalicelib.web.shapes import GivenMoment, Moment

from ..model import Affected, Branch, CellFixed, Measure, Plan, PlanEntry, PlanStanding, Proposed
from .bodies import BlockIn, Names, OverrideIn
from .customer import Cursor, Limit
from .desk import desk
from .public import Id
from .settings import blocks, overrides_in, weekday
from .shapes import BranchSetOut

SETTING = (Outdated, Changed)


class ContinuityIn(Body):
    """What is different, from when to when; without `until`, until it is ended."""

    since: GivenMoment = Field(alias="from")
    until: GivenMoment | None = None
    occupancy_cap: int | None = Field(default=None, ge=1, le=10_000, examples=[4])
    extra_buffer_minutes: int = Field(default=0, ge=0, le=120, examples=[10])
    appointment_only: bool = Field(default=False, examples=[True])
    health_declaration: bool = Field(default=False, examples=[True])
    closed: bool = Field(default=False, examples=[False])
    reason: Names = Field(min_length=2, examples=[{"en": "Epidemic prevention", "zh-CN": "疫情防控"}])


class HoursIn(Body):
    """The blocks of each weekday, 0 being Monday."""

    opening: dict[str, list[BlockIn]] = Field(examples=[{"0": [{"opens": "09:00", "closes": "12:00"}]}])


class ClosuresIn(Body):
    """The days on which a branch opens otherwise; no blocks is a closure."""

    overrides: list[OverrideIn] = Field(max_length=200)


class AffectedOut(Out):
    """A booking that cannot take place as agreed, and how it would go on as things stand: `moved` (to where and when),
    `online`, or `nothing`. The plan does it, and tells what became of it.
    """

    appointment: str = Field(examples=["apt_01M83255V069EDXC383WSXJHG7"])
    number: str = Field(examples=["A-20261123-JHG7T"])
    branch: str = Field(examples=["shanghai-bund"])
    starts_at: Moment
    support: bool = Field(examples=[True])
    how: str = Field(examples=["moved"])
    to_branch: str | None = Field(examples=["shanghai-pudong"])
    to: Moment | None


class ContinuityOut(Versioned):
    """What is different; `affected` are the bookings in order of priority, all of them if `all_shown`."""

    target: str = Field(examples=["branch#shanghai-bund"])
    since: Moment
    until: Moment | None
    occupancy_cap: int | None = Field(examples=[4])
    extra_buffer_minutes: int = Field(examples=[10])
    appointment_only: bool = Field(examples=[True])
    health_declaration: bool = Field(examples=[True])
    closed: bool = Field(examples=[False])
    reason: dict[str, str] = Field(examples=[{"en": "Epidemic prevention", "zh-CN": "疫情防控"}])
    affected: list[AffectedOut]
    all_shown: bool = Field(examples=[True])


class ClosuresOut(Versioned):
    """A branch in the version it has now; `affected` are the bookings in order of priority, all if `all_shown`."""

    id: str = Field(examples=["shanghai-bund"])
    affected: list[AffectedOut]
    all_shown: bool = Field(examples=[True])


class EntryOut(Out):
    """A booking of a plan: where and when it is now, and whose turn it is."""

    appointment: str = Field(examples=["apt_01M83255V069EDXC383WSXJHG7"])
    number: str = Field(examples=["A-20261123-JHG7T"])
    how: str = Field(examples=["moved"])
    standing: str = Field(examples=["offered"])
    was_at: Moment
    branch: str = Field(examples=["shanghai-pudong"])
    starts_at: Moment
    answer_by: Moment
    support: bool = Field(examples=[True])


class PlanOut(Versioned):
    """How far the bookings of a branch have been gone through, and what became of those affected."""

    branch: str = Field(examples=["shanghai-bund"])
    state: str = Field(examples=["running"])
    first: str = Field(examples=["2026-11-24"])
    last: str = Field(examples=["2026-12-24"])
    at: str = Field(examples=["2026-11-26"])
    items: list[EntryOut]
    next_cursor: str | None = Field(examples=["Zk9xQmN2c1h0T3BMdw"])


@desk.get("/v1/desk/branches/{branch}/continuity", Act.CONTINUITY_READ)
def branch_continuity(branch: Id) -> ContinuityOut:
    """Show what a branch does differently, ended or not."""
    return measure_out((services().switching.measure(f"branch#{branch}", call()), NOBODY))


@desk.put("/v1/desk/branches/{branch}/continuity", Act.CONTINUITY_SET, refusals=SETTING)
def set_branch_continuity(branch: Id, body: ContinuityIn) -> ContinuityOut:
    """Let a branch work differently for a time; bookings that cannot take place are moved or asked, by priority."""
    return measure_out(services().switching.set(f"branch#{branch}", measure_in(body), call()))


@desk.delete("/v1/desk/branches/{branch}/continuity", Act.CONTINUITY_SET, refusals=SETTING)
def end_branch_continuity(branch: Id) -> ContinuityOut:
    """Let a branch work as usual again, from now on."""
    return measure_out(services().switching.end(f"branch#{branch}", call()))


@desk.get("/v1/desk/units/{unit}/continuity", Act.CONTINUITY_READ)
def unit_continuity(unit: Id) -> ContinuityOut:
    """Show what the branches of a unit and below do differently, ended or not."""
    return measure_out((services().switching.measure(f"unit#{unit}", call()), NOBODY))


@desk.put("/v1/desk/units/{unit}/continuity", Act.CONTINUITY_SET, refusals=SETTING)
def set_unit_continuity(unit: Id, body: ContinuityIn) -> ContinuityOut:
    """Let every branch of a unit and below work differently for a time."""
    return measure_out(services().switching.set(f"unit#{unit}", measure_in(body), call()))


@desk.delete("/v1/desk/units/{unit}/continuity", Act.CONTINUITY_SET, refusals=SETTING)
def end_unit_continuity(unit: Id) -> ContinuityOut:
    """Let the branches of a unit work as usual again, from now on."""
    return measure_out(services().switching.end(f"unit#{unit}", call()))


@desk.get("/v1/desk/branches/{branch}/continuity/plan", Act.CONTINUITY_READ, refusals=(CursorInvalid,))
def continuity_plan(
    branch: Id, standing: Annotated[PlanStanding | None, Query()] = None, limit: Limit = 25, cursor: Cursor = None
) -> PlanOut:
    """Show how far a plan is, and what became of each booking; `standing=to_choose` is whom staff have to ask."""
    bound = f"plan#{branch}#{standing or ''}"
    plan, page = services().switching.plan(branch, standing, limit, given(cursor, bound), call())
    return plan_out(plan, [entry_out(entry) for entry in page.items], sealed(page.next, bound))


@desk.put("/v1/desk/branches/{branch}/hours", Act.BRANCH_SET, refusals=(*SETTING, CellFixed))
def set_hours(branch: Id, body: HoursIn) -> BranchSetOut:
    """Set the weekly opening hours; what is booked stays as it is."""
    opening = {weekday(day): blocks(them) for day, them in body.opening.items()}
    after = services().switching.hours(branch, opening, call())
    return BranchSetOut(id=after.id, version=after.version)


@desk.put("/v1/desk/branches/{branch}/closures", Act.BRANCH_SET, refusals=(*SETTING, CellFixed))
def set_closures(branch: Id, body: ClosuresIn) -> ClosuresOut:
    """Set the days on which a branch opens otherwise; bookings that cannot take place are moved or asked, by priority."""
    return closures_out(*services().switching.closures(branch, overrides_in(body.overrides), call()))


NOBODY = Affected((), whole=True)


def measure_in(body: ContinuityIn) -> Measure:
    """Read what is to be different; whose it is comes from the path."""
    return Measure(
        id="",
        target="",
        unit="",
        since=body.since,
        until=body.until,
        cap=body.occupancy_cap,
        buffer=body.extra_buffer_minutes,
        appointment_only=body.appointment_only,
        health=body.health_declaration,
        closed=body.closed,
        reason={str(language): word for language, word in body.reason.items()},
    )


def measure_out(shown: tuple[Measure, Affected]) -> ContinuityOut:
    """Show what is different, and whom that affects."""
    measure, affected = shown
    return ContinuityOut(
        target=measure.target,
        since=measure.since,
        until=measure.until,
        occupancy_cap=measure.cap,
        extra_buffer_minutes=measure.buffer,
        appointment_only=measure.appointment_only,
        health_declaration=measure.health,
        closed=measure.closed,
        reason=dict(measure.reason),
        affected=[affected_out(it) for it in affected.bookings],
        all_shown=affected.whole,
        version=measure.version,
    )


def affected_out(proposed: Proposed) -> AffectedOut:
    """Show a booking that cannot take place as agreed, and where it would go."""
    appointment = proposed.booking
    return AffectedOut(
        appointment=appointment.id,
        number=appointment.number,
        branch=appointment.branch,
        starts_at=appointment.starts_at,
        support=bool(appointment.support_needs),
        how=proposed.how,
        to_branch=proposed.branch or None,
        to=proposed.starts_at,
    )


def closures_out(branch: Branch, affected: Affected) -> ClosuresOut:
    """Show a branch whose days were set, and whom that affects."""
    shown = [affected_out(it) for it in affected.bookings]
    return ClosuresOut(id=branch.id, version=branch.version, affected=shown, all_shown=affected.whole)


def entry_out(entry: PlanEntry) -> EntryOut:
    """Show a booking of a plan."""
    return EntryOut(**vars(entry))


def plan_out(plan: Plan, items: list[EntryOut], cursor: str | None) -> PlanOut:
    """Show how far a plan is."""
    days = {name: getattr(plan, name).isoformat() for name in ("first", "last", "at")}
    return PlanOut(branch=plan.branch, state=plan.state, **days, items=items, next_cursor=cursor, version=plan.version)
