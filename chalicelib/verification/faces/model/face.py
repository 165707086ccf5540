"""What is known of a customer's consent, and of checks of their face."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.kernel.assurance import GRANT_LIFE
from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.kernel.events import Link

from .offer import Offer, Purpose, Risk


class Status(StrEnum):
    """Where a check is; `step_up` means that another way is needed."""

    OPEN = "open"
    PASSED = "passed"
    STEP_UP = "step_up"
    REVIEW = "review"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    ENDED = "ended"


NEXT = {
    Status.OPEN: {Status.PASSED, Status.STEP_UP, Status.REVIEW, Status.ENDED},
    Status.REVIEW: {Status.CONFIRMED, Status.REFUSED, Status.ENDED},
    Status.CONFIRMED: {Status.PASSED, Status.ENDED},
    Status.PASSED: set[Status](),
    Status.STEP_UP: set[Status](),
    Status.REFUSED: set[Status](),
    Status.ENDED: set[Status](),
}
# Only one check of a customer is in one of these at a time.
BUSY = frozenset({Status.OPEN, Status.REVIEW, Status.CONFIRMED})


class Why(StrEnum):
    """Why a check ended as it did, beyond its scores."""

    SCORES = "scores"
    NO_REFERENCE = "no_reference"
    SEEN_BEFORE = "seen_before"
    TIMED_OUT = "timed_out"
    STARTED_ANEW = "started_anew"
    WITHDRAWN = "withdrawn"
    NOBODY_DECIDED = "nobody_decided"
    NOT_COLLECTED = "not_collected"


class How(StrEnum):
    """How a person made sure who it was; they see no picture, since there is none."""

    CALL = "call"
    BRANCH = "branch"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Consent:
    """Agreed to a version of the terms, in a language; until it is taken back."""

    version: int
    language: str
    at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class Face:
    """A customer's standing: consent, failures in a row, when checks were started lately, and the check that is not over.

    `sweeping` says that checks are still to be deleted after a withdrawal.
    """

    customer: str
    unit: str
    consent: Consent | None = None
    failures: int = 0
    closed_until: datetime | None = None
    starts: tuple[datetime, ...] = ()
    busy: str = ""
    sweeping: datetime | None = None
    version: int = 0
    link: Link = Link()

    @property
    def id(self) -> str:
        """Name its chain in the ledger."""
        return face_id(self.customer)

    def agreed(self, version: int) -> bool:
        """Tell whether a consent to these very terms is in force."""
        return self.consent is not None and self.consent.version == version and self.consent.withdrawn_at is None

    def closed(self, now: datetime) -> bool:
        """Tell whether too many checks have failed lately."""
        return self.closed_until is not None and now < self.closed_until


@dataclass(frozen=True)
class Check:
    """One look at a face: scores in hundredths of a percent and the image's SHA-256, never the image.

    `until` is how long it may stay as it is: for the session, for a person to decide, for the grant to be collected, or for
    the grant itself. `kept_until` is when all of it goes.
    """

    id: str
    customer: str
    unit: str
    purpose: Purpose
    risk: Risk
    status: Status
    session: str
    started_at: datetime
    until: datetime
    kept_until: datetime
    liveness: int | None = None
    similarity: int | None = None
    sha256: str = ""
    why: Why = Why.SCORES
    decided_by: str = ""
    version: int = 0

    def moved(self, to: Status, until: datetime, why: Why = Why.SCORES) -> "Check":
        """Give it in another state; raises NotAllowedNow."""
        if to not in NEXT[self.status]:
            raise NotAllowedNow(state=self.status, allowed=sorted(NEXT[self.status]))
        return replace(self, status=to, until=until, why=why)

    @property
    def due_at(self) -> datetime:
        """When something has to be done about it next."""
        return min(self.until, self.kept_until) if self.status in BUSY else self.kept_until


@dataclass(frozen=True)
class Change:
    """A check before and after: `before` is None for a new one, `after` for one that is deleted."""

    before: Check | None
    after: Check | None


@dataclass(frozen=True)
class Standing:
    """What is offered, how a customer stands to it, and the check that was asked for, if any."""

    offer: Offer
    face: Face | None
    check: Check | None = None


@dataclass(frozen=True)
class Waiting:
    """A check that waits for somebody's decision."""

    check: str
    customer: str
    unit: str
    purpose: Purpose
    risk: Risk
    liveness: int
    similarity: int
    decide_by: datetime


@dataclass(frozen=True)
class Grant:
    """What a face proved: this customer, for this purpose, until then; `phone` is the number they are known by.

    It is not `bound` to one transaction, as a code can be: amount and payee stand in no face.
    """

    id: str
    customer: str
    phone: str
    purpose: Purpose
    expires_at: datetime
    bound: bool = False

    @property
    def made_at(self) -> datetime:
        """When the check was passed."""
        return self.expires_at - GRANT_LIFE


FACE = "face_"


def face_id(customer: str) -> str:
    """Name what is known of a customer's face; their own chain is about other things."""
    return f"{FACE}{customer}"


def customer_of(face: str) -> str:
    """Give the customer back."""
    return face.removeprefix(FACE)


def grant_for(purpose: str) -> str:
    """Name the kind of token that opens what a purpose is for, so that a grant fits nowhere else."""
    return f"grant:{purpose}"


def grant_id(check: Check) -> str:
    """Name what a grant is made for: the check and whose it is."""
    return f"{check.customer}.{check.id}"
