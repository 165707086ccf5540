"""What happened in a complaint's process; texts are told by hash only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event

Words = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class ComplaintReceived(Event):
    """A complaint is registered; `received_at` is when it was first expressed."""

    NAME: ClassVar[str] = "complaint.received"
    ticket: str
    number: str
    unit: str
    owner: str
    channel: str
    received_at: datetime
    regimes: tuple[str, ...]
    sha256: str
    notices: Words = ()


@dataclass(frozen=True)
class AcknowledgementAsked(Event):
    """Staff wants the acknowledgement sent once more."""

    NAME: ClassVar[str] = "complaint.acknowledgement_asked"
    ticket: str
    notices: Words


@dataclass(frozen=True)
class ComplaintTakenUp(Event):
    """Somebody of the staff works on it for the first time."""

    NAME: ClassVar[str] = "complaint.taken_up"
    ticket: str


@dataclass(frozen=True)
class ComplaintMajor(Event):
    """It is a major complaint, for the reasons named: head and compliance hear of it at once."""

    NAME: ClassVar[str] = "complaint.major"
    ticket: str
    reasons: tuple[str, ...]
    notices: Words


@dataclass(frozen=True)
class AlarmAcknowledged(Event):
    """Somebody in charge has looked at a major complaint."""

    NAME: ClassVar[str] = "complaint.alarm_acknowledged"
    ticket: str


@dataclass(frozen=True)
class ComplaintClassified(Event):
    """What kind of complaint it is; a later classification does not undo the record of an earlier one."""

    NAME: ClassVar[str] = "complaint.classified"
    ticket: str
    product: str
    cause: str
    severity: str
    regulatory_impact: bool
    codes: Mapping[str, Any]


@dataclass(frozen=True)
class ComplaintDecided(Event):
    """Staff decided, or proposed it for `approval_for`; `sha256` is that of findings and reasons, `answer` the wording."""

    NAME: ClassVar[str] = "complaint.decided"
    ticket: str
    outcome: str
    rights: tuple[str, ...]
    approval_for: tuple[str, ...]
    redress: Mapping[str, Any] | None
    sha256: str
    answer: Mapping[str, str] | None = None


@dataclass(frozen=True)
class ApprovalAsked(Event):
    """Somebody independent has to approve the decision before it goes out."""

    NAME: ClassVar[str] = "complaint.approval_asked"
    ticket: str
    reasons: tuple[str, ...]
    notices: Words


@dataclass(frozen=True)
class DecisionApproved(Event):
    """Somebody independent approved the decision."""

    NAME: ClassVar[str] = "complaint.approved"
    ticket: str


@dataclass(frozen=True)
class DecisionReturned(Event):
    """The approver sent the decision back."""

    NAME: ClassVar[str] = "complaint.returned"
    ticket: str
    sha256: str
    notices: Words


@dataclass(frozen=True)
class DeliveryAsked(Event):
    """The decision is to reach the customer by SMS; whether it did, the receipt will say."""

    NAME: ClassVar[str] = "complaint.delivery_asked"
    ticket: str
    channel: str
    notices: Words
    answer: Mapping[str, str] | None = None


@dataclass(frozen=True)
class DecisionDelivered(Event):
    """The decision was handed over, by somebody who has the proof."""

    NAME: ClassVar[str] = "complaint.delivered"
    ticket: str
    channel: str
    proof_sha256: str
    answer: Mapping[str, str] | None = None


@dataclass(frozen=True)
class RedressPaid(Event):
    """What was promised has been paid."""

    NAME: ClassVar[str] = "complaint.redress_paid"
    ticket: str
    paid_on: str
    redress: Mapping[str, Any]


@dataclass(frozen=True)
class CustomerReminded(Event):
    """The customer has said nothing to the decision yet, and is reminded that they may."""

    NAME: ClassVar[str] = "complaint.customer_reminded"
    ticket: str
    notices: Words


@dataclass(frozen=True)
class DecisionAccepted(Event):
    """The customer agrees."""

    NAME: ClassVar[str] = "complaint.accepted"
    ticket: str


@dataclass(frozen=True)
class ReviewAsked(Event):
    """The customer does not agree: the unit above looks at it anew (核查)."""

    NAME: ClassVar[str] = "complaint.review_asked"
    ticket: str
    before: str
    unit: str
    sha256: str


@dataclass(frozen=True)
class ComplaintWithdrawn(Event):
    """The customer lets the matter go."""

    NAME: ClassVar[str] = "complaint.withdrawn"
    ticket: str
    notices: Words


@dataclass(frozen=True)
class ComplaintReferred(Event):
    """Somebody outside has the complaint now too."""

    NAME: ClassVar[str] = "complaint.referred"
    ticket: str
    to: str
    reference_sha256: str


@dataclass(frozen=True)
class NewFacts(Event):
    """New facts or reasons have come; clocks whose rules say so begin anew."""

    NAME: ClassVar[str] = "complaint.new_facts"
    ticket: str
    sha256: str


@dataclass(frozen=True)
class ExtensionAsked(Event):
    """Somebody asks for more time; nothing moves until another person approves it."""

    NAME: ClassVar[str] = "complaint.extension_asked"
    ticket: str
    n: int
    clock: str
    step: str
    sha256: str
    notices: Words


@dataclass(frozen=True)
class ExtensionApproved(Event):
    """There is more time; the customer is told why and until when."""

    NAME: ClassVar[str] = "complaint.extension_approved"
    ticket: str
    n: int
    clock: str
    step: str
    due_at: datetime
    notices: Words


@dataclass(frozen=True)
class CorrectionEnded(Event):
    """The corrective action is over, and its effect was looked at."""

    NAME: ClassVar[str] = "complaint.correction_ended"
    ticket: str
    sha256: str


@dataclass(frozen=True)
class ComplaintClosed(Event):
    """The case is over, with why it came to the complaint; `why` is staff or silence, `correction` who mends the cause."""

    NAME: ClassVar[str] = "complaint.closed"
    ticket: str
    root_cause: str
    why: str
    correction: str
