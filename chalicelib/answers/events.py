"""What happened to an answer; its words are told by digest only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event

Notices = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class AnswerCreated(Event):
    """There is an answer for such matters."""

    NAME: ClassVar[str] = "answer.created"
    answer: str
    unit: str
    kinds: tuple[str, ...]
    topics: tuple[str, ...]
    products: tuple[str, ...]


@dataclass(frozen=True)
class VersionWritten(Event):
    """Somebody wrote a version; `replaces` is the draft that it takes the place of."""

    NAME: ClassVar[str] = "answer.version_written"
    answer: str
    version: int
    languages: tuple[str, ...]
    variables: tuple[str, ...]
    sha256: str
    replaces: int | None


@dataclass(frozen=True)
class VersionProposed(Event):
    """A version waits for somebody else to approve it."""

    NAME: ClassVar[str] = "answer.proposed"
    answer: str
    version: int
    notices: Notices


@dataclass(frozen=True)
class VersionApproved(Event):
    """Customers may read a version from `effective_from` on."""

    NAME: ClassVar[str] = "answer.approved"
    answer: str
    version: int
    sha256: str
    effective_from: datetime
    review_on: str


@dataclass(frozen=True)
class VersionReturned(Event):
    """The approver sent a version back; `sha256` is that of the reason."""

    NAME: ClassVar[str] = "answer.returned"
    answer: str
    version: int
    sha256: str
    notices: Notices


@dataclass(frozen=True)
class VersionRetired(Event):
    """No customer reads a version any more; `sha256` is that of the reason."""

    NAME: ClassVar[str] = "answer.retired"
    answer: str
    version: int
    sha256: str


@dataclass(frozen=True)
class ReviewDue(Event):
    """A version has to be looked at again; it stays in force, and its owner is told."""

    NAME: ClassVar[str] = "answer.review_due"
    answer: str
    version: int
    notices: Notices


@dataclass(frozen=True)
class ReminderRepeated(Event):
    """Word is asked for again, because nothing was heard of it."""

    NAME: ClassVar[str] = "answer.reminder_repeated"
    answer: str
    notices: Notices


@dataclass(frozen=True)
class ReminderTaken(Event):
    """The word owed is on its way, and watched over elsewhere."""

    NAME: ClassVar[str] = "answer.reminder_taken"
    answer: str
    key: str
