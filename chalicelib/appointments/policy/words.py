"""What customers are told about an appointment, and when something is to be done about it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.kernel.notices import ask_again_at

from ..model import Appointment, Branch, PlanStanding, Service, Status
from .arriving import over_at
from .papers import documents


def scheduled(appointment: Appointment) -> Appointment:
    """Give it with the next instant at which something is to be done about it."""
    turn = appointment.turn
    looked = turn.look_at if turn is not None and appointment.status == Status.CHECKED_IN else None
    instants = [over_at(appointment), answer_until(appointment), looked]
    due = [ask_again_at(notice) for notice in appointment.notices] + [at for at in instants if at is not None]
    return replace(appointment, due_at=min(due, default=None))


def answer_until(appointment: Appointment) -> datetime | None:
    """Tell until when the customer is to answer what they were offered, if they are."""
    offered = appointment.rebooking
    waits = appointment.status is Status.BOOKED and offered is not None and offered.standing is PlanStanding.OFFERED
    return offered.answer_by if offered and waits else None


def told_at(at: datetime, timezone: str) -> str:
    """Write an instant as clocks at a branch show it."""
    return at.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M")


def facts_of(
    appointment: Appointment, branches: Mapping[str, Branch], services: Mapping[str, Service]
) -> dict[str, str]:
    """Give what a text says of it: the time as clocks at the branch show it, and names in every language."""
    facts = {
        "starts": told_at(appointment.starts_at, appointment.timezone),
        "generation": str(appointment.generation),
    }
    branch = branches.get(appointment.branch)
    known = documents(services[id_] for id_ in appointment.services if id_ in services)
    # What was accepted before need not be brought once more.
    bring = {id_: document.name for id_, document in known.items() if not appointment.paper(id_).accepted}
    for language, comma in (("en", ", "), ("zh-CN", "、")):
        facts[f"branch:{language}"] = branch.name.get(language, branch.id) if branch else appointment.branch
        facts[f"bring:{language}"] = comma.join(name.get(language, id_) for id_, name in bring.items()) or "–"
    return facts
