"""Complaints at the desk: what people may do to their clocks."""

from typing import Annotated

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import NotAllowedNow, Outdated
from chalicelib.tickets.model import ConflictOfInterest, NotPausable
from chalicelib.tickets.routes import Id, ResumeIn
from chalicelib.web import Path, call

from ..model import ApprovalNeeded, ExtensionNotPossible
from .desk import desk
from .shapes import ComplaintOut, ExtensionIn, NewFactsIn, PauseIn
from .showing import complaint_out

_STEP = (NotAllowedNow, Outdated, ConflictOfInterest)
Nth = Annotated[int, Path(ge=1, le=99)]


@desk.post("/v1/desk/complaints/{ticket}/pause", Act.DESK_WRITE, refusals=(*_STEP, NotPausable))
def pause_clocks(ticket: Id, body: PauseIn) -> ComplaintOut:
    """Let clocks stand; a statutory one only for what its pack lists."""
    pause = services().extending.pause
    return complaint_out(pause(ticket, body.reason, body.until, body.clock or "", call(complaint_out)))


@desk.post("/v1/desk/complaints/{ticket}/resume", Act.DESK_WRITE, refusals=_STEP)
def resume_clocks(ticket: Id, body: ResumeIn) -> ComplaintOut:
    """Let clocks go on."""
    return complaint_out(services().extending.resume(ticket, body.reason, call(complaint_out)))


@desk.post(
    "/v1/desk/complaints/{ticket}/extensions",
    Act.COMPLAINT_DECIDE,
    status=201,
    refusals=(*_STEP, ExtensionNotPossible),
)
def ask_extension(ticket: Id, body: ExtensionIn) -> ComplaintOut:
    """Ask for more time; nothing moves until another person has approved it."""
    return complaint_out(services().extending.ask(ticket, body.clock, body.step, body.reason, call(complaint_out)))


@desk.post(
    "/v1/desk/complaints/{ticket}/extensions/{n}/approve",
    Act.COMPLAINT_APPROVE,
    refusals=(*_STEP, ExtensionNotPossible, ApprovalNeeded),
)
def approve_extension(ticket: Id, n: Nth) -> ComplaintOut:
    """Approve more time; the customer is told the new date."""
    return complaint_out(services().extending.approve(ticket, n, call(complaint_out)))


@desk.post("/v1/desk/complaints/{ticket}/new-facts", Act.DESK_WRITE, refusals=_STEP)
def record_new_facts(ticket: Id, body: NewFactsIn) -> ComplaintOut:
    """Say that new facts have come; clocks whose rules say so begin anew."""
    return complaint_out(services().extending.new_facts(ticket, body.what, call(complaint_out)))
