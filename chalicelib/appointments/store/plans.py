"""Plans, their entries, and what an appointment keeps of its rebooking, as items."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.aws.items import Item
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link

from ..model import Appointment, How, Plan, PlanEntry, PlanStanding, Rebooking, due_shard

_ENTRY = "booking#"


def plan_key(branch: str) -> Item:
    """Key of a branch's plan: the last one; its entries stay beside it."""
    return {"pk": f"plan#{branch}", "sk": "plan"}


def plan_item(plan: Plan) -> Item:
    """Write a plan."""
    due = text(plan.due_at) if plan.due_at else None
    days = {name: getattr(plan, name).isoformat() for name in ("first", "last", "at")}
    return {
        **plan_key(plan.branch),
        **days,
        "id": plan.id,
        "unit": plan.unit,
        "again": plan.again,
        "due_at": due,
        "due_shard": due_shard(plan.id) if due else None,
        "version": plan.version,
        "seq": plan.link.seq,
        "head": plan.link.head,
    }


def past_item(plan: Plan) -> Item:
    """Write where the chain of a plan ends that another one has taken the place of: whoever checks the ledger asks for it."""
    key = {"pk": plan_key(plan.branch)["pk"], "sk": f"past#{plan.id}"}
    return {**key, "id": plan.id, "seq": plan.link.seq, "head": plan.link.head}


def plan_of(item: Item) -> Plan:
    """Read a plan back."""
    return Plan(
        id=item["id"],
        branch=item["pk"].partition("#")[2],
        unit=item["unit"],
        first=date.fromisoformat(item["first"]),
        last=date.fromisoformat(item["last"]),
        at=date.fromisoformat(item["at"]),
        again=item["again"],
        due_at=moment(item["due_at"]) if "due_at" in item else None,
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )


def entry_from(day: date) -> str:
    """Give the first sort key an entry about that local day can have."""
    return f"{_ENTRY}{day.isoformat()}"


# After every entry, in whatever order the day stands.
LAST_ENTRY = f"{_ENTRY}~"


def entry_item(appointment: Appointment, was: Rebooking) -> Item:
    """Write what a plan says of a booking, sorted by the day it was for, who needs support, and when it was booked."""
    day = _local(was.starts_at, was.timezone).date().isoformat()
    order = 0 if appointment.support_needs else 1
    return {
        "pk": plan_key(was.branch)["pk"],
        "sk": f"{_ENTRY}{day}#{order}#{appointment.id}",
        "appointment": appointment.id,
        "number": appointment.number,
        "how": was.how.value,
        "standing": was.standing.value,
        "was_at": text(was.starts_at),
        "branch": appointment.branch,
        "begins": text(appointment.starts_at),
        "answer_by": text(was.answer_by),
    }


def entry_of(item: Item) -> PlanEntry:
    """Read an entry."""
    return PlanEntry(
        appointment=item["appointment"],
        number=item["number"],
        how=How(item["how"]),
        standing=PlanStanding(item["standing"]),
        was_at=moment(item["was_at"]),
        branch=item["branch"],
        starts_at=moment(item["begins"]),
        answer_by=moment(item["answer_by"]),
        support=item["sk"].split("#")[2] == "0",
    )


def rebooking_facts(was: Rebooking | None) -> Any:
    """Write what an appointment keeps of it."""
    if was is None:
        return []
    return [was.how, was.standing, was.branch, was.timezone, text(was.starts_at), text(was.answer_by)]


def rebooking_of(facts: Any) -> Rebooking | None:
    """Read it back."""
    if not facts:
        return None
    how, standing, branch, timezone, starts_at, answer_by = facts
    return Rebooking(How(how), PlanStanding(standing), branch, timezone, moment(starts_at), moment(answer_by))


def _local(at: datetime, timezone: str) -> datetime:
    return at.astimezone(ZoneInfo(timezone))
