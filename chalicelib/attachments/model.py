"""A file that was sent in, and the shelf of a ticket on which its files stand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from chalicelib.kernel.errors import Conflict, Gone, Invalid, NotAllowedNow
from chalicelib.kernel.events import Link
from chalicelib.kernel.ids import ALPHABET

DUE_SHARDS = 2
INCOMING, KEPT = "incoming", "kept"


class Status(StrEnum):
    """Where a file stands."""

    AWAITED = "awaited"
    QUARANTINED = "quarantined"
    CLEAN = "clean"
    INFECTED = "infected"
    REMOVED = "removed"
    REFUSED = "refused"
    EXPIRED = "expired"
    ENDED = "ended"


NEXT: dict[Status, frozenset[Status]] = {
    Status.AWAITED: frozenset({Status.QUARANTINED, Status.REFUSED, Status.EXPIRED}),
    Status.QUARANTINED: frozenset({Status.CLEAN, Status.INFECTED, Status.ENDED}),
    # A scanner of tomorrow may know better than that of today.
    Status.CLEAN: frozenset({Status.INFECTED, Status.ENDED}),
    Status.INFECTED: frozenset({Status.REMOVED}),
    # What is kept for a time only is forgotten with it, whatever became of the file.
    Status.REMOVED: frozenset({Status.ENDED}),
    Status.REFUSED: frozenset({Status.ENDED}),
    Status.EXPIRED: frozenset({Status.ENDED}),
    Status.ENDED: frozenset(),
}
# What counts against a ticket's limit.
STANDING = frozenset({Status.AWAITED, Status.QUARANTINED, Status.CLEAN})


class Visibility(StrEnum):
    """Whether the customer sees a file."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Verdict(StrEnum):
    """What was found in a file."""

    CLEAN = "clean"
    INFECTED = "infected"


class Silence(StrEnum):
    """Why there is no verdict: nobody has said anything yet, or the scanner cannot say."""

    NOTHING_YET = "nothing_yet"
    CANNOT_SAY = "cannot_say"


class TooManyAttachments(Conflict):
    """The ticket has as many files as it may have; `limit` is how many."""

    code = "too_many_attachments"
    such_as: ClassVar[Mapping[str, object]] = {"limit": 20}


class NotUploaded(Conflict):
    """Nothing has arrived yet at the place where the file is awaited."""

    code = "not_uploaded"


class AttachmentRefused(Invalid):
    """What arrived is not what was announced; `why` is size, checksum or type. It was thrown away: ask anew."""

    code = "attachment_refused"
    such_as: ClassVar[Mapping[str, object]] = {"why": "type"}


class AttachmentQuarantined(Conflict):
    """Nobody has found the file clean yet; `state` says how far it is."""

    code = "attachment_quarantined"
    such_as: ClassVar[Mapping[str, object]] = {"state": "quarantined"}


class AttachmentGone(Gone):
    """The file was refused, infected or never sent; `state` says which."""

    code = "attachment_gone"
    such_as: ClassVar[Mapping[str, object]] = {"state": "infected"}


class OwnFile(Conflict):
    """Who sent a file in does not find it clean."""

    code = "own_file"


@dataclass(frozen=True)
class Announced:
    """What somebody says they will send: `sha256` in hex, `size` in bytes; `purpose` is what it is for, if that counts."""

    name: str
    content_type: str
    size: int
    sha256: str
    visibility: Visibility = Visibility.PUBLIC
    purpose: str = ""


@dataclass(frozen=True)
class Attachment:
    """One file of a ticket, or of a visit, which is its `ticket` then; `by` sent it in, as a customer or as staff.

    `until` is the end of its upload link. `looked` counts the looks for a verdict; `reason` is what somebody of the staff
    wrote who gave one. `purpose` is what it is for, `keep_until` when it is to be gone; None as long as its ticket stays.
    """

    id: str
    ticket: str
    name: str
    content_type: str
    size: int
    sha256: str
    visibility: Visibility
    by: str
    by_staff: bool
    asked_at: datetime
    until: datetime
    status: Status = Status.AWAITED
    stored_at: datetime | None = None
    judged_at: datetime | None = None
    judged_by: str = ""
    reason: str = ""
    why: str = ""
    looked: int = 0
    purpose: str = ""
    keep_until: datetime | None = None
    due_at: datetime | None = None
    version: int = 0

    def moved(self, status: Status) -> "Attachment":
        """Give the file in another state; raises NotAllowedNow, naming the states that are allowed."""
        if status not in NEXT[self.status]:
            raise NotAllowedNow(state=self.status, allowed=sorted(NEXT[self.status]))
        return replace(self, status=status)

    @property
    def wakes_at(self) -> datetime | None:
        """When to look after it next: something is due, or its time is over."""
        if self.status is Status.ENDED:
            return None
        return min((at for at in (self.due_at, self.keep_until) if at is not None), default=None)

    def shown_to(self, *, staff: bool) -> bool:
        """Tell whether somebody who reaches the ticket sees it."""
        return staff or self.visibility is Visibility.PUBLIC

    @property
    def incoming(self) -> str:
        """Where it is uploaded to; nothing there is ever given out."""
        return f"{INCOMING}/{self.ticket}/{self.id}"

    @property
    def kept(self) -> str:
        """Where it is kept; no link from outside writes there."""
        return f"{KEPT}/{self.ticket}/{self.id}"


@dataclass(frozen=True)
class Shelf:
    """All files of a ticket: one chain of records, and one version, under which their number stays within its limit."""

    ticket: str
    files: tuple[Attachment, ...] = ()
    version: int = 0
    link: Link = Link()

    @property
    def subject(self) -> str:
        """Whose chain its records are."""
        return shelf_id(self.ticket)

    def find(self, id_: str) -> Attachment | None:
        """Give one of its files."""
        return next((file for file in self.files if file.id == id_), None)

    @property
    def standing(self) -> int:
        """Count the files that are there or awaited."""
        return sum(file.status in STANDING for file in self.files)

    def holding(self, file: Attachment) -> "Shelf":
        """Give the shelf with a file in its newest form."""
        return replace(self, files=(*(it for it in self.files if it.id != file.id), file))


def shelf_id(ticket: str) -> str:
    """Name the shelf of a ticket."""
    return f"shelf_{ticket.partition('_')[2]}"


def place(key: str) -> tuple[str, str]:
    """Read ticket and file out of the key of a kept object; empty texts for any other object."""
    prefix, _, rest = key.partition("/")
    ticket, _, id_ = rest.partition("/")
    return (ticket, id_) if prefix == KEPT else ("", "")


def due_shard(id_: str) -> str:
    """Hash key of the index `due`, by the last character of the id."""
    return f"attachments#{ALPHABET.index(id_[-1]) % DUE_SHARDS}"
