"""What identity needs from outside."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.risk import Decision, Use

from .model import Customer, Session, Staff, Unit


class People(Protocol):
    """The store of customers, staff and sessions."""

    def customer(self, id_: str) -> Customer | None: ...

    def customer_by_phone(self, phone: str) -> Customer | None: ...

    def staff(self, id_: str) -> Staff | None: ...

    def session(self, token: str) -> Session | None: ...

    def start(
        self, session: Session, person: Customer | Staff, records: Sequence[Record], grant: str, stamp: Stamp | None
    ) -> None:
        """Store a session, its person and the spent grant (if any).

        `person.link` is already the new end of the chain, and a customer of version 0 is new. Raises Changed if the
        person is not as it was, or the grant is spent.
        """

    def starting(
        self, session: Session, person: Customer | Staff | None, records: Sequence[Record], grant: str
    ) -> Sequence[Any]:
        """Give what `start` would write, for a transaction of somebody else; a device is no person."""

    def marked(self, session: Session) -> str:
        """Give the key under which a session stands; not the token, which cannot be told from it."""

    def ending(self, marks: Mapping[str, datetime]) -> Sequence[Any]:
        """Give what ends sessions by their marks, for a transaction of somebody else; each with when it would expire."""

    def session_at(self, mark: str) -> Session | None: ...

    def seen(self, session: Session) -> None:
        """Note when somebody was last heard of; raises Changed if the session was ended meanwhile."""

    def spent(self, grant: str) -> bool:
        """Tell whether a grant has opened a session."""

    def own(self, session: str) -> Session | None:
        """Read a session by its id."""

    def prove(
        self, session: Session, person: Customer, records: Sequence[Record], grant: str, stamp: Stamp | None
    ) -> None:
        """Store that somebody proved it once more, and the spent grant; raises Changed."""

    def rebind(
        self,
        customer: Customer,
        before: Customer,
        ending: Collection[str],
        records: Sequence[Record],
        grant: str,
        stamp: Stamp | None,
    ) -> None:
        """Store a customer under another number, and end these sessions; raises PhoneTaken, Changed."""

    def end(self, session: Session, token: str, person: Customer | Staff, records: Sequence[Record]) -> None: ...

    def register_customer(self, customer: Customer, records: Sequence[Record]) -> None: ...

    def register_staff(
        self, staff: Staff, before: Staff | None, records: Sequence[Record], ending: Collection[str] = ()
    ) -> None:
        """Store a member of staff and end the sessions named by their marks; raises Changed if they are not as read."""

    def shutting(self, customer: Customer, records: Sequence[Record]) -> Sequence[Any]:
        """Give what stores a customer after these records, for somebody else's transaction; it must be as it was read."""

    def sessions_of(self, person: str, now: datetime) -> Mapping[str, str]:
        """Give the sessions of a person that may be in force, by their marks."""

    def in_force(self, marks: Collection[str], now: datetime) -> Sequence[Session]:
        """Read those of at most a hundred sessions that are in force."""

    def end_all(self, ending: Collection[str], person: Customer | Staff, records: Sequence[Record]) -> None:
        """End at most ninety sessions by their marks; raises Changed if the person is not as read."""

    def keep_absences(self, staff: Staff, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store when somebody is away; raises Changed if they are not as read."""

    def unit(self, id_: str) -> Unit | None: ...

    def register_unit(self, unit: Unit, before: Unit | None, records: Sequence[Record]) -> None: ...


class Directory(Protocol):
    """Units and their members, as they were at most a minute ago."""

    def units(self) -> Mapping[str, Unit]: ...

    def members(self, unit: str) -> tuple[Staff, ...]: ...

    def forget(self, unit: str) -> None:
        """Read a unit's members anew when they are asked for next: somebody there was just changed by this process."""


class Loads(Protocol):
    """Asks tickets how many open ones everybody in a unit has."""

    def loads(self, unit: str) -> Mapping[str, int]: ...


class Grant(Protocol):
    """What a successful verification gives: this phone was in the hands of whoever asks, for this purpose."""

    @property
    def id(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def expires_at(self) -> datetime: ...
    @property
    def bound(self) -> bool:
        """Whether it confirms one transaction, and nothing else."""


class Grants(Protocol):
    """Asks verification what a grant is worth."""

    def grant(self, token: str, purpose: str) -> Grant | None:
        """Give what a grant stands for if it was made for that purpose."""


class Trust(Protocol):
    """Asks signals whether a number may be relied on; never within a transaction, since it may wait for a provider."""

    def judged(self, use: Use, phone: str, call: Call) -> Decision: ...


class Telling(Protocol):
    """Sends a text at once; raises Unavailable if no provider takes it."""

    def text(self, id_: str, to: str, body: str, template: str) -> str: ...


class Wording(Protocol):
    """Words a text in a language."""

    def words(self, template: str, language: str, facts: dict[str, str]) -> str: ...


class TokenIssuer(Protocol):
    """The institution's OpenID Connect provider."""

    def claims(self, id_token: str) -> dict[str, Any]: ...
