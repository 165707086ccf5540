"""What tickets need from outside."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position

from .model import Message, Row, Ticket


class Tickets(Protocol):
    """The store of tickets."""

    def get(self, id_: str) -> Ticket | None: ...

    def add(self, ticket: Ticket, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store a new ticket; raises Changed if its number is taken."""

    def save(
        self, ticket: Ticket, records: Sequence[Record], stamp: Stamp | None, message: Message | None = None
    ) -> Ticket:
        """Store and give the next version; raises Changed if the one before is not the one that was read."""

    def remember(self, stamp: Stamp | None) -> None:
        """Keep the answer to a call that had nothing to change; raises Replayed if this very call was answered before."""

    def messages(self, id_: str, limit: int, start: Position | None) -> Page[Message]: ...

    def of_customer(self, customer: str, limit: int, start: Position | None) -> Page[Row]: ...

    def of_desk(
        self, unit: str, is_open: bool, where: dict[str, str], reader: str, limit: int, start: Position | None
    ) -> Page[Row]:
        """List a unit's tickets; those that are about the reader in person are left out."""


class Chains(Protocol):
    """Reads the records of a subject, in order."""

    def chain(self, subject: str) -> Iterable[Record]: ...


class Colleagues(Protocol):
    """Asks identity who works in a unit, by role; only those who are there."""

    def working(self, unit: str) -> dict[str, frozenset[str]]: ...
