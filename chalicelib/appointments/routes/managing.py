"""Appointments for whoever holds the link; nothing of who comes is shown, and the link is spent by what it does."""

from typing import Annotated

from chalicelib.bootstrap import services
from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.web import Path, call

from ..model import DayBeforeOnly, NothingOffered, TooLate, TooManyHolds
from .bodies import SpendIn, StartIn
from .customer import HOLDING, SPENDING
from .public import public
from .shapes import EndedOut, HoldOut, VisitOut
from .showing import ended_out, health_in, hold_out, visit_out

Link = Annotated[str, Path(max_length=200)]
_CHANGING = (NotAllowedNow, TooLate)


@public.get("/v1/visits/{token}", None)
def visit_by_link(token: Link) -> VisitOut:
    """Tell number, branch, time and what to bring to whoever holds the link; nothing else."""
    return visit_out(services().rebooking.by_link(token))


@public.post(
    "/v1/visits/{token}/holds",
    None,
    status=201,
    once_by="token",
    refusals=(*HOLDING, DayBeforeOnly, TooManyHolds, *_CHANGING),
)
def hold_by_link(token: Link, body: StartIn) -> HoldOut:
    """Keep another time for the visit: same services, at the same branch or at another."""
    return hold_out(services().rebooking.hold_by_link(token, body.start, body.branch or "", call(hold_out)))


@public.post("/v1/visits/{token}/reschedule", None, once_by="token", refusals=(*SPENDING, *_CHANGING))
def reschedule_by_link(token: Link, body: SpendIn) -> VisitOut:
    """Move the visit to the time that is held; a new link is on its way to the customer's phone."""
    held = (body.hold, body.token, health_in(body))
    return visit_out(services().rebooking.reschedule_by_link(token, *held, call(visit_out)))


@public.post("/v1/visits/{token}/accept", None, once_by="token", refusals=(NotAllowedNow, NothingOffered))
def accept_by_link(token: Link) -> EndedOut:
    """Accept what was done for a visit its branch could not receive; who takes the way online does not come."""
    return ended_out(services().answering_visits.accept_by_link(token, call(ended_out)))


@public.post("/v1/visits/{token}/cancel", None, once_by="token", refusals=_CHANGING)
def cancel_by_link(token: Link) -> EndedOut:
    """Cancel the visit."""
    return ended_out(services().rebooking.cancel_by_link(token, call(ended_out)))
