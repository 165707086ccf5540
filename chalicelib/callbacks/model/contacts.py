"""The one book of calls to a person, and of what they wish about being called."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from chalicelib.kernel.events import Link
from chalicelib.sla.contact import Purpose

# No rule looks back further than a week; what is older is left out when the book is written.
KEPT = timedelta(days=8)


@dataclass(frozen=True)
class Contact:
    """A call that was made, or is about to be; `ref` names the try."""

    at: datetime
    purpose: Purpose
    ref: str


@dataclass(frozen=True)
class Book:
    """What a person was called for lately, whatever for, and what they wish.

    `do_not_call` forbids every call they did not ask for; `consents` are purposes they agreed to, `refused` those they refused,
    and until when.
    """

    customer: str
    calls: tuple[Contact, ...] = ()
    do_not_call: bool = False
    consents: frozenset[Purpose] = frozenset()
    refused: Mapping[Purpose, datetime] = field(default_factory=dict)
    version: int = 0
    link: Link = field(default_factory=Link)

    @property
    def subject(self) -> str:
        """Name its chain in the ledger."""
        return f"contact#{self.customer}"

    def taken(self, contact: Contact) -> "Book":
        """Give it with one more call, in its next version; what nobody looks at any more is left out."""
        lately = tuple(one for one in self.calls if one.at > contact.at - KEPT and one.ref != contact.ref)
        return replace(self, calls=(*lately, contact), version=self.version + 1)

    def given_back(self, ref: str) -> "Book":
        """Give it without a call that was not made, in its next version."""
        return replace(self, calls=tuple(one for one in self.calls if one.ref != ref), version=self.version + 1)

    def refusing(self, purpose: Purpose, until: datetime) -> "Book":
        """Give it with a refusal, in its next version."""
        return replace(self, refused={**self.refused, purpose: until}, version=self.version + 1)


@dataclass(frozen=True)
class Barred:
    """Why a person is not called now, and from when on they may be; None is never, as things stand."""

    why: str
    until: datetime | None
