"""What is decided, and how it reaches the customer."""

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


class WayUnsuitable(Invalid):
    """The customer's needs rule this way out."""

    code = "way_unsuitable"
    such_as: ClassVar[Mapping[str, object]] = {"unsuitable": ["phone"]}


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
class Decision:
    """What was decided and why; `rights` are what the regimes say the customer must be told.

    `text` is the decision in approved words, if a canned answer was used, which `answer` names by `ref` and `sha256`.
    """

    outcome: Outcome
    findings: str
    reasons: str
    rights: tuple[str, ...]
    by: str
    at: datetime
    redress: Mapping[str, Any] | None = None
    text: str | None = None
    answer: Mapping[str, str] | None = None

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
            "text": self.text,
            "answer": self.answer,
        }
