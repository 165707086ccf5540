"""Customers, staff, units and sessions as items."""

from dataclasses import replace

from chalicelib.aws.items import Item
from chalicelib.kernel import clock
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link

from ..model import Absence, Assurance, Customer, Session, Staff, Unit


def next_version(customer: Customer) -> Customer:
    """Give a customer in the version after this one."""
    return replace(customer, version=customer.version + 1)


def customer_item(customer: Customer) -> Item:
    """Write a customer."""
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


def customer_of(item: Item) -> Customer:
    """Read a customer back."""
    return Customer(
        id=item["id"],
        phone=item["phone"],
        language=item["language"],
        unit=item["unit"],
        verified=item["verified"],
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )


def staff_item(staff: Staff) -> Item:
    """Write a member of staff."""
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


def member_item(staff: Staff) -> Item:
    """Copy for the unit's page, to read lists from; it is not the end of a chain."""
    return staff_item(staff) | {"pk": f"unit#{staff.unit}", "sk": f"member#{staff.id}", "seq": None, "head": None}


def staff_of(item: Item) -> Staff:
    """Read a member of staff back."""
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


def unit_of(item: Item) -> Unit:
    """Read a unit back."""
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


def session_of(item: Item) -> Session:
    """Read a session back."""
    actor = Actor(
        id=item["actor"],
        roles=frozenset(Role(role) for role in item["roles"]),
        unit=item["unit"],
        units=frozenset(item["units"]),
        session=item["session"],
    )
    return Session(item["session"], actor, Assurance(item["assurance"]), clock.moment(item["expires_at"]))
