"""Appointments for the customer."""

from typing import Annotated

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import CursorInvalid, NotAllowedNow, NotFound, Outdated
from chalicelib.web import Api, Listing, Query, call, given, sealed

from ..model import (
    DayBeforeOnly,
    HealthMissing,
    HoldExpired,
    HoldSpent,
    NotASlot,
    NotBookable,
    SlotTaken,
    TooLate,
    TooManyHolds,
    TooManyOpen,
)
from .bodies import BookingIn, HoldIn, SpendIn
from .public import Id
from .shapes import AppointmentOut, HoldOut, RowOut
from .showing import appointment_out, details_in, health_in, hold_out, row_out, with_place

api = Api("Appointments")

HOLDING = (NotFound, NotBookable, NotASlot, SlotTaken, TooManyOpen)
SPENDING = (NotFound, HoldExpired, HoldSpent, HealthMissing)
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=2000)]


@api.post("/v1/holds", Act.APPOINTMENT_BOOK, status=201, refusals=(*HOLDING, DayBeforeOnly, TooManyHolds))
def hold_slot(body: HoldIn) -> HoldOut:
    """Keep a time for five minutes, before anything else is asked."""
    asked = (body.branch, [body.service, *body.also], body.start, body.instead_of or "")
    return hold_out(services().holding.hold(*asked, call(hold_out)))


@api.post("/v1/appointments", Act.APPOINTMENT_BOOK, status=201, refusals=SPENDING)
def book_appointment(body: BookingIn) -> AppointmentOut:
    """Book the time that is held; word of it is on its way."""
    return appointment_out(services().booking.book(body.hold, body.token, details_in(body), call(appointment_out)))


@api.get("/v1/appointments", Act.APPOINTMENT_LIST, refusals=(CursorInvalid,))
def list_appointments(limit: Limit = 25, cursor: Cursor = None) -> Listing[RowOut]:
    """List my appointments, newest first."""
    page = services().rebooking.own(limit, given(cursor, "appointments"), call())
    return Listing(items=[row_out(row) for row in page.items], next_cursor=sealed(page.next, "appointments"))


@api.get("/v1/appointments/{appointment}", Act.APPOINTMENT_READ)
def get_appointment(appointment: Id) -> AppointmentOut:
    """Show an appointment; to whoever waits, also their place in the queue and when they are called."""
    found = services().rebooking.reach(appointment, Act.APPOINTMENT_READ, call())
    return with_place(found, services().queueing.standing(found, call().now))


@api.post(
    "/v1/appointments/{appointment}/reschedule",
    Act.APPOINTMENT_CHANGE,
    refusals=(*SPENDING, NotAllowedNow, TooLate, Outdated),
)
def reschedule_appointment(appointment: Id, body: SpendIn) -> AppointmentOut:
    """Move an appointment to a time that is held; the time it had is free in the same moment."""
    held = (body.hold, body.token, health_in(body))
    return appointment_out(services().rebooking.reschedule(appointment, *held, call(appointment_out)))


@api.post("/v1/appointments/{appointment}/cancel", Act.APPOINTMENT_CHANGE, refusals=(NotAllowedNow, TooLate, Outdated))
def cancel_appointment(appointment: Id) -> AppointmentOut:
    """Cancel an appointment; its time is free in the same moment. Staff may at any time."""
    return appointment_out(services().rebooking.cancel(appointment, call(appointment_out)))
