"""What was said, by whom, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event

Words = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class MessagePosted(Event):
    """Somebody said something on the ticket; `answer` names the wording it was made from, if one was, by `ref` and `sha256`."""

    NAME: ClassVar[str] = "message.posted"
    ticket: str
    message: str
    author: str
    visibility: str
    sha256: str
    answer: Mapping[str, str] | None = None


@dataclass(frozen=True)
class UpdateAsked(Event):
    """The customer wants to know how it stands; they were told the clocks at once, and the owner hears of it."""

    NAME: ClassVar[str] = "ticket.update_asked"
    ticket: str
    notices: Words = ()


@dataclass(frozen=True)
class MandateKept(Event):
    """Somebody may speak for the customer; the document itself is not kept, only its digest."""

    NAME: ClassVar[str] = "ticket.mandate_kept"
    ticket: str
    representative: str
    capacity: str
    document_sha256: str
    until: datetime | None


@dataclass(frozen=True)
class MandateEnded(Event):
    """Somebody speaks for the customer no longer."""

    NAME: ClassVar[str] = "ticket.mandate_ended"
    ticket: str
    representative: str


@dataclass(frozen=True)
class NeedsKept(Event):
    """What the customer needs is kept with their consent, or no longer kept; not what it is."""

    NAME: ClassVar[str] = "ticket.needs_kept"
    ticket: str
    count: int
    review_on: str


@dataclass(frozen=True)
class FileUnscanned(Event):
    """No scanner will say what a file that was sent in is; whoever may say it is told."""

    NAME: ClassVar[str] = "ticket.file_unscanned"
    ticket: str
    attachment: str
    notices: Words = ()


@dataclass(frozen=True)
class FileInfected(Event):
    """A file that was sent in was infected and is deleted; whoever sent it in is told."""

    NAME: ClassVar[str] = "ticket.file_infected"
    ticket: str
    attachment: str
    notices: Words = ()
