"""What face checks need from outside."""

from collections.abc import Sequence
from typing import Protocol

from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position

from .model import Change, Check, Face, Offer, Standing, Waiting


class Faces(Protocol):
    """The store of consents, checks and what is offered."""

    def standing(self, customer: str, check: str = "") -> Standing:
        """Read what is offered, how a customer stands to it, and one of their checks, at one time."""

    def save(
        self, face: Face, changes: Sequence[Change], records: Sequence[Record], stamp: Stamp | None, image: str = ""
    ) -> None:
        """Store all of it or nothing; raises Changed if something is not as it was read.

        `image` is the digest of what was just looked at: raises ImageSeen if it was before.
        """

    def remember(self, stamp: Stamp | None) -> None:
        """Keep the answer to a call that had nothing to change; raises Replayed if this very call was answered before."""

    def checks(self, customer: str) -> Sequence[Check]:
        """Give every check of a customer that is kept."""

    def waiting(self, limit: int, start: Position | None) -> Page[Waiting]:
        """List what waits for a person, the most urgent first."""

    def offer(self) -> Offer: ...

    def set_offer(self, offer: Offer, before: Offer, records: Sequence[Record]) -> None:
        """Store what is offered; raises Changed if it is not as it was read."""


class Seen(Protocol):
    """What became of a session: not over yet, over without a result, or a score and an image.

    `liveness` is in hundredths of a percent, rounded down; `image` is for the comparison and must not be kept.
    """

    @property
    def over(self) -> bool: ...
    @property
    def expired(self) -> bool: ...
    @property
    def liveness(self) -> int: ...
    @property
    def image(self) -> bytes: ...


class Liveness(Protocol):
    """Tells a living person from a picture or a mask; every method raises Unavailable if it cannot be had.

    It stores no image. A session is good for one check, and its result can be asked for as often as one likes.
    """

    def begin(self, id_: str) -> str:
        """Open a session and name it; `id_` is ours, so that the same one twice is one session."""

    def seen(self, session: str) -> Seen:
        """Tell what became of a session."""


class Matcher(Protocol):
    """Compares a face with the reference that the institution keeps of a customer; raises Unavailable."""

    def has_reference(self, customer: str) -> bool:
        """Tell whether there is something to compare with, before anybody is asked to show their face."""

    def similarity(self, image: bytes, customer: str) -> int | None:
        """Give hundredths of a percent, rounded down; None where nothing can be compared."""


class Known(Protocol):
    """A customer, as identity knows them."""

    @property
    def phone(self) -> str: ...


class Customers(Protocol):
    """Asks identity who a customer is."""

    def customer(self, id_: str) -> Known | None: ...


class Concerned(Protocol):
    """Asks tickets whom a customer complains about: they decide nothing about that customer."""

    def complained_about(self, customer: str) -> frozenset[str]: ...
