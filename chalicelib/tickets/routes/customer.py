"""Tickets for the customer, and for whoever holds a status link."""

from typing import Annotated

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import CursorInvalid, NotAllowedNow, NotFound, Outdated
from chalicelib.web import Api, Listing, Path, call, given, sealed
from chalicelib.web.records import RecordOut, record_out

from ..model import Channel, ConflictOfInterest, ReopenWindowOver, UpdateAskedAlready
from .asking import ANSWER, Cursor, Id, Limit
from .bodies import MessageIn, NeedsIn, NewTicket, ReasonIn
from .shapes import MessageOut, PostedOut, RowOut, StatusOut, TicketOut
from .showing import answer_used, filed, message_out, next_due, next_step, posted_out, row_out, ticket_out

api = Api("Tickets")

# What the customer's own history shows; the rest is the institution's work.
_SHOWN = ("complaint.", "ticket.", "notice.arrived", "message.posted")


@api.post("/v1/tickets", Act.TICKET_FILE, status=201, refusals=(NotFound,))
def file_ticket(body: NewTicket) -> TicketOut:
    """Ask something, or ask for something; the acknowledgement is on its way."""
    me = call()
    filing = filed(body, me.actor.id, me.actor.unit, Channel.by(me.door), me.now)
    return ticket_out(services().intake.file(filing, call(ticket_out)))


@api.get("/v1/tickets", Act.TICKET_LIST, refusals=(CursorInvalid,))
def list_tickets(limit: Limit = 25, cursor: Cursor = None) -> Listing[RowOut]:
    """List my tickets, newest first."""
    page = services().desk.own(limit, given(cursor, "own"), call())
    return Listing(items=[row_out(row) for row in page.items], next_cursor=sealed(page.next, "own"))


@api.get("/v1/tickets/{ticket}", Act.TICKET_READ, refusals=(ConflictOfInterest,))
def get_ticket(ticket: Id) -> TicketOut:
    """Show a ticket of any kind."""
    return ticket_out(services().desk.read(ticket, call()))


@api.post(
    "/v1/tickets/{ticket}/messages",
    Act.TICKET_WRITE,
    status=201,
    refusals=(Outdated, ConflictOfInterest, NotAllowedNow, *ANSWER),
)
def post_message(ticket: Id, body: MessageIn) -> PostedOut:
    """Say something; `internal` is for staff, and never visible to the customer."""
    post, used = services().conversation.post, answer_used(body.answer)
    return posted_out(post(ticket, body.body or "", body.visibility, call(posted_out), used))


@api.get("/v1/tickets/{ticket}/messages", Act.TICKET_READ, refusals=(CursorInvalid, ConflictOfInterest))
def list_messages(ticket: Id, limit: Limit = 25, cursor: Cursor = None) -> Listing[MessageOut]:
    """List what was said, oldest first."""
    page = services().conversation.messages(ticket, limit, given(cursor, "messages", ticket), call())
    return Listing(
        items=[message_out(m, ticket) for m in page.items], next_cursor=sealed(page.next, "messages", ticket)
    )


@api.post("/v1/tickets/{ticket}/reopen", Act.TICKET_REOPEN, refusals=(NotAllowedNow, ReopenWindowOver, Outdated))
def reopen_ticket(ticket: Id, body: ReasonIn) -> TicketOut:
    """Take up again what was resolved or closed, within thirty days; its clocks run on from their old start."""
    return ticket_out(services().handling.reopen(ticket, body.reason, Act.TICKET_REOPEN, call(ticket_out)))


@api.post("/v1/tickets/{ticket}/update-requests", Act.TICKET_ASK, refusals=(UpdateAskedAlready,))
def ask_update(ticket: Id) -> TicketOut:
    """Ask how it stands: the answer tells the clocks at once, and the owner hears of it."""
    return ticket_out(services().speaking.ask_update(ticket, call(ticket_out)))


@api.post("/v1/tickets/{ticket}/support-needs", Act.TICKET_NEEDS, refusals=(Outdated, ConflictOfInterest))
def keep_needs(ticket: Id, body: NeedsIn) -> TicketOut:
    """Keep what the customer needs, with their consent, for a year at most; staff may do it for them."""
    return ticket_out(services().speaking.need(ticket, tuple(body.kinds), body.review_on, call(ticket_out)))


@api.get("/v1/tickets/{ticket}/history", Act.TICKET_HISTORY)
def ticket_history(ticket: Id) -> Listing[RecordOut]:
    """Tell what happened to my ticket, in order."""
    records = services().desk.history(ticket, Act.TICKET_HISTORY, call())
    shown = [record_out(record, staff=False) for record in records if record.event.startswith(_SHOWN)]
    return Listing(items=shown, next_cursor=None)


@api.get("/v1/status/{token}", None)
def status_by_token(token: Annotated[str, Path(max_length=200)]) -> StatusOut:
    """Tell number, status, next step and next due date to whoever holds the link; nothing else."""
    ticket = services().desk.by_token(token)
    return StatusOut(
        number=ticket.number,
        status=ticket.status,
        next_step=next_step(ticket.status),
        next_due_date=next_due(ticket),
    )
