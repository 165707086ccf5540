"""The store of the waitlist."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position

from ..model import Appointment, Hold, Limit, Waiting


class Waitlist(Protocol):
    """The store of the waitlist; every write is one transaction with its records and raises Changed."""

    def get(self, id_: str) -> Waiting | None: ...

    def of_day(self, branch: str, day: date) -> Sequence[Waiting]:
        """Give everybody who waits for a branch's local day, in no order."""

    def days(self, branch: str) -> Sequence[date]:
        """List the local days of a branch that anybody waits for."""

    def of_customer(self, customer: str, limit: int, start: Position | None) -> Page[Waiting]: ...

    def join(self, waiting: Waiting, most: int, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store a new entry.

        Raises AlreadyWaiting if its customer waits for one of its days at its branch, TooManyWaiting if they have `most`.
        """

    def save(self, waiting: Waiting, records: Sequence[Record], stamp: Stamp | None = None) -> None:
        """Store an entry in the version it carries; nothing is held for it, and one that is over has its days back."""

    def told(self, waiting: Waiting, records: Sequence[Record]) -> None:
        """Store an entry of which nothing but its words is another."""

    def offer(
        self,
        waiting: Waiting,
        hold: Hold,
        limits: Sequence[Limit],
        most: int,
        records: Sequence[Record],
        *,
        today: datetime | None,
    ) -> None:
        """Store an entry with what is offered to it, and give that hold its cells; raises what taking a hold does."""

    def give_back(self, waiting: Waiting, hold: Hold, records: Sequence[Record], stamp: Stamp | None = None) -> None:
        """Store an entry that has not taken its offer, and give the hold's cells back; raises HoldSpent."""

    def book(
        self, waiting: Waiting, hold: Hold, made: Appointment, records: Sequence[Record], stamp: Stamp | None
    ) -> None:
        """Store an entry that took its offer, and the appointment that spends the hold; raises HoldSpent."""

    def watch(self, branch: str, id_: str, due_at: datetime) -> None:
        """Let a branch be looked at, at an instant at the latest, under a new id; no use case of its own."""

    def watched(self, branch: str) -> tuple[str, datetime] | None:
        """Give under which id a branch is to be looked at, and when."""

    def go_on(self, branch: str, before: str, id_: str, due_at: datetime | None) -> bool:
        """Let a branch be looked at again, or not any more; tell whether nobody did so before, by the id it had."""


class Chains(Protocol):
    """Reads the ledger."""

    def chain(self, subject: str) -> Iterable[Record]: ...
