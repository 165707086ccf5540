"""Customers, staff and sessions in the table `identity`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.aws.tables import WHATEVER, Put, Remove, Tables, Write
from chalicelib.kernel import clock
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Link, Record
from chalicelib.kernel.tokens import Keys, fingerprint

from ..model import Customer, PhoneTaken, Session, Staff, Unit
from .items import (
    customer_item,
    customer_of,
    member_item,
    moving_item,
    next_version,
    session_item,
    session_of,
    staff_item,
    staff_of,
    unit_of,
)

TABLE = "identity"
_GRANT_KEPT = timedelta(days=1)
_ENDED_AT_ONCE = 90
_THERE = "attribute_exists(pk) AND attribute_not_exists(ended)"
_ENDED_KEPT = timedelta(days=1)  # longer than any session lasts


def phone_key(keys: Keys, phone: str) -> Item:
    """Key of a phone number: a keyed hash, so that the keys of the table are no telephone book."""
    return {"pk": f"phone#{keys.digest('phone', phone)}", "sk": "phone"}


def session_key(token: str) -> Item:
    """Key of a session: the hash of its token, which itself is stored nowhere."""
    return {"pk": f"session#{fingerprint(token)}", "sk": "session"}


def owner_key(id_: str) -> str:
    """Give the partition of a person; ids of staff have no underline."""
    return id_ if id_.startswith("cus_") else f"staff#{id_}"


def mark_item(id_: str, session: Item) -> Item:
    """Note a session beside its person, by the hash of its token: it can be ended without it."""
    return {
        "pk": owner_key(id_),
        "sk": session["pk"],
        "session": session["session"],
        "expires": session["expires"],
    }


def ended_item(mark: str, expires: int) -> Item:
    """What is left of a session that was ended without its token."""
    return {"pk": mark, "sk": "session", "ended": True, "expires": expires}


def _spent(grant: str, records: Sequence[Record]) -> Put:
    expires = int((clock.moment(records[0].at) + _GRANT_KEPT).timestamp())
    return Put(TABLE, {"pk": f"grant#{grant}", "sk": "spent", "expires": expires})


class DynamoPeople:
    """Keeps customers, staff and sessions."""

    def __init__(self, tables: Tables, keys: Keys) -> None:
        self._tables = tables
        self._keys = keys

    def customer(self, id_: str) -> Customer | None:
        item = self._tables.get(TABLE, {"pk": id_, "sk": "customer"})
        return None if item is None else customer_of(item)

    def customer_by_phone(self, phone: str) -> Customer | None:
        item = self._tables.get(TABLE, phone_key(self._keys, phone))
        return None if item is None else self.customer(item["customer"])

    def staff(self, id_: str) -> Staff | None:
        item = self._tables.get(TABLE, {"pk": f"staff#{id_}", "sk": "staff"})
        return None if item is None else staff_of(item)

    def session(self, token: str) -> Session | None:
        return self.session_at(session_key(token)["pk"])

    def session_at(self, mark: str) -> Session | None:
        item = self._tables.get(TABLE, {"pk": mark, "sk": "session"})
        return None if item is None or item.get("ended") else session_of(item)

    def seen(self, session: Session) -> None:
        self._tables.put(Put(TABLE, self._session_item(session), _THERE))

    def start(
        self, session: Session, person: Customer | Staff, records: Sequence[Record], grant: str, stamp: Stamp | None
    ) -> None:
        self._tables.commit(self.starting(session, person, records, grant), records, stamp)

    def starting(
        self, session: Session, person: Customer | Staff | None, records: Sequence[Record], grant: str
    ) -> list[Any]:
        item = self._session_item(session)
        puts = [Put(TABLE, item)]
        if person is None:
            return puts
        puts += self._person_puts(person, Link(records[0].seq - 1, records[0].prev))
        puts.append(Put(TABLE, mark_item(person.id, item)))
        if grant:
            puts.append(_spent(grant, records))
        return puts

    def marked(self, session: Session) -> str:
        return str(self._session_item(session)["pk"])

    def ending(self, marks: Mapping[str, datetime]) -> list[Any]:
        kept = {mark: int((until + _ENDED_KEPT).timestamp()) for mark, until in sorted(marks.items())}
        return [Put(TABLE, ended_item(mark, expires), WHATEVER) for mark, expires in kept.items()]

    def shutting(self, customer: Customer, records: Sequence[Record]) -> list[Any]:
        return [*self._person_puts(customer, Link(records[0].seq - 1, records[0].prev))]

    def spent(self, grant: str) -> bool:
        return self._tables.get(TABLE, {"pk": f"grant#{grant}", "sk": "spent"}) is not None

    def own(self, session: str) -> Session | None:
        return self.session(self._keys.token("session", session))

    def prove(
        self, session: Session, person: Customer, records: Sequence[Record], grant: str, stamp: Stamp | None
    ) -> None:
        before = Link(records[0].seq - 1, records[0].prev)
        puts = [Put(TABLE, self._session_item(session), _THERE), *self._person_puts(person, before)]
        self._tables.commit([*puts, _spent(grant, records)], records, stamp)

    def rebind(
        self,
        customer: Customer,
        before: Customer,
        ending: Collection[str],
        records: Sequence[Record],
        grant: str,
        stamp: Stamp | None,
    ) -> None:
        old, new = phone_key(self._keys, before.phone), phone_key(self._keys, customer.phone)
        until = clock.moment(records[0].at) + _ENDED_KEPT
        writes: list[Write] = [
            Put(TABLE, {**new, "customer": customer.id}, refused=lambda _: PhoneTaken()),
            Remove(TABLE, old, "customer = :customer", {":customer": customer.id}),
            *self._person_puts(customer, before.link),
            *self.ending(dict.fromkeys(ending, until)),
            _spent(grant, records),
        ]
        self._tables.commit(writes, records, stamp)

    def end(self, session: Session, token: str, person: Customer | Staff, records: Sequence[Record]) -> None:
        before = Link(records[0].seq - 1, records[0].prev)
        ended = {**self._session_item(session), **session_key(token), "ended": True}
        puts = [Put(TABLE, ended, _THERE)]
        self._tables.commit([*puts, *self._person_puts(person, before)], records)

    def register_customer(self, customer: Customer, records: Sequence[Record]) -> None:
        self._tables.commit(self._person_puts(customer, Link()), records)

    def end_all(self, ending: Collection[str], person: Customer | Staff, records: Sequence[Record]) -> None:
        until = clock.moment(records[0].at) + _ENDED_KEPT
        ends = self.ending(dict.fromkeys(ending, until))
        before = Link(records[0].seq - 1, records[0].prev)
        self._tables.commit([*ends, *self._person_puts(person, before)], records)

    def sessions_of(self, person: str, now: datetime) -> Mapping[str, str]:
        found: dict[str, str] = {}
        start = None
        while True:
            values = {":pk": owner_key(person), ":mark": "session#"}
            page = self._tables.query(
                TABLE, "pk = :pk AND begins_with(sk, :mark)", values, start=start, consistent=True
            )
            found |= {item["sk"]: item["session"] for item in page.items if item["expires"] > now.timestamp()}
            if page.next is None:
                return found
            start = page.next

    def in_force(self, marks: Collection[str], now: datetime) -> Sequence[Session]:
        keys = [{"pk": mark, "sk": "session"} for mark in sorted(marks)]
        found = [item for item in self._tables.batch(TABLE, keys) if not item.get("ended")] if keys else []
        return [session for session in map(session_of, found) if session.in_force(now)]

    def keep_absences(self, staff: Staff, records: Sequence[Record], stamp: Stamp | None) -> None:
        before = Link(records[0].seq - 1, records[0].prev)
        puts = [*self._person_puts(staff, before), Put(TABLE, member_item(staff), WHATEVER)]
        self._tables.commit([*puts, Put(TABLE, moving_item(staff), WHATEVER)], records, stamp)

    def register_staff(
        self, staff: Staff, before: Staff | None, records: Sequence[Record], ending: Collection[str] = ()
    ) -> None:
        expires = int((clock.moment(records[0].at) + _ENDED_KEPT).timestamp())
        ends = [Put(TABLE, ended_item(mark, expires), WHATEVER) for mark in sorted(ending)]
        # A transaction holds a hundred items. More sessions than fit end just before; a new one meanwhile changes `head`.
        while len(ends) > _ENDED_AT_ONCE:
            self._tables.commit(ends[:_ENDED_AT_ONCE], [])
            ends = ends[_ENDED_AT_ONCE:]
        puts = [*ends, *self._person_puts(staff, before.link if before else Link())]
        puts.append(Put(TABLE, member_item(staff), WHATEVER))
        if before and before.unit != staff.unit:
            puts.append(Put(TABLE, member_item(replace(before, active=False)), WHATEVER))
        self._tables.commit(puts, records)

    def unit(self, id_: str) -> Unit | None:
        item = self._tables.get(TABLE, {"pk": "units", "sk": id_})
        return None if item is None else unit_of(item)

    def register_unit(self, unit: Unit, before: Unit | None, records: Sequence[Record]) -> None:
        item = {
            "pk": "units",
            "sk": unit.id,
            "id": unit.subject,
            "seq": unit.link.seq,
            "head": unit.link.head,
            "parent": unit.parent,
            "name": unit.name,
            "timezone": unit.timezone,
            "calendar": unit.calendar,
            "language": unit.language,
            "regimes": list(unit.regimes),
            "regions": list(unit.regions),
        }
        put = Put(TABLE, item, "attribute_not_exists(head)")
        if before and before.link.seq:
            put = Put(TABLE, item, "head = :head", {":head": before.link.head})
        self._tables.commit([put], records)

    def _person_puts(self, person: Customer | Staff, before: Link) -> list[Put]:
        """Write a person if the chain still ends where we read it; a new customer brings the phone number along."""
        item = staff_item(person) if isinstance(person, Staff) else customer_item(next_version(person))
        if before.seq == 0:
            puts = [Put(TABLE, item)]
            if isinstance(person, Customer):
                puts.append(Put(TABLE, {**phone_key(self._keys, person.phone), "customer": person.id}))
            return puts
        return [Put(TABLE, item, "head = :head", {":head": before.head})]

    def _session_item(self, session: Session) -> Item:
        return {**session_item(session), **session_key(self._keys.token("session", session.id))}
