"""What tickets need from outside."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.events import Event, Record
from chalicelib.kernel.paging import Page, Position

from .model import Matter, Message, Row, Said, TaskRow, Ticket


class Tickets(Protocol):
    """The store of tickets."""

    def get(self, id_: str) -> Ticket | None: ...

    def write(
        self,
        tickets: Sequence[Ticket],
        new: Collection[str],
        records: Sequence[Record],
        stamp: Stamp | None,
        says: Sequence[tuple[str, Message]] = (),
        tasks: Sequence[TaskRow] = (),
        said: Sequence[tuple[str, Said]] = (),
    ) -> None:
        """Store tickets in the versions they carry, those in `new` for the first time, all or none.

        Raises Changed if one of them is not as it was read, or its number is taken.
        """

    def remember(self, stamp: Stamp | None) -> None:
        """Keep the answer to a call that had nothing to change; raises Replayed if this very call was answered before."""

    def messages(self, id_: str, limit: int, start: Position | None) -> Page[Message]: ...

    def of_customer(self, customer: str, limit: int, start: Position | None) -> Page[Row]: ...

    def of_desk(
        self, unit: str, is_open: bool, where: dict[str, str], reader: str, limit: int, start: Position | None
    ) -> Page[Row]:
        """List a unit's tickets; those that are about the reader in person are left out."""

    def of_group(self, group: str, limit: int, start: Position | None) -> Page[Row]:
        """List the complaints of a group, oldest first."""

    def loads(self, unit: str) -> Mapping[str, int]:
        """Count a unit's open tickets by owner, as they were at most a minute ago; what this process wrote counts at once."""

    def task_loads(self, unit: str) -> Mapping[str, int]:
        """Count a unit's open tasks by owner, in the same way."""

    def tasks(self, unit: str, owner: str, reader: str, limit: int, start: Position | None) -> Page[TaskRow]:
        """List a unit's open tasks, of one owner or (empty) of all; those hidden from the reader are left out."""

    def said(self, task: str) -> Sequence[Said]:
        """List what was said on a task, oldest first."""


class Chains(Protocol):
    """Reads the records of a subject, in order."""

    def chain(self, subject: str) -> Iterable[Record]: ...


class Colleagues(Protocol):
    """Asks identity who works in a unit, by role; only those who are there, and not away."""

    def working(self, unit: str, now: datetime) -> dict[str, frozenset[str]]: ...

    def suited(self, unit: str, language: str, skill: str, now: datetime) -> dict[str, frozenset[str]]:
        """Give those who also speak the language and know the matter; all who work there if none does."""

    def capacities(self, unit: str) -> Mapping[str, float]:
        """Tell how much of a whole person's work each member of a unit takes."""


class Absences(Protocol):
    """Asks identity about somebody who is, or is about to be, away."""

    def absent(self, id_: str, now: datetime) -> str:
        """Give the unit of somebody who is away now; empty if they are there."""

    def settle(self, id_: str, call: Call) -> None:
        """Hear that nothing of theirs is left; noted once nobody can take them for present any more."""


class Handling(Protocol):
    """What a unit says about how its cases are handled: `(timezone, calendar, regimes, parent, language)`."""

    def of(self, unit: str) -> tuple[str, str, Sequence[str], str, str]: ...


class Customers(Protocol):
    """Asks identity who a customer is; a phone number nobody has used yet makes one."""

    def known(self, id_: str) -> str:
        """Give the id back if there is such a customer, else an empty text."""

    def found_by_phone(self, phone: str) -> str:
        """Give the id of the customer of a number, empty if nobody has used it; raises PhoneInvalid."""

    def by_phone(self, phone: str, call: Call) -> str:
        """Give the id of the customer who is reached at a number; raises PhoneInvalid."""


class Names(Protocol):
    """Asks identity what a unit and one of its members are called; empty for who is not there."""

    def named(self, unit: str, staff: str) -> tuple[str, str]: ...


class Worded(Protocol):
    """Words somebody approved, filled for a ticket; `ref` is `id@version`, `sha256` the digest of that version."""

    @property
    def text(self) -> str: ...
    @property
    def ref(self) -> str: ...
    @property
    def sha256(self) -> str: ...


class Answers(Protocol):
    """Asks for a canned answer in approved words; raises NotFound, and a Refusal for one that may not be used so."""

    def worded(self, id_: str, version: int | None, matter: Matter, call: Call) -> Worded: ...


class Acting(Protocol):
    """Does what is to be done when a clock that is no duty of ours has reached a level."""

    def reached(self, ticket: Ticket, level: int, call: Call, /) -> tuple[Ticket, list[Event]]: ...
