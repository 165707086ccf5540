"""Complaints for the customer."""

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import NotAllowedNow, NotFound, Outdated
from chalicelib.tickets.model import Channel, ConflictOfInterest
from chalicelib.tickets.routes import Id, ReasonIn
from chalicelib.web import Api, call

from ..model import ReviewWindowOver
from .shapes import ComplaintOut, NewComplaint
from .showing import complaint_out, filed

api = Api("Complaints")


@api.post("/v1/complaints", Act.COMPLAINT_FILE, status=201, refusals=(NotFound,))
def file_complaint(body: NewComplaint) -> ComplaintOut:
    """Complain; every clock runs from now, and the acknowledgement is on its way."""
    me = call()
    filing = filed(body, me.actor.id, me.actor.unit, Channel.by(me.door), me.now)
    return complaint_out(services().receiving.file(filing, call(complaint_out)))


@api.get("/v1/complaints/{ticket}", Act.TICKET_READ, refusals=(ConflictOfInterest,))
def get_complaint(ticket: Id) -> ComplaintOut:
    """Show a complaint."""
    return complaint_out(services().receiving.read(ticket, call()))


@api.post("/v1/complaints/{ticket}/accept", Act.COMPLAINT_ANSWER, refusals=(NotAllowedNow, Outdated))
def accept_decision(ticket: Id) -> ComplaintOut:
    """Agree with the decision."""
    return complaint_out(services().answering.accept(ticket, call(complaint_out)))


@api.post("/v1/complaints/{ticket}/reject", Act.COMPLAINT_ANSWER, refusals=(NotAllowedNow, Outdated, ReviewWindowOver))
def reject_decision(ticket: Id, body: ReasonIn) -> ComplaintOut:
    """Ask the unit above to look at it anew (核查), within thirty days and once."""
    return complaint_out(services().answering.reject(ticket, body.reason, call(complaint_out)))


@api.post("/v1/complaints/{ticket}/withdraw", Act.COMPLAINT_ANSWER, refusals=(NotAllowedNow, Outdated))
def withdraw_complaint(ticket: Id) -> ComplaintOut:
    """Let the matter go; every clock stops today."""
    return complaint_out(services().answering.withdraw(ticket, call(complaint_out)))
