"""Customers, staff, units and sessions in the table `identity`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from chalicelib.aws.items import Item
from chalicelib.aws.tables import WHATEVER, Put, Tables
from chalicelib.kernel import clock
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link, Record
from chalicelib.kernel.tokens import Keys, fingerprint

from .model import Absence, Assurance, Customer, Session, Staff, Unit

TABLE = "identity"
_FRESH = 60  # seconds a page of the directory is believed
_GRANT_KEPT = timedelta(days=1)


def phone_key(keys: Keys, phone: str) -> Item:
    """Key of a phone number: a keyed hash, so that the keys of the table are no telephone book."""
    return {"pk": f"phone#{keys.digest('phone', phone)}", "sk": "phone"}


def session_key(token: str) -> Item:
    """Key of a session: the hash of its token, which itself is stored nowhere."""
    return {"pk": f"session#{fingerprint(token)}", "sk": "session"}


class DynamoPeople:
    """Keeps customers, staff and sessions."""

    def __init__(self, tables: Tables, keys: Keys) -> None:
        self._tables = tables
        self._keys = keys

    def customer(self, id_: str) -> Customer | None:
        item = self._tables.get(TABLE, {"pk": id_, "sk": "customer"})
        return None if item is None else _customer(item)

    def customer_by_phone(self, phone: str) -> Customer | None:
        item = self._tables.get(TABLE, phone_key(self._keys, phone))
        return None if item is None else self.customer(item["customer"])

    def staff(self, id_: str) -> Staff | None:
        item = self._tables.get(TABLE, {"pk": f"staff#{id_}", "sk": "staff"})
        return None if item is None else _staff(item)

    def session(self, token: str) -> Session | None:
        item = self._tables.get(TABLE, session_key(token))
        return None if item is None or item.get("ended") else _session(item)

    def start(
        self, session: Session, person: Customer | Staff, records: Sequence[Record], grant: str, stamp: Stamp | None
    ) -> None:
        before = Link(records[0].seq - 1, records[0].prev)
        puts = [Put(TABLE, self._session_item(session)), *self._person_puts(person, before)]
        if grant:
            expires = int((clock.moment(records[0].at) + _GRANT_KEPT).timestamp())
            puts.append(Put(TABLE, {"pk": f"grant#{grant}", "sk": "spent", "expires": expires}))
        self._tables.commit(puts, records, stamp)

    def spent(self, grant: str) -> bool:
        return self._tables.get(TABLE, {"pk": f"grant#{grant}", "sk": "spent"}) is not None

    def end(self, session: Session, token: str, person: Customer | Staff, records: Sequence[Record]) -> None:
        before = Link(records[0].seq - 1, records[0].prev)
        ended = {**self._session_item(session), **session_key(token), "ended": True}
        puts = [Put(TABLE, ended, "attribute_exists(pk) AND attribute_not_exists(ended)")]
        self._tables.commit([*puts, *self._person_puts(person, before)], records)

    def register_customer(self, customer: Customer, records: Sequence[Record]) -> None:
        self._tables.commit(self._person_puts(customer, Link()), records)

    def register_staff(self, staff: Staff, before: Staff | None, records: Sequence[Record]) -> None:
        puts = self._person_puts(staff, before.link if before else Link())
        puts.append(Put(TABLE, _member(staff), WHATEVER))
        if before and before.unit != staff.unit:
            puts.append(Put(TABLE, _member(replace(before, active=False)), WHATEVER))
        self._tables.commit(puts, records)

    def unit(self, id_: str) -> Unit | None:
        item = self._tables.get(TABLE, {"pk": "units", "sk": id_})
        return None if item is None else _unit(item)

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
        item = _staff_item(person) if isinstance(person, Staff) else _customer_item(_next(person))
        if before.seq == 0:
            puts = [Put(TABLE, item)]
            if isinstance(person, Customer):
                puts.append(Put(TABLE, {**phone_key(self._keys, person.phone), "customer": person.id}))
            return puts
        return [Put(TABLE, item, "head = :head", {":head": before.head})]

    def _session_item(self, session: Session) -> Item:
        return {
            **session_key(self._keys.token("session", session.id)),
            "session": session.id,
            "actor": session.actor.id,
            "roles": sorted(session.actor.roles),
            "unit": session.actor.unit,
            "units": sorted(session.actor.units),
            "assurance": session.assurance,
            "expires_at": clock.text(session.expires_at),
            "expires": int(session.expires_at.timestamp()),
        }


class DynamoDirectory:
    """Units and members, remembered for a minute: who works where changes seldom, and every case asks."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._pages: dict[str, tuple[float, tuple[Item, ...]]] = {}

    def units(self) -> dict[str, Unit]:
        return {item["sk"]: _unit(item) for item in self._page("units")}

    def members(self, unit: str) -> tuple[Staff, ...]:
        return tuple(_staff(item) for item in self._page(f"unit#{unit}"))

    def _page(self, pk: str) -> tuple[Item, ...]:
        read_at, items = self._pages.get(pk, (0.0, ()))
        if not items or clock.monotonic() - read_at > _FRESH:
            items = self._read(pk)
            self._pages[pk] = (clock.monotonic(), items)
        return items

    def _read(self, pk: str) -> tuple[Item, ...]:
        items: list[Item] = []
        start = None
        while True:
            page = self._tables.query(TABLE, "pk = :pk", {":pk": pk}, start=start)
            items += page.items
            if page.next is None:
                return tuple(items)
            start = page.next


