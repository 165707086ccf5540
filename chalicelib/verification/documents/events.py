"""What staff saw of a document; neither its number nor any digest of it is in any of this."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class DocumentSeen(Event):
    """Somebody looked at a document; where a second person has to, it proves nothing yet."""

    NAME: ClassVar[str] = "document.seen"
    visit: str
    branch: str
    kind: str
    expires_on: str
    outcome: str
    why: str


@dataclass(frozen=True)
class DocumentSeconded(Event):
    """A second person looked at it for themselves."""

    NAME: ClassVar[str] = "document.seconded"
    visit: str
    branch: str
    kind: str
    outcome: str
    why: str
