"""What happened to somebody's consent and to checks of their face; neither scores, digests nor pictures are in any of it.

What stands in the ledger stays there, so nothing does that somebody may have deleted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class FacesOffered(Event):
    """The institution offers face checks under these terms from now on, or no longer."""

    NAME: ClassVar[str] = "faces.offered"
    open: bool
    version: int
    assessment: str
    assessed_on: str
    keep_days: int
    sha256: Mapping[str, str]


@dataclass(frozen=True)
class FaceConsented(Event):
    """A customer agreed, separately from everything else, and was told the other ways."""

    NAME: ClassVar[str] = "face.consented"
    face: str
    version: int
    language: str
    sha256: str
    keep_days: int
    assessment: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class FaceWithdrawn(Event):
    """The customer took the consent back; no face is looked at from now on."""

    NAME: ClassVar[str] = "face.withdrawn"
    face: str
    version: int


@dataclass(frozen=True)
class FaceDeclined(Event):
    """The customer chose another way."""

    NAME: ClassVar[str] = "face.declined"
    face: str
    purpose: str
    way: str


@dataclass(frozen=True)
class FaceStarted(Event):
    """A check began; the other ways were offered with it."""

    NAME: ClassVar[str] = "face.started"
    face: str
    check: str
    purpose: str
    risk: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class FaceChecked(Event):
    """What a check came to: passed, step_up (another way) or review (a person decides)."""

    NAME: ClassVar[str] = "face.checked"
    face: str
    check: str
    purpose: str
    result: str
    why: str
    notices: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class FaceImageDiscarded(Event):
    """Receipt: so many images were looked at in memory and are gone; so many of them were ever stored."""

    NAME: ClassVar[str] = "face.image_discarded"
    face: str
    check: str
    images: int
    stored: int


@dataclass(frozen=True)
class FaceEnded(Event):
    """A check ended without a result, or without what could have come of it."""

    NAME: ClassVar[str] = "face.ended"
    face: str
    check: str
    why: str
    notices: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class FaceClosed(Event):
    """Too many checks failed in a row: until then it is another way."""

    NAME: ClassVar[str] = "face.closed"
    face: str
    until: datetime
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class FaceDecided(Event):
    """A person decided about an unclear check, and how they made sure; the customer is told."""

    NAME: ClassVar[str] = "face.decided"
    face: str
    check: str
    outcome: str
    how: str
    sha256: str
    notices: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class FaceGranted(Event):
    """What a person confirmed was collected: the grant works from now on, for minutes."""

    NAME: ClassVar[str] = "face.granted"
    face: str
    check: str
    purpose: str


@dataclass(frozen=True)
class FaceDeleted(Event):
    """Receipt: everything that was kept of these checks is gone, since it was withdrawn or its time is over."""

    NAME: ClassVar[str] = "face.deleted"
    face: str
    checks: tuple[str, ...]
    why: str
