"""A complaint: what it keeps beside its ticket, and the states it goes through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from chalicelib.kernel.errors import Invalid


class MissingBlocks(Invalid):
    """The decision lacks something its regime says it must tell; `missing_blocks` lists what."""

    code = "missing_blocks"
    such_as: ClassVar[Mapping[str, object]] = {"missing_blocks": ["findings", "reasons"]}


class ProofMissing(Invalid):
    """A decision handed over otherwise than by SMS needs a proof: a receipt, a signature, a call record."""

    code = "proof_missing"
    such_as: ClassVar[Mapping[str, object]] = {"errors": [{"field": "proof", "code": "missing"}]}


class Status(StrEnum):
    """The states, in order."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    DECIDED = "decided"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    CLOSED = "closed"


NEXT: dict[str, frozenset[str]] = {
    Status.RECEIVED: frozenset({Status.IN_PROGRESS, Status.DECIDED}),
    Status.IN_PROGRESS: frozenset({Status.DECIDED}),
    Status.DECIDED: frozenset({Status.DELIVERING, Status.DELIVERED}),
    Status.DELIVERING: frozenset({Status.DELIVERED}),
    Status.DELIVERED: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset(),
}


class Outcome(StrEnum):
    """What was decided."""

    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"
    SETTLED = "settled"


class Way(StrEnum):
    """How a decision reaches the customer; all but SMS are proven by whoever handed it over."""

    SMS = "sms"
    LETTER = "letter"
    BRANCH = "branch"
    PHONE = "phone"


@dataclass(frozen=True)
class Filing:
    """A complaint as it comes in; `received_at` is the first expression of it, and may lie in the past."""

    subject: str
    body: str
    customer_id: str
    unit: str
    channel: str
    received_at: datetime
    language: str = ""
    product: str = ""
    wanted_outcome: str = ""
    about_unit: str = ""
    about_staff: str = ""
    amount: Mapping[str, Any] | None = None
    support_needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """What was decided and why; `rights` are what the regimes say the customer must be told."""

    outcome: Outcome
    findings: str
    reasons: str
    rights: tuple[str, ...]
    by: str
    at: datetime
    redress: Mapping[str, Any] | None = None

    def facts(self) -> dict[str, Any]:
        """Write it as plain data."""
        return {
            "outcome": self.outcome.value,
            "findings": self.findings,
            "reasons": self.reasons,
            "rights": list(self.rights),
            "by": self.by,
            "at": self.at,
            "redress": self.redress,
        }
