"""What happened to files: ids, sizes and digests, never a name or what is in them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class AttachmentAsked(Event):
    """Somebody was given a link to upload a file that they announced."""

    NAME: ClassVar[str] = "attachment.asked"
    ticket: str
    attachment: str
    content_type: str
    size: int
    sha256: str
    visibility: str
    purpose: str | None = None


@dataclass(frozen=True)
class AttachmentStored(Event):
    """The file is there, as it was announced, and in quarantine."""

    NAME: ClassVar[str] = "attachment.stored"
    ticket: str
    attachment: str
    content_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class AttachmentRefused(Event):
    """What arrived was something else than what was announced, in size, checksum or type."""

    NAME: ClassVar[str] = "attachment.refused"
    ticket: str
    attachment: str
    why: str


@dataclass(frozen=True)
class AttachmentExpired(Event):
    """Nothing arrived as long as the link was good."""

    NAME: ClassVar[str] = "attachment.expired"
    ticket: str
    attachment: str


@dataclass(frozen=True)
class AttachmentCleared(Event):
    """It was found clean, by the scanner or by staff; `sha256` is that of the reason staff gave."""

    NAME: ClassVar[str] = "attachment.cleared"
    ticket: str
    attachment: str
    how: str
    sha256: str = ""


@dataclass(frozen=True)
class AttachmentInfected(Event):
    """It was found infected, by the scanner or by staff; `sha256` is that of the reason staff gave."""

    NAME: ClassVar[str] = "attachment.infected"
    ticket: str
    attachment: str
    how: str
    sha256: str = ""


@dataclass(frozen=True)
class AttachmentRemoved(Event):
    """The infected object is deleted, and the ticket has been told."""

    NAME: ClassVar[str] = "attachment.removed"
    ticket: str
    attachment: str


@dataclass(frozen=True)
class AttachmentKept(Event):
    """It is kept until another time than was known: what it is for was moved, or does not take place."""

    NAME: ClassVar[str] = "attachment.kept_until"
    ticket: str
    attachment: str
    until: datetime


@dataclass(frozen=True)
class AttachmentEnded(Event):
    """Its time is over: the object is deleted, and what was known of it but its digest is forgotten."""

    NAME: ClassVar[str] = "attachment.ended"
    ticket: str
    attachment: str


@dataclass(frozen=True)
class AttachmentUnscanned(Event):
    """There is no verdict yet, or the scanner cannot give one; without `look_at` it is for people to say."""

    NAME: ClassVar[str] = "attachment.unscanned"
    ticket: str
    attachment: str
    why: str
    look_at: datetime | None = None


@dataclass(frozen=True)
class AttachmentRead(Event):
    """Somebody was given a link to read a file."""

    NAME: ClassVar[str] = "attachment.read"
    ticket: str
    attachment: str
