"""What is said on a ticket."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
class Message:
    """One thing said on a ticket; `internal` ones are never shown to the customer.

    `template` names the approved wording it was made from, in its version, if it was. `opens_at` is told once, to who
    says it, and not stored.
    """

    id: str
    author: Author
    by: str
    visibility: Visibility
    body: str
    at: datetime
    ticket: str = ""
    template: str = ""
    opens_at: datetime | None = None
