"""Cells, holds and appointments as items."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.aws.tables import WHATEVER, Put, Write, unchanged
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link
from chalicelib.kernel.notices import Notice

from ..model import (
    Appointment,
    Channel,
    Counts,
    Hold,
    Paper,
    Place,
    Row,
    Status,
    Stretch,
    Visit,
    appointment_key,
    due_shard,
    hold_key,
)
from ..model import read as hold_read
from ..model import written as hold_written
from .catalogue import TABLE
from .plans import entry_item, rebooking_facts, rebooking_of
from .turns import turn_of, turn_text

CELL = "cell#"
# Long after the day TTL may take its cells; nothing reads them then.
_CELLS_KEPT = timedelta(days=30)


def cell_key(day: str, place: Place) -> Item:
    """Key of a cell: within its branch and local day, by pool and start in UTC."""
    pool, start = place
    return {"pk": day, "sk": f"{CELL}{pool}#{text(start)}"}


def by(channel: Channel) -> str:
    """Name the counter of a channel in a cell; the bare word may be one of DynamoDB's own."""
    return f"by_{channel.value}"


def counts_of(item: Item) -> tuple[Place, Counts]:
    """Read a cell."""
    _, pool, start = item["sk"].split("#")
    told = {channel.value: item.get(by(channel), 0) for channel in Channel}
    return (pool, moment(start)), Counts(item["taken"], told)


def cell_expires(start: datetime) -> int:
    """Say when TTL may take a cell."""
    return int((start + _CELLS_KEPT).timestamp())


def count_key(customer: str) -> Item:
    """Key of the counter of a customer's open holds and appointments."""
    return {"pk": f"customer#{customer}", "sk": "count"}


def hold_item(hold: Hold) -> Item:
    """Write a hold; what its token says is what it is."""
    return {
        **hold_key(hold),
        "id": hold.id,
        "customer": hold.customer_id,
        "said": hold_written(hold),
        "due_at": text(hold.until),
        "due_shard": due_shard(hold.id),
        "seq": hold.link.seq,
        "head": hold.link.head,
    }


def hold_of(item: Item) -> Hold:
    """Read a hold back."""
    return replace(hold_read(item["said"]), link=Link(item["seq"], item["head"]))


def to_item(appointment: Appointment) -> Item:
    """Write an appointment: what indexes and lists need as attributes, the rest as one JSON text."""
    due = text(appointment.due_at) if appointment.due_at else None
    return {
        **appointment_key(appointment.id),
        "id": appointment.id,
        "number": appointment.number,
        "stage": appointment.status.value,
        "visit_day": appointment.day,
        "starts_at": text(appointment.starts_at),
        "ends_at": text(appointment.ends_at),
        "timezone": appointment.timezone,
        "services": list(appointment.services),
        "channel": appointment.channel.value,
        # A walk-in may be nobody's we know, and no index has a place for an empty text.
        "customer_id": appointment.customer_id or None,
        "turn": turn_text(appointment.turn),
        "papers_at": appointment.papers_at or None,
        "version": appointment.version,
        "seq": appointment.link.seq,
        "head": appointment.link.head,
        "due_at": due,
        "due_shard": due_shard(appointment.id) if due else None,
        "facts": _facts(appointment),
    }


def changed(appointment: Appointment) -> list[Write]:
    """Store a new version; what a plan says of it follows."""
    was = appointment.rebooking
    entries = [entry_item(appointment, line) for line in was.lines] if was else []
    put = unchanged(TABLE, to_item(appointment), appointment.version - 1)
    return [put, *(Put(TABLE, entry, WHATEVER) for entry in entries)]


def from_item(item: Item) -> Appointment:
    """Read an appointment back."""
    facts = json.loads(item["facts"])
    return Appointment(
        id=item["id"],
        status=Status(item["stage"]),
        branch=item["visit_day"].partition("#")[0],
        timezone=item["timezone"],
        services=tuple(item["services"]),
        customer_id=item.get("customer_id", ""),
        channel=Channel(item["channel"]),
        starts_at=moment(item["starts_at"]),
        ends_at=moment(item["ends_at"]),
        due_at=moment(item["due_at"]) if "due_at" in item else None,
        version=item["version"],
        link=Link(item["seq"], item["head"]),
        unit=facts["unit"],
        booked_at=moment(facts["booked_at"]),
        late_hours=facts.get("late_hours", 0),
        generation=facts["generation"],
        turn=turn_of(item),
        visit=_visit(item, facts["stretches"]) if "stretches" in facts else None,
        **_told(facts),
        rebooking=rebooking_of(facts.get("rebooking")),
        notices=tuple(notice_of(each) for each in facts.get("notices", ())),
    )


def row_of(item: Item) -> Row:
    """Read an appointment as a line in a list."""
    return Row(
        id=item["id"],
        number=item["number"],
        status=item["stage"],
        branch=item["visit_day"].partition("#")[0],
        timezone=item["timezone"],
        services=tuple(item["services"]),
        channel=item["channel"],
        starts_at=moment(item["starts_at"]),
        ends_at=moment(item["ends_at"]),
        version=item["version"],
    )


def _facts(appointment: Appointment) -> str:
    facts: dict[str, Any] = {
        "unit": appointment.unit,
        "booked_at": text(appointment.booked_at),
        "late_hours": appointment.late_hours,
        "generation": appointment.generation,
        "support_needs": appointment.support_needs,
        "health": appointment.health,
        "contact": appointment.contact,
        "notices": [notice_text(notice) for notice in appointment.notices],
        "rebooking": rebooking_facts(appointment.rebooking),
        "papers": [vars(paper) for paper in appointment.papers],
        "unseen": text(appointment.unseen) if appointment.unseen else 0,
        "saved": appointment.saved,
    }
    if appointment.visit:
        facts["stretches"] = [(s.pool, text(s.first), s.count, s.minutes) for s in appointment.visit.stretches]
    filled = {name: value for name, value in facts.items() if value not in (0, (), {}, [])}
    return json.dumps(filled, ensure_ascii=False, separators=(",", ":"))


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    """Read what is known before the visit: what the customer told, and what was found of their documents."""
    needs, papers = tuple(facts.get("support_needs", ())), tuple(Paper(**each) for each in facts.get("papers", ()))
    told = {"support_needs": needs, "health": facts.get("health", {}), "contact": facts.get("contact", {})}
    unseen = moment(facts["unseen"]) if "unseen" in facts else None
    return {**told, "papers": papers, "unseen": unseen, "saved": facts.get("saved", 0)}


def _visit(item: Item, stretches: Any) -> Visit:
    runs = tuple(Stretch(pool, moment(first), count, minutes) for pool, first, count, minutes in stretches)
    return Visit(moment(item["starts_at"]), moment(item["ends_at"]), runs)


def notice_text(notice: Notice) -> dict[str, Any]:
    """Write word that is owed."""
    return vars(notice) | {"asked_at": text(notice.asked_at), "facts": dict(notice.facts)}


def notice_of(facts: dict[str, Any]) -> Notice:
    """Read it back."""
    return Notice(**{**facts, "asked_at": moment(facts["asked_at"])})


def day_key(branch: str, day: date) -> str:
    """Hash key of a branch's local day."""
    return f"{branch}#{day.isoformat()}"
