"""The `bookings` queue: holds and visits that are over, word, whose turn is near, measures and whom they affect, who waits."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.bootstrap import services
from chalicelib.kernel import actors
from chalicelib.kernel.calls import Call, internal
from chalicelib.kernel.clock import moment
from chalicelib.work import consumer

from . import events

jobs = Blueprint(__name__)
_HOLD, _MEASURE, _PLAN, _WAITING, _WATCH = "hld_", "msr_", "pln_", "wtl_", "wat_"
# After these a time is free that was not, by the names of what says where and when.
_FREES = {
    events.HoldFreed.NAME: ("branch", "starts_at"),
    events.AppointmentCancelled.NAME: ("branch", "starts_at"),
    events.AppointmentMoved.NAME: ("before_branch", "before"),
    events.AppointmentRebooked.NAME: ("before_branch", "before"),
}
# After these others are nearer than they were.
_MOVES = {
    event.NAME
    for event in (
        events.AppointmentCalled,
        events.AppointmentParked,
        events.AppointmentTransferred,
        events.AppointmentMissed,
    )
}


@jobs.on_sqs_message(queue="bookings", batch_size=10)
@consumer
def book(message: dict[str, Any]) -> str:
    """Work off one hint; what it says is read again from the table."""
    call = internal(actors.system("bookings"), "queue", message.get("request_id", ""))
    due, event = message.get("due", ""), message.get("event", "")
    if due.startswith(_HOLD):
        return services().holding.expire(message["pk"], due, call)
    if due.startswith(_MEASURE) or event.startswith("continuity."):
        return services().closing.spread(message["sk"] if due else message["body"]["target"], call)
    if due.startswith(_PLAN) or event.startswith("plan."):
        branch = message["pk"].partition("#")[2] if due else message["body"]["branch"]
        if event == events.PlanBegun.NAME:
            services().offering.opened(branch, call)
        return services().closing.step(branch, call)
    if event == events.BranchRegistered.NAME:
        return services().offering.opened(message["body"]["branch"], call)
    if due.startswith(_WATCH):
        return services().offering.watch(message["pk"].partition("#")[2], call)
    if event.startswith("text."):
        return _word(event, message["body"], call)
    if (due or message["subject"]).startswith(_WAITING):
        return _waiting(due or message["subject"], event, call)
    body = message.get("body", {})
    outcome = "" if event == events.HoldFreed.NAME else _visit(due or message["subject"], message, call)
    return _freed(event, body, call) or outcome or "settled"


def _word(event: str, news: dict[str, Any], call: Call) -> str:
    """Hear that word is on its way, or not wanted, and is owed no longer; or that it has to wait."""
    words = services().waitlist_words if news["about"].startswith(_WAITING) else services().words
    if event == "text.held":
        return words.put_off(news["about"], news["key"], moment(news["until"]), call)
    return words.taken(news["about"], news["key"], call)


def _visit(appointment: str, message: dict[str, Any], call: Call) -> str:
    """Do what is due about an appointment, and about others whom it lets come nearer."""
    if message.get("event") in _MOVES:
        return services().watching.moved(appointment, message["body"]["branch"], call)
    services().answering_visits.overdue(appointment, call)
    return services().watching.due(appointment, call)


def _freed(event: str, body: dict[str, Any], call: Call) -> str:
    """Offer what came free to whoever waits for it; what does not say where and when is found by the next look."""
    branch, starts_at = (body.get(name, "") for name in _FREES.get(event, ("", "")))
    return services().offering.freed(branch, moment(starts_at), call) if branch and starts_at else ""


def _waiting(entry: str, event: str, call: Call) -> str:
    """Do what is due about an entry of the waitlist, and look for a time for who has just joined."""
    services().waitlist_words.due(entry, call)
    outcome = services().offering.due(entry, call)
    return services().offering.joined(entry, call) if event == events.WaitlistJoined.NAME else outcome
