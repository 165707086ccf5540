"""Customers, staff, units and sessions in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from chalicelib.identity.model import Customer, PhoneTaken, Session, Staff, Unit
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Link, Record
from chalicelib.kernel.tokens import Keys

from .ledger import MemoryLedger


@dataclass
class MemoryPeople:
    """Keeps what `People` promises to keep; sessions are known by their token, and marked by it too."""

    keys: Keys
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    customers: dict[str, Customer] = field(default_factory=dict)
    everybody: dict[str, Staff] = field(default_factory=dict)
    pages: dict[str, dict[str, Staff]] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    marks: dict[str, dict[str, Session]] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    grants: set[str] = field(default_factory=set)

    def customer(self, id_: str) -> Customer | None:
        return self.customers.get(id_)

    def customer_by_phone(self, phone: str) -> Customer | None:
        return next((one for one in self.customers.values() if one.phone == phone), None)

    def staff(self, id_: str) -> Staff | None:
        return self.everybody.get(id_)

    def session(self, token: str) -> Session | None:
        return None if token in self.ended else self.sessions.get(token)

    def start(
        self, session: Session, person: Customer | Staff, records: Sequence[Record], grant: str, stamp: Stamp | None
    ) -> None:
        token = self.keys.token("session", session.id)
        free = token not in self.sessions and grant not in self.grants
        self.ledger.commit(records, stamp, holds=free and self._as_read(person, _before(records)))
        self.sessions[token] = session
        if grant:
            self.grants.add(grant)
        self.marks.setdefault(person.id, {})[token] = session
        self._keep(person)

    def starting(
        self, session: Session, person: Customer | Staff | None, records: Sequence[Record], grant: str
    ) -> Sequence[Any]:
        return (session, person, records, grant)

    def marked(self, session: Session) -> str:
        return self.keys.token("session", session.id)

    def ending(self, marks: Mapping[str, datetime]) -> Sequence[Any]:
        return sorted(marks)

    def shutting(self, customer: Customer, records: Sequence[Record]) -> Sequence[Any]:
        return [(customer, records)]

    def session_at(self, mark: str) -> Session | None:
        return self.session(mark)

    def seen(self, session: Session) -> None:
        mark = self.marked(session)
        if self.session(mark) is None:
            raise Changed
        self.sessions[mark] = session

    def spent(self, grant: str) -> bool:
        return grant in self.grants

    def own(self, session: str) -> Session | None:
        return self.session(self.keys.token("session", session))

    def prove(
        self, session: Session, person: Customer, records: Sequence[Record], grant: str, stamp: Stamp | None
    ) -> None:
        token = self.marked(session)
        holds = self.session(token) is not None and grant not in self.grants
        self.ledger.commit(records, stamp, holds=holds and self._as_read(person, _before(records)))
        self.sessions[token] = session
        self.grants.add(grant)
        self._keep(person)

    def rebind(
        self,
        customer: Customer,
        before: Customer,
        ending: Collection[str],
        records: Sequence[Record],
        grant: str,
        stamp: Stamp | None,
    ) -> None:
        if self.customer_by_phone(customer.phone) is not None:
            raise PhoneTaken
        holds = grant not in self.grants and self._as_read(customer, before.link)
        self.ledger.commit(records, stamp, holds=holds)
        self.ended |= set(ending)
        self.grants.add(grant)
        self._keep(customer)

    def end(self, session: Session, token: str, person: Customer | Staff, records: Sequence[Record]) -> None:
        running = token in self.sessions and token not in self.ended
        self.ledger.commit(records, None, holds=running and self._as_read(person, _before(records)))
        self.ended.add(token)
        self._keep(person)

    def register_customer(self, customer: Customer, records: Sequence[Record]) -> None:
        self.ledger.commit(records, None, holds=self._as_read(customer, Link()))
        self._keep(customer)

    def register_staff(
        self, staff: Staff, before: Staff | None, records: Sequence[Record], ending: Collection[str] = ()
    ) -> None:
        self.ledger.commit(records, None, holds=self._as_read(staff, before.link if before else Link()))
        self.ended |= set(ending)
        if before and before.unit != staff.unit:
            self.pages[before.unit][before.id] = replace(before, active=False, link=Link())
        self._keep(staff, listed=True)

    def in_force(self, marks: Collection[str], now: datetime) -> Sequence[Session]:
        found = [self.session(mark) for mark in sorted(marks)]
        return [session for session in found if session and session.in_force(now)]

    def end_all(self, ending: Collection[str], person: Customer | Staff, records: Sequence[Record]) -> None:
        self.ledger.commit(records, None, holds=self._as_read(person, _before(records)))
        self.ended |= set(ending)
        self._keep(person)

    def sessions_of(self, person: str, now: datetime) -> Mapping[str, str]:
        marks = self.marks.get(person, {})
        return {token: session.id for token, session in marks.items() if session.expires_at > now}

    def keep_absences(self, staff: Staff, records: Sequence[Record], stamp: Stamp | None) -> None:
        self.ledger.commit(records, stamp, holds=self._as_read(staff, _before(records)))
        self._keep(staff, listed=True)

    def unit(self, id_: str) -> Unit | None:
        return self.units.get(id_)

    def register_unit(self, unit: Unit, before: Unit | None, records: Sequence[Record]) -> None:
        known = self.units[unit.id].link if unit.id in self.units else Link()
        self.ledger.commit(records, None, holds=known == (before.link if before else Link()))
        self.units[unit.id] = unit

    def _as_read(self, person: Customer | Staff, before: Link) -> bool:
        """Tell whether a person's chain still ends where it was read; of somebody new there is nothing, nor their number."""
        known = self.everybody.get(person.id) if isinstance(person, Staff) else self.customers.get(person.id)
        if before.seq:
            return known is not None and known.link == before
        taken = isinstance(person, Customer) and self.customer_by_phone(person.phone) is not None
        return known is None and not taken

    def _keep(self, person: Customer | Staff, *, listed: bool = False) -> None:
        if isinstance(person, Customer):
            self.customers[person.id] = replace(person, version=person.version + 1)
            return
        # Hundredths are kept, and no more.
        person = replace(person, capacity=round(person.capacity * 100) / 100)
        self.everybody[person.id] = person
        if listed:
            self.pages.setdefault(person.unit, {})[person.id] = replace(person, link=Link())


@dataclass
class MemoryDirectory:
    """Units and members, as they are: never older than a minute."""

    people: MemoryPeople

    def units(self) -> dict[str, Unit]:
        return dict(self.people.units)

    def members(self, unit: str) -> tuple[Staff, ...]:
        return tuple(self.people.pages.get(unit, {}).values())

    def forget(self, unit: str) -> None:
        """Nothing is remembered here."""


def _before(records: Sequence[Record]) -> Link:
    return Link(records[0].seq - 1, records[0].prev)
