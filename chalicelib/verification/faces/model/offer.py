"""What the institution offers, and under which terms: data of its own file."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chalicelib.kernel.events import Link

OFFER_CHAIN = "faces#offer"


class Purpose(StrEnum):
    """What a face may prove; never a sign-in: it is a further factor and no first one (NIST SP 800-63B 5.2.3)."""

    STEP_UP = "step_up"
    CHANGE_PHONE = "change_phone"


class Risk(StrEnum):
    """How much depends on it."""

    ELEVATED = "elevated"
    HIGH = "high"


class Way(StrEnum):
    """Ways that need no face; each of them leads everywhere a face does."""

    CODE = "code"
    BRANCH = "branch"
    CALL = "call"


OTHER_WAYS = tuple(way.value for way in Way)


@dataclass(frozen=True)
class Terms:
    """What somebody agrees to: the text and what for, by language; for how many days what is kept is kept.

    `assessment` names the impact assessment that was made before, on `assessed_on` (PIPL Art. 55).
    """

    version: int
    text: Mapping[str, str]
    purpose: Mapping[str, str]
    keep_days: int
    assessment: str
    assessed_on: date

    def sha256(self, language: str) -> str:
        """Name the words somebody agrees to."""
        return hashlib.sha256(f"{self.purpose[language]}\x1f{self.text[language]}".encode()).hexdigest()


@dataclass(frozen=True)
class Bar:
    """What has to be reached, in hundredths of a percent: to pass, and at least for a person to look at it."""

    liveness: int
    similarity: int
    liveness_least: int
    similarity_least: int


@dataclass(frozen=True)
class Offer:
    """Whether faces are offered, under which terms, how sure they have to be, and by when a person decides."""

    open: bool = False
    terms: Terms | None = None
    bars: Mapping[Risk, Bar] = field(default_factory=dict)
    risks: Mapping[Purpose, Risk] = field(default_factory=dict)
    review_hours: int = 24
    link: Link = Link()
