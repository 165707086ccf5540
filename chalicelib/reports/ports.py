"""What reports need from outside; all of it is read, nothing written."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position


class Lines(Protocol):
    """Asks tickets for a unit's open cases, or those closed from one instant to before another, as plain data."""

    def lines(
        self, unit: str, closed: tuple[datetime, datetime] | None, start: Position | None
    ) -> Page[Mapping[str, Any]]: ...


class Chains(Protocol):
    """Reads the records of a subject, in order."""

    def chain(self, subject: str) -> Iterable[Record]: ...


class Units(Protocol):
    """Asks identity which units there are, and in which time zone each of them is."""

    def zones(self) -> Mapping[str, str]: ...
