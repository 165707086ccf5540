"""What customers are told about an appointment, and when something is to be done about it."""

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from chalicelib.kernel.notices import ask_again_at

from ..model import Appointment, Branch, Service, Status
from .arriving import over_at


def scheduled(appointment: Appointment) -> Appointment:
    """Give it with the next instant at which something is to be done about it."""
    due = [ask_again_at(notice) for notice in appointment.notices]
    if (over := over_at(appointment)) is not None:
        due.append(over)
    turn = appointment.turn
    if turn is not None and turn.look_at is not None and appointment.status == Status.CHECKED_IN:
        due.append(turn.look_at)
    return replace(appointment, due_at=min(due, default=None))


def facts_of(
    appointment: Appointment, branches: Mapping[str, Branch], services: Mapping[str, Service]
) -> dict[str, str]:
    """Give what a text says of it: the time as clocks at the branch show it, and names in every language."""
    facts = {
        "starts": appointment.starts_at.astimezone(ZoneInfo(appointment.timezone)).strftime("%Y-%m-%d %H:%M"),
        "generation": str(appointment.generation),
    }
    branch = branches.get(appointment.branch)
    bring = {doc.id: doc.name for id_ in appointment.services if id_ in services for doc in services[id_].documents}
    for language, comma in (("en", ", "), ("zh-CN", "、")):
        facts[f"branch:{language}"] = branch.name.get(language, branch.id) if branch else appointment.branch
        facts[f"bring:{language}"] = comma.join(name.get(language, id_) for id_, name in bring.items()) or "–"
    return facts
