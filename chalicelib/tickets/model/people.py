"""Who speaks for whom, and what somebody needs so that they can be served."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from chalicelib.kernel.errors import Invalid

# Order 2020-3 Art.13: several complainants with one cause name at most five who speak for them.
MOST_REPRESENTATIVES = 5


class TooManyRepresentatives(Invalid):
    """At most five may speak for those who complain together (Order 2020-3 Art.13)."""

    code = "too_many_representatives"


class Capacity(StrEnum):
    """In what capacity somebody speaks for the customer."""

    AGENT = "agent"
    HEIR = "heir"
    JOINT = "joint"


@dataclass(frozen=True)
class Representative:
    """Somebody who may read and speak on a ticket beside its customer, as long as the mandate lasts.

    `document_sha256` is the digest of the mandate a member of staff has seen; `until` None means without an end.
    """

    customer_id: str
    capacity: Capacity
    document_sha256: str
    checked_by: str
    since: datetime
    until: datetime | None = None

    def speaks(self, now: datetime) -> bool:
        """Tell whether the mandate is in force."""
        return self.since <= now and (self.until is None or now < self.until)


class Need(StrEnum):
    """What somebody needs (FG21/1; 2022 notice on keeping channels open for the elderly)."""

    ELDERLY = "elderly"
    HEARING = "hearing"
    SIGHT = "sight"
    SPEECH = "speech"
    MOBILITY = "mobility"
    LANGUAGE = "language"
    LARGE_PRINT = "large_print"
    BEREAVEMENT = "bereavement"
    MINOR = "minor"
    PROXY = "proxy"


# Ways that somebody with a need cannot use.
CLOSED_WAYS = {
    Need.HEARING: frozenset({"phone"}),
    Need.SPEECH: frozenset({"phone"}),
    Need.SIGHT: frozenset({"letter"}),
    Need.MOBILITY: frozenset({"branch"}),
}


@dataclass(frozen=True)
class SupportNeeds:
    """Needs the customer has consented to have kept, to be looked at again on `review_on` (local date of the unit)."""

    kinds: tuple[Need, ...]
    consented_at: datetime
    review_on: date

    @property
    def closed_ways(self) -> frozenset[str]:
        """The ways on which the customer cannot be reached."""
        return frozenset(way for kind in self.kinds for way in CLOSED_WAYS.get(kind, ()))
