"""Complaints over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import NotAllowedNow, NotFound, Outdated, PhoneInvalid
from chalicelib.tickets.model import Channel, ConflictOfInterest, Ticket
from chalicelib.tickets.routes import Assignment, Id, TicketOut, ticket_facts
from chalicelib.web import Api, Body, Out, call
from chalicelib.web.shapes import GivenMoment, Moment

from .model import Filing, MissingBlocks, Outcome, ProofMissing, Way

api = Api("Complaints")
desk = Api("Complaints at the desk", door="desk")

Line = Annotated[str, Field(min_length=1, max_length=200)]
Prose = Annotated[str, Field(min_length=1, max_length=20_000)]
Word = Annotated[str, Field(min_length=1, max_length=64)]
_STEP = (NotAllowedNow, Outdated, ConflictOfInterest)


class MoneyBody(Body):
    """Minor units of a currency."""

    amount: int = Field(ge=0, le=10**15, examples=[12345])
    currency: str = Field(pattern="^[A-Z]{3}$", examples=["CNY"])


class About(Body):
    """The unit or member of staff that is complained about."""

    unit: Word | None = Field(default=None, examples=["east"])
    staff: Word | None = Field(default=None, examples=["agent-east"])


class NewComplaint(Body):
    """A complaint as the customer writes it."""

    subject: Line = Field(examples=["Card fee"])
    body: Prose = Field(examples=["I was charged twice for my card."])
    product: Word | None = Field(default=None, examples=["cards"])
    wanted_outcome: Annotated[str, Field(max_length=2_000)] | None = Field(
        default=None, examples=["Pay one of the two fees back."]
    )
    about: About = About()
    amount: MoneyBody | None = None
    support_needs: list[Word] = Field(default_factory=list, max_length=10, examples=[["large_print"]])
    language: Literal["en", "zh-CN"] | None = Field(default=None, examples=["zh-CN"])


class Complainant(Body):
    """Whose complaint staff logs: by id, or by phone number."""

    id: Word | None = Field(default=None, examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6"])
    phone: Annotated[str, Field(min_length=4, max_length=32)] | None = Field(default=None, examples=["+8613800138000"])


class LoggedComplaint(NewComplaint):
    """A complaint as staff logs it; `received_at` is its first expression and may lie in the past."""

    channel: Channel
    customer: Complainant
    received_at: GivenMoment | None = None
    unit: Word | None = Field(default=None, examples=["east"])


class DecisionBody(Body):
    """A decision; what its regimes require and is missing is named."""

    outcome: Outcome
    findings: Annotated[str, Field(max_length=20_000)] = Field(
        default="", examples=["The fee was booked twice on 12 November."]
    )
    reasons: Annotated[str, Field(max_length=20_000)] = Field(
        default="", examples=["Our system repeated the booking after a time-out."]
    )
    redress: MoneyBody | None = None


class DeliveryBody(Body):
    """How the decision reaches the customer; all but SMS need a proof."""

    channel: Way
    proof: Annotated[str, Field(max_length=2_000)] = Field(default="", examples=[""])


class Closing(Body):
    """Why it came to the complaint."""

    root_cause: Line = Field(examples=["double_booking"])


class DecisionOut(Out):
    """What was decided; the customer sees it once it is on its way."""

    outcome: str = Field(examples=["upheld"])
    findings: str = Field(examples=["The fee was booked twice on 12 November."])
    reasons: str = Field(examples=["Our system repeated the booking after a time-out."])
    rights: list[str] = Field(examples=[["right.review", "right.mediation", "right.arbitration", "right.litigation"]])
    at: Moment
    redress: MoneyBody | None = None


class ComplaintOut(TicketOut):
    """A complaint: a ticket with its regimes and, in time, its decision."""

    product: str | None = Field(examples=["cards"])
    wanted_outcome: str | None = Field(examples=["Pay one of the two fees back."])
    amount: MoneyBody | None
    support_needs: list[str] = Field(examples=[["large_print"]])
    decision: DecisionOut | None
    root_cause: str | None = Field(examples=["double_booking"])


def _complaint(ticket: Ticket) -> ComplaintOut:
    process = ticket.process
    told = call().actor.is_staff or ticket.status in ("delivering", "delivered", "closed")
    return ComplaintOut.model_validate(
        {
            **ticket_facts(ticket),
            "product": ticket.product or None,
            "wanted_outcome": process.get("wanted_outcome"),
            "amount": process.get("amount"),
            "support_needs": process.get("support_needs", []),
            "decision": process.get("decision") if told else None,
            "root_cause": process.get("root_cause") if call().actor.is_staff else None,
        }
    )


def _filing(body: NewComplaint, customer: str, unit: str, channel: Channel, received_at: datetime) -> Filing:
    return Filing(
        subject=body.subject,
        body=body.body,
        customer_id=customer,
        unit=unit,
        channel=channel,
        received_at=received_at,
        language=body.language or "",
        product=body.product or "",
        wanted_outcome=body.wanted_outcome or "",
        about_unit=body.about.unit or "",
        about_staff=body.about.staff or "",
        amount=body.amount.model_dump() if body.amount else None,
        support_needs=tuple(body.support_needs),
    )


@api.post("/v1/complaints", Act.COMPLAINT_FILE, status=201, refusals=(NotFound,))
def file_complaint(body: NewComplaint) -> ComplaintOut:
    """Complain; every clock runs from now, and the acknowledgement is on its way."""
    me = call()
    filing = _filing(body, me.actor.id, me.actor.unit, Channel.APP, me.now)
    return _complaint(services().complaints.file(filing, call(_complaint)))


@api.get("/v1/complaints/{ticket}", Act.TICKET_READ, refusals=(ConflictOfInterest,))
def get_complaint(ticket: Id) -> ComplaintOut:
    """Show a complaint."""
    return _complaint(services().complaints.read(ticket, call()))


@desk.post("/v1/desk/complaints", Act.COMPLAINT_LOG, status=201, refusals=(PhoneInvalid, NotFound))
def log_complaint(body: LoggedComplaint) -> ComplaintOut:
    """Log a complaint from phone, letter, branch or elsewhere; its clocks run from when it was first expressed."""
    me = call()
    filing = _filing(body, body.customer.id or "", body.unit or me.actor.unit, body.channel, body.received_at or me.now)
    return _complaint(services().complaints.log(filing, body.customer.phone or "", call(_complaint)))


@desk.post("/v1/desk/complaints/{ticket}/assign", Act.DESK_ASSIGN, refusals=_STEP)
def assign_complaint(ticket: Id, body: Assignment) -> ComplaintOut:
    """Make somebody of the unit the owner; never who is complained about."""
    return _complaint(services().desk.assign(ticket, body.owner, call(_complaint)))


@desk.post("/v1/desk/complaints/{ticket}/take-up", Act.DESK_WRITE, refusals=_STEP)
def take_up_complaint(ticket: Id) -> ComplaintOut:
    """Begin to work on it."""
    return _complaint(services().complaints.take_up(ticket, call(_complaint)))


@desk.post("/v1/desk/complaints/{ticket}/decide", Act.COMPLAINT_DECIDE, refusals=(*_STEP, MissingBlocks))
def decide_complaint(ticket: Id, body: DecisionBody) -> ComplaintOut:
    """Decide, with findings and reasons; the rights the customer must be told are added by the regimes."""
    redress = body.redress.model_dump() if body.redress else None
    decided = services().complaints.decide(ticket, body.outcome, body.findings, body.reasons, redress, call(_complaint))
    return _complaint(decided)


@desk.post("/v1/desk/complaints/{ticket}/deliver", Act.COMPLAINT_DECIDE, refusals=(*_STEP, ProofMissing))
def deliver_decision(ticket: Id, body: DeliveryBody) -> ComplaintOut:
    """Bring the decision to the customer; the final clock is met when it has arrived."""
    return _complaint(services().complaints.deliver(ticket, body.channel, body.proof, call(_complaint)))


@desk.post("/v1/desk/complaints/{ticket}/close", Act.COMPLAINT_DECIDE, refusals=_STEP)
def close_complaint(ticket: Id, body: Closing) -> ComplaintOut:
    """Close a complaint whose decision has arrived."""
    return _complaint(services().complaints.close(ticket, body.root_cause, call(_complaint)))
