"""What fraud needs from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.limits import Bucket

from .model import Report, Word

Counted = Sequence[tuple[Bucket, Bucket]]


class Reports(Protocol):
    """The store of reports, marks and words."""

    def report(self, report: Report, beside: Sequence[Any], records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store a report with what others write beside it; raises Changed."""

    def issue(self, word: Word, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store a new word; raises Changed if there is one that reads alike."""

    def standing(
        self, mark: str, number: str, buckets: Sequence[str]
    ) -> tuple[Word | None, datetime | None, list[Bucket]]:
        """Read a word by its mark, until when a number is marked, and what is counted, at one time."""

    def checked(
        self, word: Word | None, counted: Counted, records: Sequence[Record], stamp: Stamp | None, now: datetime
    ) -> None:
        """Count that somebody asked; raises Changed if somebody else did at the same moment."""


class Customers(Protocol):
    """Asks identity who has a phone number, and which one somebody has; nobody is registered by asking."""

    def found_by_phone(self, phone: str) -> str:
        """Give the id; empty if nobody has it. Raises PhoneInvalid."""

    def phone_of(self, customer: str) -> str: ...


class Sessions(Protocol):
    """Asks identity to end a customer's sessions, in the transaction of the report."""

    def shut_out(self, customer: str, but: str, call: Call) -> tuple[Sequence[Any], Sequence[Record], int]:
        """Give what ends every session of a customer but one, with its records, and how many these are."""


class Hardens(Protocol):
    """Asks codes to close phones and devices, in the transaction of the report."""

    def hardening(self, what: Mapping[str, datetime], call: Call) -> tuple[Sequence[Any], Sequence[Record]]:
        """Give what closes each until then, by names like `phone:+86…` and `device:…`; what is closed longer stays so."""
