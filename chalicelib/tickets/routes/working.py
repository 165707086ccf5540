"""Working on tickets at the desk: accepting, waiting, resolving, joining, mandates."""

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import NotAllowedNow, Outdated, PhoneInvalid
from chalicelib.web import call

from ..model import (
    ConflictOfInterest,
    GateOpen,
    NotOfOneCustomer,
    NotPausable,
    ReopenWindowOver,
    TooManyRepresentatives,
)
from .asking import ANSWER, Id
from .bodies import AnswerIn, HandoverIn, MandateIn, OtherTicket, PromotionIn, ReasonIn, ResumeIn, SplitIn, WaitIn
from .desk import desk
from .shapes import TicketOut
from .showing import answer_used, ticket_out

_STEP = (NotAllowedNow, Outdated, ConflictOfInterest)


@desk.post("/v1/desk/tickets/{ticket}/accept", Act.DESK_WRITE, refusals=_STEP)
def accept_ticket(ticket: Id) -> TicketOut:
    """Take on what I was made the owner of."""
    return ticket_out(services().routing.accept(ticket, call(ticket_out)))


@desk.post("/v1/desk/tickets/{ticket}/handover", Act.DESK_ASSIGN, refusals=_STEP)
def hand_over_ticket(ticket: Id, body: HandoverIn) -> TicketOut:
    """Hand a ticket to somebody else, with a note that only staff sees."""
    return ticket_out(services().routing.hand_over(ticket, body.to, body.note, call(ticket_out)))


@desk.post("/v1/desk/tickets/{ticket}/wait", Act.DESK_WRITE, refusals=(*_STEP, NotPausable))
def wait_for(ticket: Id, body: WaitIn) -> TicketOut:
    """Wait for somebody; house clocks stand as their rules say, statutory ones only for what their pack lists."""
    change = services().handling.wait
    return ticket_out(change(ticket, body.reason, body.until, body.clock or "", call(ticket_out)))


@desk.post("/v1/desk/tickets/{ticket}/resume", Act.DESK_WRITE, refusals=_STEP)
def resume_ticket(ticket: Id, body: ResumeIn) -> TicketOut:
    """Wait no longer; clocks go on."""
    return ticket_out(services().handling.resume(ticket, body.reason, call(ticket_out)))


@desk.post("/v1/desk/tickets/{ticket}/resolve", Act.DESK_WRITE, refusals=(*_STEP, GateOpen, *ANSWER))
def resolve_ticket(ticket: Id, body: AnswerIn) -> TicketOut:
    """Resolve an enquiry or request with an answer to the customer."""
    used = answer_used(body.answer)
    return ticket_out(services().handling.resolve(ticket, body.body or "", call(ticket_out), used))


@desk.post("/v1/desk/tickets/{ticket}/close", Act.DESK_WRITE, refusals=_STEP)
def close_ticket(ticket: Id) -> TicketOut:
    """Close what is resolved."""
    return ticket_out(services().handling.close(ticket, call(ticket_out)))


@desk.post("/v1/desk/tickets/{ticket}/reopen", Act.DESK_WRITE, refusals=(*_STEP, ReopenWindowOver))
def reopen_at_desk(ticket: Id, body: ReasonIn) -> TicketOut:
    """Take up again what was resolved or closed; its clocks run on from their old start."""
    return ticket_out(services().handling.reopen(ticket, body.reason, Act.DESK_WRITE, call(ticket_out)))


@desk.post("/v1/desk/tickets/{ticket}/merge", Act.DESK_WRITE, refusals=(*_STEP, NotOfOneCustomer))
def merge_ticket(ticket: Id, body: OtherTicket) -> TicketOut:
    """Let this ticket go on in another one of the same customer; the earlier time is kept."""
    return ticket_out(services().joining.merge(ticket, body.ticket, call(ticket_out)))


@desk.post("/v1/desk/tickets/{ticket}/link", Act.DESK_WRITE, refusals=_STEP)
def link_ticket(ticket: Id, body: OtherTicket) -> TicketOut:
    """Tie this ticket to another one."""
    return ticket_out(services().joining.link(ticket, body.ticket, call(ticket_out)))


@desk.post("/v1/desk/tickets/{ticket}/split", Act.DESK_WRITE, status=201, refusals=_STEP)
def split_ticket(ticket: Id, body: SplitIn) -> TicketOut:
    """Make a second matter of what was written on one ticket; give the new ticket."""
    return ticket_out(services().joining.split(ticket, body.subject, body.body, call(ticket_out)))


@desk.post("/v1/desk/tickets/{ticket}/promote", Act.DESK_WRITE, refusals=_STEP)
def promote_ticket(ticket: Id, body: PromotionIn) -> TicketOut:
    """Make a complaint of an enquiry or request, with clocks from the first expression of dissatisfaction."""
    return ticket_out(services().joining.promote(ticket, body.first_expressed_at, call(ticket_out)))


@desk.post("/v1/desk/tickets/{ticket}/no-complaint", Act.DESK_WRITE, refusals=_STEP)
def deny_complaint(ticket: Id, body: ReasonIn) -> TicketOut:
    """Say that what sounded like a complaint is none, and why; the other answer is to promote it."""
    return ticket_out(services().recognising.deny(ticket, body.reason, call(ticket_out)))


@desk.post(
    "/v1/desk/tickets/{ticket}/mandates",
    Act.DESK_WRITE,
    status=201,
    refusals=(*_STEP, PhoneInvalid, TooManyRepresentatives),
)
def keep_mandate(ticket: Id, body: MandateIn) -> TicketOut:
    """Let somebody speak for the customer: an authorised agent, an heir, one of several who complain together."""
    speaking = services().speaking
    call_ = call(ticket_out)
    return ticket_out(speaking.let_speak(ticket, body.phone, body.capacity, body.document_sha256, body.until, call_))


@desk.delete("/v1/desk/tickets/{ticket}/mandates/{representative}", Act.DESK_WRITE, refusals=_STEP)
def end_mandate(ticket: Id, representative: Id) -> TicketOut:
    """Let somebody speak for the customer no longer."""
    return ticket_out(services().speaking.end_mandate(ticket, representative, call(ticket_out)))
