"""What is said on a ticket."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Author(StrEnum):
    """Who speaks in a message, so that no clock ever mistakes who answered."""

    CUSTOMER = "customer"
    STAFF = "staff"
    SYSTEM = "system"


class Visibility(StrEnum):
    """Whether the customer sees a message."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True)
class AnswerRef:
    """A canned answer that is to be used: in the version named, or else in the one in force."""

    id: str
    version: int | None = None

    @classmethod
    def of(cls, ref: str) -> "AnswerRef":
        """Read `id@version`, as messages and decisions keep it."""
        id_, _, version = ref.partition("@")
        return cls(id_, int(version))


@dataclass(frozen=True)
class Matter:
    """What a wording may know of a ticket; `facts` by the name of a variable, without what there is none of."""

    kind: str
    unit: str
    language: str
    topic: str
    product: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Message:
    """One thing said on a ticket; `internal` ones are never shown to the customer.

    `answer` names the approved wording it was made from, as `id@version`, if it was, and `answer_sha256` is that
    version's digest. `opens_at` is told once, to who says it, and not stored.
    """

    id: str
    author: Author
    by: str
    visibility: Visibility
    body: str
    at: datetime
    ticket: str = ""
    answer: str = ""
    answer_sha256: str = ""
    opens_at: datetime | None = None
