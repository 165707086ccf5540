"""Customers, staff, units and sessions as items."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.aws.items import Item
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link

from ..model import MOVING, Absence, AbsentFor, Assurance, Customer, Session, Staff, Unit


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
        "phone_since": text(customer.phone_since) if customer.phone_since else None,
        "shut_out_at": text(customer.shut_out_at) if customer.shut_out_at else None,
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
        phone_since=moment(item["phone_since"]) if "phone_since" in item else None,
        shut_out_at=moment(item["shut_out_at"]) if "shut_out_at" in item else None,
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
        # Items hold whole numbers.
        "capacity": round(staff.capacity * 100),
        "away": [_absence_item(absence) for absence in staff.away],
        "seq": staff.link.seq,
        "head": staff.link.head,
    }


def _absence_item(absence: Absence) -> Item:
    return {
        "id": absence.id,
        "since": text(absence.since),
        "until": text(absence.until),
        "entered_at": text(absence.entered_at),
        "reason": absence.reason.value if absence.reason else None,
        "settled": absence.settled,
    }


def _absence_of(item: Item) -> Absence:
    return Absence(
        item["id"],
        moment(item["since"]),
        moment(item["until"]),
        moment(item["entered_at"]),
        AbsentFor(item["reason"]) if "reason" in item else None,
        item["settled"],
    )


def moving_item(staff: Staff) -> Item:
    """Write when a member of staff's tickets have to be given to others; it waits for that in the index `due`."""
    due = text(staff.moving_at) if staff.moving_at else None
    return {
        "pk": f"staff#{staff.id}",
        "sk": "moving",
        "id": f"{MOVING}_{staff.id}",
        "due_at": due,
        "due_shard": "identity#0" if due else None,
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
        capacity=item.get("capacity", 100) / 100,
        away=tuple(_absence_of(each) for each in item.get("away", ())),
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
        device=item.get("device", ""),
        offers=frozenset(item.get("offers", ())),
        emergency=item.get("emergency", ""),
        proven_at=moment(item["proven_at"]) if "proven_at" in item else None,
    )
    return Session(
        item["session"],
        actor,
        Assurance(item["assurance"]),
        moment(item["expires_at"]),
        timedelta(seconds=item["idle"]) if "idle" in item else None,
        moment(item["seen_at"]) if "seen_at" in item else None,
    )


def session_item(session: Session) -> Item:
    """Write a session, but for its key."""
    actor = session.actor
    return {
        "sk": "session",
        "session": session.id,
        "actor": actor.id,
        "roles": sorted(actor.roles),
        "unit": actor.unit,
        "units": sorted(actor.units),
        "assurance": session.assurance,
        "expires_at": text(session.expires_at),
        "expires": int(session.expires_at.timestamp()),
        "device": actor.device or None,
        "offers": sorted(actor.offers) or None,
        "emergency": actor.emergency or None,
        "proven_at": text(actor.proven_at) if actor.proven_at else None,
        "idle": int(session.idle.total_seconds()) if session.idle else None,
        "seen_at": text(session.seen_at) if session.seen_at else None,
    }
