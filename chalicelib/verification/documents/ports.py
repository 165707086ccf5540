"""What looking at documents needs from outside."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.events import Record

from .model import Document, Kind


class Documents(Protocol):
    """The store of what was seen."""

    def known(self, visit: str, customer: str, kind: Kind) -> tuple[Document | None, str]:
        """Give what was seen for a visit, and the digest of the number last verified of a customer, at one time."""

    def get(self, visit: str) -> Document | None: ...

    def save(self, document: Document, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store what was seen, and where it is verified the digest for the next time; raises Changed."""


class Visited(Protocol):
    """A visit at which a document may be looked at."""

    @property
    def id(self) -> str: ...
    @property
    def customer(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def branch(self) -> str: ...
    @property
    def today(self) -> date: ...
    @property
    def by_two(self) -> bool: ...


class Visits(Protocol):
    """Asks appointments about a visit."""

    def visited(self, id_: str, call: Call) -> Visited:
        """Give a visit of today that the caller may serve and that is not over; raises NotFound, NotAllowedNow."""
