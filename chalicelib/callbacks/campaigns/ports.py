"""What campaigns need from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position
from chalicelib.sla.calendars import Calendar

from .model import Campaign, Row, Sample


class Campaigns(Protocol):
    """The store of campaigns and their samples; every write is one transaction with its records."""

    def get(self, id_: str) -> Campaign | None: ...

    def sample(self, id_: str) -> Sample:
        """Give who was drawn; nobody before that."""

    def save(
        self, campaign: Campaign, records: Sequence[Record], stamp: Stamp | None, sample: Sample | None = None
    ) -> None:
        """Store the next version, or a new campaign of version 0, with its sample where one is given.

        Raises Changed if it is not as it was read.
        """

    def remember(self, stamp: Stamp | None) -> None:
        """Keep the answer to a call that had nothing to change; raises Replayed if this very call was answered before."""

    def of_unit(self, unit: str, limit: int, start: Position | None) -> Page[Row]:
        """List the campaigns of a unit, newest first."""


class Lines(Protocol):
    """Asks tickets for a unit's cases closed from one instant to before another, as plain data."""

    def lines(
        self, unit: str, closed: tuple[datetime, datetime] | None, start: Position | None
    ) -> Page[Mapping[str, Any]]: ...


class Inviting(Protocol):
    """Asks promised calls to call somebody about a ticket, and how that ended."""

    def invite(self, id_: str, ticket: str, rest: timedelta, call: Call) -> str:
        """Promise a call under an id; give `promised`, or why there is none. The same id again changes nothing.

        Nobody is called who was asked within `rest`.
        """

    def standing(self, id_: str) -> str | None:
        """Give how a call ended, an empty text while it is under way, and None if there is none."""


class Units(Protocol):
    """Asks identity about a unit: `(timezone, calendar, regimes, parent, language)`."""

    def of(self, unit: str) -> tuple[str, str, Sequence[str], str, str]: ...


class Calendars(Protocol):
    """Gives calendars by their id."""

    def calendar(self, calendar_id: str) -> Calendar: ...
