"""The one book of calls and texts to a person, and of what they wish about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from chalicelib.kernel.events import Link
from chalicelib.sla.contact import OF_TEXTS, Purpose

# No rule looks back further than a week; what is older is left out when the book is written.
KEPT = timedelta(days=8)
# What somebody refuses of their own accord they refuse until they say otherwise.
ALWAYS = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Contact:
    """A call or a text, or one that is about to be; `ref` names the try, or the word."""

    at: datetime
    purpose: Purpose
    ref: str

    @property
    def called(self) -> bool:
        """Whether it was a call."""
        return self.purpose not in OF_TEXTS


@dataclass(frozen=True)
class Wishes:
    """What somebody wishes about being called and written to, all of it."""

    do_not_call: bool
    consents: frozenset[Purpose] = frozenset()
    refuses: frozenset[Purpose] = frozenset()


@dataclass(frozen=True)
class Book:
    """What a person was called and written to for lately, and what they wish.

    `do_not_call` forbids every call they did not ask for; `consents` are purposes they agreed to, `refused` those they refused,
    and until when.
    """

    customer: str
    contacts: tuple[Contact, ...] = ()
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
        """Give it with one more, in its next version; what nobody looks at any more is left out."""
        lately = tuple(one for one in self.contacts if one.at > contact.at - KEPT and one.ref != contact.ref)
        return replace(self, contacts=(*lately, contact), version=self.version + 1)

    def given_back(self, ref: str) -> "Book":
        """Give it without one that was not made, in its next version."""
        rest = tuple(one for one in self.contacts if one.ref != ref)
        return replace(self, contacts=rest, version=self.version + 1)

    def wishing(self, wishes: Wishes) -> "Book":
        """Give it with other wishes; what was refused in a call stays so for its time, unless it is agreed to now."""
        ended = {purpose for purpose, until in self.refused.items() if purpose in wishes.consents or until == ALWAYS}
        kept = {purpose: until for purpose, until in self.refused.items() if purpose not in ended}
        refused = kept | dict.fromkeys(wishes.refuses, ALWAYS)
        return replace(self, do_not_call=wishes.do_not_call, consents=wishes.consents, refused=refused)

    def refusing(self, purpose: Purpose, until: datetime) -> "Book":
        """Give it with a refusal, in its next version; one that stands for longer is not cut short."""
        longest = max(until, self.refused.get(purpose, until))
        return replace(self, refused={**self.refused, purpose: longest}, version=self.version + 1)


@dataclass(frozen=True)
class Barred:
    """Why a person is not called or written to now, and from when on they may be; None is never, as things stand."""

    why: str
    until: datetime | None
