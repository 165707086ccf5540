"""The day itself for everybody else: checking oneself in, and the devices in the hall."""

from datetime import date
from typing import Annotated

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.web import Api, Query, call

from ..model import NotBySelf
from .coming import ComeIn
from .customer import api
from .day import ARRIVING
from .hall import DisplayOut, TicketsOut, display_out, tickets_out
from .public import Id
from .standing import VisitorOut, visitor_out

halls = Api("Halls", door="kiosk")

After = Annotated[int | None, Query(ge=0, le=100_000)]
Day = Annotated[date | None, Query()]


@api.post("/v1/appointments/{appointment}/check-in", Act.APPOINTMENT_COME, refusals=(*ARRIVING, NotBySelf))
def check_myself_in(appointment: Id, body: ComeIn) -> VisitorOut:
    """Check oneself in with the code of the booking, where the branch allows it."""
    return visitor_out(services().arrivals.check_in_self(appointment, body.code, call(visitor_out)))


@halls.get("/v1/branches/{branch}/display", Act.HALL_SHOW)
def show_display(branch: Id) -> DisplayOut:
    """Show what the display in the hall shows: short numbers and counters, nothing of who it is."""
    return display_out(services().showing.display(branch, call()))


@halls.get("/v1/branches/{branch}/tickets", Act.HALL_PRINT)
def show_tickets(branch: Id, day: Day = None, after: After = None) -> TicketsOut:
    """List the short numbers that were given out after one, for the printer in the hall; some come again."""
    return tickets_out(services().showing.tickets(branch, day, after, call()))
