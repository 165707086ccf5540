"""The people of a unit: who they are, what they have to do, and when they are away."""

from typing import Annotated

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.web import Body, Listing, Out, Path, Query, call
from chalicelib.web.shapes import GivenMoment, Moment

from ..model import Absence, AbsentFor, Member, Staff
from .sessions import api

Id = Annotated[str, Path(max_length=64)]
UnitAsked = Annotated[str | None, Query(max_length=64)]


class AbsenceIn(Body):
    """From when until when somebody is away; why is for their supervisor, and need not be said."""

    since: GivenMoment
    until: GivenMoment
    reason: AbsentFor | None = None


class AbsenceOut(Out):
    """A time in which somebody is away."""

    id: str = Field(examples=["abs_01M8325SC0WHNK40B5XV4HWRT4"])
    since: Moment
    until: Moment
    reason: str | None = Field(examples=["leave"])


class AbsencesOut(Out):
    """When a member of staff is away, ahead and lately."""

    staff: str = Field(examples=["agent-east"])
    away: list[AbsenceOut]


class MemberOut(Out):
    """A member of staff: what they can do, what they have to do, and until when they are away, if they are."""

    id: str = Field(examples=["agent-east"])
    name: str = Field(examples=["Li Na"])
    unit: str = Field(examples=["east"])
    roles: list[str] = Field(examples=[["agent"]])
    languages: list[str] = Field(examples=[["en", "zh-CN"]])
    skills: list[str] = Field(examples=[["cards"]])
    capacity: float = Field(examples=[1.0])
    away: bool = Field(examples=[False])
    away_until: Moment | None
    open_tickets: int = Field(examples=[7])


def _absences(staff: Staff) -> AbsencesOut:
    ahead = sorted(staff.away, key=lambda absence: absence.since)
    return AbsencesOut(staff=staff.id, away=[_absence(absence) for absence in ahead])


def _absence(absence: Absence) -> AbsenceOut:
    return AbsenceOut(id=absence.id, since=absence.since, until=absence.until, reason=absence.reason)


def _member(member: Member) -> MemberOut:
    staff = member.staff
    return MemberOut(
        id=staff.id,
        name=staff.name,
        unit=staff.unit,
        roles=sorted(staff.roles),
        languages=sorted({staff.language, *staff.languages}),
        skills=sorted(staff.skills),
        capacity=staff.capacity,
        away=member.away is not None,
        away_until=member.away.until if member.away else None,
        open_tickets=member.open_tickets,
    )


@api.get("/v1/desk/staff", Act.STAFF_READ)
def list_staff(unit: UnitAsked = None) -> Listing[MemberOut]:
    """List who works in a unit, with what they have to do; my own unit if none is named. At most a minute old."""
    found = services().staffing.list(unit or call().actor.unit, call())
    return Listing(items=[_member(member) for member in found], next_cursor=None)


@api.post("/v1/desk/staff/{staff}/absences", Act.STAFF_ABSENCE, status=201)
def enter_absence(staff: Id, body: AbsenceIn) -> AbsencesOut:
    """Say that somebody is away: they are given nothing, and what they have moves on when it begins."""
    enter = services().staffing.enter
    return _absences(enter(staff, body.since, body.until, body.reason, call(_absences)))


@api.delete("/v1/desk/staff/{staff}/absences/{absence}", Act.STAFF_ABSENCE)
def end_absence(staff: Id, absence: Id) -> AbsencesOut:
    """Call an absence off, or let a running one end now."""
    return _absences(services().staffing.end(staff, absence, call(_absences)))