def _next(customer: Customer) -> Customer:
    return replace(customer, version=customer.version + 1)


def _customer_item(customer: Customer) -> Item:
    return {
        "pk": customer.id,
        "sk": "customer",
        "id": customer.id,
        "phone": customer.phone,
        "language": customer.language,
        "unit": customer.unit,
        "verified": customer.verified,
        "version": customer.version,
        "seq": customer.link.seq,
        "head": customer.link.head,
    }


def _customer(item: Item) -> Customer:
    return Customer(
        id=item["id"],
        phone=item["phone"],
        language=item["language"],
        unit=item["unit"],
        verified=item["verified"],
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )


def _staff_item(staff: Staff) -> Item:
    return {
        "pk": f"staff#{staff.id}",
        "sk": "staff",
        "id": staff.id,
        "unit": staff.unit,
        "roles": sorted(staff.roles),
        "name": staff.name,
        "mail": staff.mail,
        "language": staff.language,
        "active": staff.active,
        "languages": sorted(staff.languages),
        "skills": sorted(staff.skills),
        "away": [[text(absence.since), text(absence.until)] for absence in staff.away],
        "seq": staff.link.seq,
        "head": staff.link.head,
    }


def _member(staff: Staff) -> Item:
    """Copy for the unit's page, to read lists from; it is not the end of a chain."""
    return _staff_item(staff) | {"pk": f"unit#{staff.unit}", "sk": f"member#{staff.id}", "seq": None, "head": None}


def _staff(item: Item) -> Staff:
    return Staff(
        id=item["id"],
        unit=item["unit"],
        roles=frozenset(Role(role) for role in item["roles"]),
        name=item["name"],
        mail=item["mail"],
        language=item["language"],
        active=item["active"],
        languages=frozenset(item.get("languages", ())),
        skills=frozenset(item.get("skills", ())),
        away=tuple(Absence(moment(since), moment(until)) for since, until in item.get("away", ())),
        link=Link(item["seq"], item["head"]) if "head" in item else Link(),
    )


def _unit(item: Item) -> Unit:
    return Unit(
        id=item["sk"],
        parent=item["parent"],
        name=item["name"],
        timezone=item["timezone"],
        calendar=item["calendar"],
        language=item["language"],
        regimes=tuple(item["regimes"]),
        regions=tuple(item["regions"]),
        link=Link(item["seq"], item["head"]) if "head" in item else Link(),
    )


def _session(item: Item) -> Session:
    actor = Actor(
        id=item["actor"],
        roles=frozenset(Role(role) for role in item["roles"]),
        unit=item["unit"],
        units=frozenset(item["units"]),
        session=item["session"],
    )
    return Session(item["session"], actor, Assurance(item["assurance"]), clock.moment(item["expires_at"]))
