"""The `bookings` queue: holds that are over, visits that are, word about appointments, and whose turn is near."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.bootstrap import services
from chalicelib.kernel import actors
from chalicelib.kernel.calls import internal
from chalicelib.work import consumer

from . import events

jobs = Blueprint(__name__)
_HOLD = "hld_"
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
    if message.get("due", "").startswith(_HOLD):
        return services().holding.expire(message["pk"], message["due"], call)
    if message.get("event") == "text.started":
        news = message["body"]
        return services().words.taken(news["about"], news["key"], call)
    if message.get("event") in _MOVES:
        return services().watching.moved(message["subject"], message["body"]["branch"], call)
    return services().watching.due(message.get("due") or message["subject"], call)
