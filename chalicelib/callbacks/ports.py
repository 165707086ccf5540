"""What promised calls need from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position
from chalicelib.kernel.risk import Decision, Use
from chalicelib.sla.calendars import Calendar

from .model import Book, Callback, Colleague, Row


class Callbacks(Protocol):
    """The store of callbacks and of room in windows; every write is one transaction with its records."""

    def promise(self, callback: Callback, most: int, word: str, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store a new one and take room in its window, which bears `most`; `word` is the digest of its proof word.

        Raises Promised if one is open for the same person, purpose and ticket, WindowFull, and Changed if its number is taken.
        """

    def save(
        self,
        callback: Callback,
        before: Callback,
        records: Sequence[Record],
        stamp: Stamp | None,
        *,
        most: int = 0,
        book: Book | None = None,
        more: Sequence[Record] = (),
    ) -> None:
        """Store one in the version it carries, with everything that follows from how it changed.

        Room in another window is taken under `most`, and what it had is given back; the agent's hand is full from the lease on
        and free when it ends; once it is over, another one may be promised. `book` is stored beside it, with `more` records.
        Raises Changed if it or the book is not as it was read, WindowFull, and HasOne if the agent has another one in hand.
        """

    def remember(self, stamp: Stamp | None) -> None:
        """Keep the answer to a call that had nothing to change; raises Replayed if this very call was answered before."""

    def get(self, id_: str) -> Callback | None:
        """Give one by its id or its number."""

    def hand(self, agent: str) -> str:
        """Give the id of the call that an agent has in hand, or an empty text."""

    def by_word(self, word: str) -> Callback | None:
        """Give the one whose proof word has that digest."""

    def taken(self, unit: str, since: datetime, until: datetime) -> Mapping[datetime, int]:
        """Count what is promised in the windows of a unit, by their start."""

    def line(self, unit: str, limit: int, start: Position | None) -> Page[Row]:
        """List what is to be called by a unit, first come first; as it was a moment ago."""

    def of_customer(self, customer: str, limit: int, start: Position | None) -> Page[Row]: ...

    def of_unit(self, unit: str, since: datetime, until: datetime, limit: int, start: Position | None) -> Page[Row]:
        """List what was promised by a unit for a time within one month (UTC), earliest first."""

    def book(self, customer: str) -> Book:
        """Give the book of calls to a person; an empty one of version 0 if nobody has written in it."""

    def save_book(self, book: Book, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store a book in the version it carries; raises Changed if it is not as it was read."""


class Duty(Protocol):
    """Asks identity who works in a unit and is there at an instant, and may be given calls."""

    def on_duty(self, unit: str, at: datetime) -> Mapping[str, Colleague]: ...


class Units(Protocol):
    """Asks identity about a unit: `(timezone, calendar, regimes, parent, language)`."""

    def of(self, unit: str) -> tuple[str, str, Sequence[str], str, str]: ...


class Calendars(Protocol):
    """Gives calendars by their id."""

    def calendar(self, calendar_id: str) -> Calendar: ...


class Reached(Protocol):
    """Somebody, and where they are reached."""

    @property
    def ref(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def language(self) -> str: ...


class People(Protocol):
    """Asks identity where somebody is reached."""

    def contacts(self, to: str, unit: str, owner: str, customer: str) -> Sequence[Reached]: ...


class Customers(Protocol):
    """Asks identity who a customer is; a phone number nobody has used yet makes one."""

    def known(self, id_: str) -> str: ...

    def by_phone(self, phone: str, call: Call) -> str: ...


class Matter(Protocol):
    """What has to be known of a ticket."""

    @property
    def id(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def customer_id(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def about_staff(self) -> str: ...


class Matters(Protocol):
    """Asks tickets about a matter, and tells them how a call about it ended."""

    def reach(self, id_: str, act: Act, call: Call) -> Matter:
        """Give a ticket the caller may do this to."""

    def found(self, id_: str) -> Matter:
        """Give a ticket for nobody in particular; raises NotFound."""

    def called_back(self, id_: str, callback: Mapping[str, Any], call: Call) -> None:
        """Hear how a call about a ticket ended; bears being told twice."""

    def unhappy(self, id_: str, said: Mapping[str, Any], call: Call) -> None:
        """Hear that the customer of a ticket is not content: `id` and `number` of the call, `unhappy` questions, `reopen`.

        Bears being told twice.
        """


class Trust(Protocol):
    """Asks signals whether a number may be relied on; never within a transaction, since it may wait for a provider."""

    def judged(self, use: Use, phone: str, call: Call) -> Decision: ...


class Telephony(Protocol):
    """Rings somebody up."""

    @property
    def shows_numbers(self) -> bool:
        """Whether the agent has to see the number, since they dial it."""

    def ring(self, token: str, phone: str, agent: str, about: Mapping[str, str]) -> str:
        """Ring a number and connect it to an agent; give the system's id of the call.

        The same token never rings twice. Raises Unavailable if the system does not take it.
        """
