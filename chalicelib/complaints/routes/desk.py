"""Complaints at the desk: from taking in to closing."""

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import NotAllowedNow, NotFound, Outdated, PhoneInvalid
from chalicelib.tickets.model import ConflictOfInterest, GateOpen
from chalicelib.tickets.routes import ANSWER, Assignment, Id, ReasonIn, answer_used
from chalicelib.web import Api, call

from ..model import (
    ApprovalNeeded,
    Classification,
    CodeUnknown,
    Correction,
    MissingBlocks,
    ProofMissing,
    WayUnsuitable,
)
from .shapes import (
    ClassificationIn,
    Closing,
    ComplaintOut,
    DecisionBody,
    DeliveryBody,
    EffectIn,
    LoggedComplaint,
    PaymentIn,
    ReferralIn,
)
from .showing import complaint_out, filed

desk = Api("Complaints at the desk", door="desk")

_STEP = (NotAllowedNow, Outdated, ConflictOfInterest)


@desk.post("/v1/desk/complaints", Act.COMPLAINT_LOG, status=201, refusals=(PhoneInvalid, NotFound))
def log_complaint(body: LoggedComplaint) -> ComplaintOut:
    """Log a complaint from phone, letter, branch or elsewhere; its clocks run from when it was first expressed."""
    me = call()
    unit, received = body.unit or me.actor.unit, body.received_at or me.now
    filing = filed(body, body.customer.id or "", unit, body.channel, received)
    return complaint_out(services().receiving.log(filing, body.customer.phone or "", call(complaint_out)))


@desk.post("/v1/desk/complaints/{ticket}/acknowledge", Act.DESK_WRITE, refusals=_STEP)
def acknowledge_complaint(ticket: Id) -> ComplaintOut:
    """Send the acknowledgement once more; its clock is met when one is delivered."""
    return complaint_out(services().receiving.acknowledge(ticket, call(complaint_out)))


@desk.post("/v1/desk/complaints/{ticket}/alarm-acknowledged", Act.COMPLAINT_APPROVE, refusals=_STEP)
def acknowledge_alarm(ticket: Id) -> ComplaintOut:
    """Say that somebody in charge has looked at a major complaint."""
    return complaint_out(services().receiving.acknowledge_alarm(ticket, call(complaint_out)))


@desk.post("/v1/desk/complaints/{ticket}/assign", Act.DESK_ASSIGN, refusals=_STEP)
def assign_complaint(ticket: Id, body: Assignment) -> ComplaintOut:
    """Make somebody of the unit the owner; never who is complained about or away."""
    return complaint_out(services().routing.assign(ticket, body.owner, body.backup or "", call(complaint_out)))


@desk.post("/v1/desk/complaints/{ticket}/take-up", Act.DESK_WRITE, refusals=_STEP)
def take_up_complaint(ticket: Id) -> ComplaintOut:
    """Begin to work on it."""
    return complaint_out(services().deciding.take_up(ticket, call(complaint_out)))


@desk.post("/v1/desk/complaints/{ticket}/classify", Act.DESK_WRITE, refusals=(*_STEP, CodeUnknown))
def classify_complaint(ticket: Id, body: ClassificationIn) -> ComplaintOut:
    """Say what kind of complaint it is; a major one alarms head and compliance at once."""
    codes = {scheme: tuple(codes) for scheme, codes in body.codes.items()}
    found = Classification(body.product or "", body.cause, body.severity, body.regulatory_impact, codes)
    return complaint_out(services().deciding.classify(ticket, found, call(complaint_out)))


@desk.post(
    "/v1/desk/complaints/{ticket}/decide",
    Act.COMPLAINT_DECIDE,
    refusals=(*_STEP, *ANSWER, GateOpen, MissingBlocks),
)
def decide_complaint(ticket: Id, body: DecisionBody) -> ComplaintOut:
    """Decide, with findings and reasons; the rights the customer must be told are added by the regimes."""
    redress = body.redress.model_dump() if body.redress else None
    decide, used = services().deciding.decide, answer_used(body.answer)
    return complaint_out(decide(ticket, body.outcome, body.findings, body.reasons, redress, call(complaint_out), used))


@desk.post("/v1/desk/complaints/{ticket}/approve", Act.COMPLAINT_APPROVE, refusals=(*_STEP, GateOpen, ApprovalNeeded))
def approve_decision(ticket: Id) -> ComplaintOut:
    """Approve a proposed decision; never one's own, nor as who or what is complained about."""
    return complaint_out(services().deciding.approve(ticket, call(complaint_out)))


@desk.post("/v1/desk/complaints/{ticket}/return", Act.COMPLAINT_APPROVE, refusals=(*_STEP, ApprovalNeeded))
def return_decision(ticket: Id, body: ReasonIn) -> ComplaintOut:
    """Send a proposed decision back."""
    return complaint_out(services().deciding.send_back(ticket, body.reason, call(complaint_out)))


@desk.post(
    "/v1/desk/complaints/{ticket}/deliver",
    Act.COMPLAINT_DECIDE,
    refusals=(*_STEP, *ANSWER, GateOpen, ProofMissing, WayUnsuitable),
)
def deliver_decision(ticket: Id, body: DeliveryBody) -> ComplaintOut:
    """Bring the decision to the customer; the final clock is met when it has arrived."""
    deliver, used = services().delivering.deliver, answer_used(body.answer)
    return complaint_out(deliver(ticket, body.channel, body.proof, call(complaint_out), used))


@desk.post("/v1/desk/complaints/{ticket}/redress-paid", Act.COMPLAINT_DECIDE, refusals=_STEP)
def pay_redress(ticket: Id, body: PaymentIn) -> ComplaintOut:
    """Say when redress was paid."""
    return complaint_out(services().delivering.pay(ticket, body.paid_on, body.reference, call(complaint_out)))


@desk.post("/v1/desk/complaints/{ticket}/refer", Act.DESK_WRITE, refusals=_STEP)
def refer_complaint(ticket: Id, body: ReferralIn) -> ComplaintOut:
    """Record that an ombudsman, a mediator or a court has it now too."""
    return complaint_out(services().delivering.refer(ticket, body.to, body.reference, call(complaint_out)))


@desk.post("/v1/desk/complaints/{ticket}/close", Act.COMPLAINT_DECIDE, refusals=_STEP)
def close_complaint(ticket: Id, body: Closing) -> ComplaintOut:
    """Close a complaint whose decision has arrived."""
    action = body.corrective_action
    correction = Correction(action.what, action.owner, action.look_on) if action else None
    return complaint_out(services().delivering.close(ticket, body.root_cause, correction, call(complaint_out)))


@desk.post("/v1/desk/complaints/{ticket}/correction-ended", Act.DESK_WRITE, refusals=_STEP)
def end_correction(ticket: Id, body: EffectIn) -> ComplaintOut:
    """Say what the corrective action has brought, once its effect can be seen."""
    return complaint_out(services().delivering.end_correction(ticket, body.effect, call(complaint_out)))
