"""The `bookings` queue: holds and visits that are over, word, whose turn is near, measures and whom they affect."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.bootstrap import services
from chalicelib.kernel import actors
from chalicelib.kernel.calls import internal
from chalicelib.work import consumer

from . import events

jobs = Blueprint(__name__)
_HOLD, _MEASURE, _PLAN = "hld_", "msr_", "pln_"
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
        return services().closing.step(message["pk"].partition("#")[2] if due else message["body"]["branch"], call)
    if event == "text.started":
        news = message["body"]
        return services().words.taken(news["about"], news["key"], call)
    if event in _MOVES:
        return services().watching.moved(message["subject"], message["body"]["branch"], call)
    appointment = due or message["subject"]
    services().answering_visits.overdue(appointment, call)
    return services().watching.due(appointment, call)
