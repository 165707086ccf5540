"""What was seen of an identity document."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from chalicelib.kernel.events import Link


class Kind(StrEnum):
    """What kind of document it is."""

    ID_CARD = "id_card"
    PASSPORT = "passport"
    RESIDENCE_PERMIT = "residence_permit"
    DRIVING_LICENCE = "driving_licence"


class Outcome(StrEnum):
    """What came of it."""

    VERIFIED = "verified"
    AWAITING_SECOND = "awaiting_second"
    REFUSED = "refused"


class Why(StrEnum):
    """Why it came to that."""

    MATCHES = "matches"
    HIGH_RISK = "high_risk"
    OTHER_THAN_BEFORE = "other_than_before"
    DOES_NOT_MATCH = "does_not_match"
    EXPIRED = "expired"
    SEEN_OTHERWISE = "seen_otherwise"


@dataclass(frozen=True)
class Shown:
    """What somebody reads from a document, and whether picture and name fit who stands there and who is booked."""

    kind: Kind
    number: str = field(repr=False)
    expires_on: date
    matches: bool


@dataclass(frozen=True)
class Document:
    """What was seen for a visit; `sha256` is keyed, so that nobody finds a number by trying."""

    visit: str
    customer: str
    unit: str
    kind: Kind
    sha256: str
    expires_on: date
    outcome: Outcome
    why: Why
    seen_by: str
    seen_on: date
    seen_at: datetime
    second_by: str = ""
    version: int = 0
    link: Link = Link()

    @property
    def id(self) -> str:
        """Name its chain in the ledger: one for all that was ever seen for a visit."""
        return f"doc_{self.visit}"

    @property
    def by_two(self) -> bool:
        """Tell whether two people looked at it."""
        return bool(self.second_by)
