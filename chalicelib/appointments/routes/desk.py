"""Appointments at the desk: booking for somebody who calls, or who stands there."""

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import PhoneInvalid
from chalicelib.web import Api, call

from ..model import NotBookable
from .bodies import BookingIn, DeskHoldIn
from .customer import HOLDING, SPENDING
from .public import Also, Days, Id, ServiceAsked, Since, wanted
from .shapes import AppointmentOut, HoldOut, SlotsOut
from .showing import appointment_out, details_in, hold_out, slots_out

desk = Api("Desk", door="desk")


@desk.get("/v1/desk/branches/{branch}/slots", Act.APPOINTMENT_LOG, refusals=(NotBookable,))
def list_desk_slots(
    branch: Id, service: ServiceAsked, also: Also = None, since: Since = None, days: Days = 1
) -> SlotsOut:
    """List the free times as whoever asks may give them away: those of the call centre's share, or of the branch's own."""
    return slots_out(services().availability.desk_slots(branch, wanted(service, also), since, days, call()))


@desk.post("/v1/desk/holds", Act.APPOINTMENT_LOG, status=201, refusals=(*HOLDING, PhoneInvalid))
def hold_for_customer(body: DeskHoldIn) -> HoldOut:
    """Keep a time for a customer, for five minutes."""
    who, wanted = (body.customer.id or "", body.customer.phone or ""), [body.service, *body.also]
    return hold_out(services().holding.hold_for(who, body.branch, wanted, body.start, call(hold_out)))


@desk.post("/v1/desk/appointments", Act.APPOINTMENT_LOG, status=201, refusals=SPENDING)
def book_for_customer(body: BookingIn) -> AppointmentOut:
    """Book the time that is held for a customer; they hear of it by SMS."""
    return appointment_out(services().booking.book_for(body.hold, body.token, details_in(body), call(appointment_out)))
