"""From what we mean to what goes out, and back."""

from collections.abc import Iterable

from chalicelib.bootstrap import services
from chalicelib.web import shown_once

from ..model import Appointment, Branch, Day, Details, Document, Found, Hold, Row, Service, Wait, written
from .bodies import BookingIn, SpendIn
from .shapes import (
    AppointmentOut,
    BranchOut,
    DayOut,
    DocumentOut,
    EndedOut,
    HoldOut,
    RebookingOut,
    RowOut,
    ServiceOut,
    SlotOut,
    SlotsOut,
    VisitOut,
    WaitOut,
)


def service_out(service: Service) -> ServiceOut:
    """Show a service."""
    return ServiceOut(
        id=service.id,
        name=dict(service.name),
        minutes=service.minutes,
        documents=documents_out([service]),
        channels=sorted(service.ways),
        assurance=service.assurance,
        need_to_come=service.need_to_come,
        instead=dict(service.instead),
        link=service.link or None,
        late_cancel_hours=service.late_hours,
        version=service.version,
    )


def documents_out(wanted: Iterable[Service]) -> list[DocumentOut]:
    """Show what to bring for several services, each thing once."""
    found: dict[str, Document] = {document.id: document for service in wanted for document in service.documents}
    return [DocumentOut(id=document.id, name=dict(document.name)) for document in found.values()]


def branch_out(branch: Branch) -> BranchOut:
    """Show a branch."""
    return BranchOut(
        id=branch.id,
        name=dict(branch.name),
        address=dict(branch.address),
        timezone=branch.timezone,
        services=list(branch.services),
        latitude=branch.latitude,
        longitude=branch.longitude,
        version=branch.version,
    )


def slots_out(found: Found) -> SlotsOut:
    """Show free times."""
    return SlotsOut(
        branch=found.asked.branch.id,
        timezone=found.asked.branch.timezone,
        days=[_day(day) for day in found.days],
        next_free=found.next_free,
        minutes=sum(service.minutes for service in found.asked.services),
        documents=documents_out(found.asked.services),
    )


def _day(day: Day) -> DayOut:
    return DayOut(
        date=day.date.isoformat(),
        slots=[SlotOut(start=slot.starts_at, end=slot.ends_at, free=slot.free) for slot in day.slots],
        closed_because=day.closed_because or None,
        reason=dict(day.reason) if day.reason else None,
    )


@shown_once
def hold_out(hold: Hold) -> HoldOut:
    """Show a hold, with the token that books it."""
    return HoldOut(
        id=hold.id,
        token=services().keys.token("hold", written(hold)),
        expires_at=hold.until,
        branch=hold.branch,
        services=list(hold.services),
        starts_at=hold.visit.starts_at,
        ends_at=hold.visit.ends_at,
    )


@shown_once
def appointment_out(appointment: Appointment) -> AppointmentOut:
    """Show an appointment to its customer, or to staff."""
    return AppointmentOut(
        **{name: getattr(appointment, name) for name in _AS_IT_IS},
        status=appointment.status.value,
        services=list(appointment.services),
        channel=appointment.channel.value,
        contact=dict(appointment.contact),
        support_needs=list(appointment.support_needs),
        health=dict(appointment.health),
        late_cancel_hours=appointment.late_hours,
        ticket=appointment.turn.ticket if appointment.turn else None,
        rebooking=rebooking_out(appointment),
        check_in_code=services().keys.token("check_in", appointment.id),
        ics_url=services().calendar_url(appointment.id),
        manage_url=services().manage_url(appointment.link_id),
    )


_AS_IT_IS = ("id", "number", "branch", "timezone", "starts_at", "ends_at", "booked_at", "version")


def with_place(appointment: Appointment, wait: Wait | None) -> AppointmentOut:
    """Show an appointment, and how the queue stands for whoever waits."""
    return appointment_out(appointment).model_copy(update={"queue": wait_out(wait)})


def wait_out(wait: Wait | None) -> WaitOut | None:
    """Show a place and a range."""
    return WaitOut(place=wait.place, optimistic_minutes=wait.optimistic, normal_minutes=wait.normal) if wait else None


def row_out(row: Row) -> RowOut:
    """Show an appointment as a line in a list."""
    return RowOut(**{**vars(row), "services": list(row.services)})


def visit_out(appointment: Appointment) -> VisitOut:
    """Show an appointment to whoever holds its link."""
    catalogue = services().availability.catalogue
    branch, known = catalogue.branches()[appointment.branch], catalogue.services()
    return VisitOut(
        number=appointment.number,
        branch=dict(branch.name),
        timezone=appointment.timezone,
        starts_at=appointment.starts_at,
        documents=documents_out(known[id_] for id_ in appointment.services if id_ in known),
        rebooking=rebooking_out(appointment),
    )


def rebooking_out(appointment: Appointment) -> RebookingOut | None:
    """Show what became of a visit its branch could not receive."""
    was = appointment.rebooking
    if was is None:
        return None
    return RebookingOut(how=was.how, standing=was.standing, was_at=was.starts_at, answer_by=was.answer_by)


def ended_out(appointment: Appointment) -> EndedOut:
    """Show what is left of a visit."""
    return EndedOut(number=appointment.number, status=appointment.status.value)


def health_in(body: SpendIn) -> dict[str, bool]:
    """Read how a customer says they are; empty if they do not."""
    return body.health.model_dump() if body.health else {}


def details_in(body: BookingIn) -> Details:
    """Read what a customer tells when they book."""
    return Details(
        contact=body.contact.model_dump(exclude_none=True) if body.contact else {},
        support_needs=tuple(body.support_needs),
        health=health_in(body),
    )
