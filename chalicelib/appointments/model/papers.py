"""Documents that are looked at before a visit: what the customer says of each, what was sent in, what the branch found."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol

from chalicelib.kernel.errors import Conflict

from .catalogue import Document, Words


class Verdict(StrEnum):
    """What the branch found: it is as it has to be, there is none, or another one is needed."""

    ACCEPTED = "accepted"
    MISSING = "missing"
    REPLACE = "replace"


class Flaw(StrEnum):
    """What is wrong with a document, or that it is needed."""

    NEEDED = "needed"
    UNREADABLE = "unreadable"
    INCOMPLETE = "incomplete"
    OUT_OF_DATE = "out_of_date"
    ANOTHER = "another"


# Said to the customer; a clerk chooses, so that it is said in both languages and no free text goes out by SMS.
FLAWS: Mapping[str, Words] = {
    Flaw.NEEDED: {"en": "We need it for your visit.", "zh-CN": "办理业务需要此文件。"},
    Flaw.UNREADABLE: {"en": "It cannot be read.", "zh-CN": "内容无法辨认。"},
    Flaw.INCOMPLETE: {"en": "A part of it is missing.", "zh-CN": "内容不完整。"},
    Flaw.OUT_OF_DATE: {"en": "It is out of date.", "zh-CN": "文件已过期。"},
    Flaw.ANOTHER: {"en": "It is another document than the one needed.", "zh-CN": "并非所需的文件。"},
}


class Standing(StrEnum):
    """How far a document is: nothing said, will be brought, being scanned, to be looked at, or what was found."""

    OPEN = "open"
    BRINGS = "brings"
    SCANNED = "scanned"
    TO_CHECK = "to_check"
    ACCEPTED = "accepted"
    MISSING = "missing"
    REPLACE = "replace"


class PaperNotReady(Conflict):
    """There is no clean file of that document to judge; `state` says how far the document is."""

    code = "paper_not_ready"
    such_as: ClassVar[Mapping[str, object]] = {"state": "scanned"}


@dataclass(frozen=True)
class Paper:
    """What is known of one document of a visit: `file` is the one that was judged last, `checks` how often it was."""

    document: str
    brings: bool = False
    verdict: str = ""
    reason: str = ""
    file: str = ""
    checks: int = 0

    @property
    def accepted(self) -> bool:
        """Whether it need not be looked at in the branch any more."""
        return self.verdict == Verdict.ACCEPTED


class Sent(Protocol):
    """A file that was sent in, for the document that `purpose` names."""

    @property
    def id(self) -> str: ...
    @property
    def purpose(self) -> str: ...
    @property
    def status(self) -> str: ...


@dataclass(frozen=True)
class Item:
    """A line of a checklist; `file` is the newest that can be looked at, or will be once it is `clean`."""

    document: Document
    paper: Paper
    standing: Standing
    file: str = ""
    clean: bool = False


@dataclass(frozen=True)
class Checklist:
    """What to bring to a visit and how far each is; `saved` minutes were taken off it for what was accepted."""

    appointment: str
    number: str
    starts_at: datetime
    ends_at: datetime
    items: tuple[Item, ...]
    saved: int
    version: int


@dataclass(frozen=True)
class Prepared:
    """A visit as whoever keeps files sees it: what they may be for, and until when they are kept."""

    id: str
    status: str
    open: bool
    purposes: Collection[str]
    keep_until: datetime | None
