"""The day itself for everybody else: checking oneself in, and the display in the hall."""

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.web import call

from ..model import NotBySelf
from .coming import ComeIn
from .customer import api
from .day import ARRIVING
from .hall import DisplayOut, display_out
from .public import Id, public
from .standing import VisitorOut, visitor_out


@api.post("/v1/appointments/{appointment}/check-in", Act.APPOINTMENT_COME, refusals=(*ARRIVING, NotBySelf))
def check_myself_in(appointment: Id, body: ComeIn) -> VisitorOut:
    """Check oneself in with the code of the booking, where the branch allows it."""
    return visitor_out(services().arrivals.check_in_self(appointment, body.code, call(visitor_out)))


@public.get("/v1/branches/{branch}/display", None)
def show_display(branch: Id) -> DisplayOut:
    """Show what the display in the hall shows: short numbers and counters, nothing of who it is."""
    return display_out(services().queueing.display(branch, call().now))
