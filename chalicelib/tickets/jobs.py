"""The `escalations` queue: due hints of the sweep, absences that begin, and news about word that was owed.

Tickets and kiosks share it: both wait for a time, and owe somebody word of what has come.
"""

from typing import Any

from chalice.app import Blueprint

from chalicelib.bootstrap import services
from chalicelib.kernel import actors, clock
from chalicelib.kernel.calls import internal
from chalicelib.work import consumer

jobs = Blueprint(__name__)
_AWAY = "away_"
_KIOSK = "kio_"


@jobs.on_sqs_message(queue="escalations", batch_size=10)
@consumer
def escalate(message: dict[str, Any]) -> str:
    """Work off one hint; what it says is read again from the table."""
    call = internal(actors.system("escalations"), "queue", message.get("request_id", ""))
    watch = services().watch
    if message.get("due", "").startswith(_AWAY):
        return services().leaving.moved_on(message["due"].removeprefix(_AWAY), call)
    if message.get("event") == "staff.absence_entered":
        return services().leaving.moved_on(message["body"]["staff"], call)
    if message.get("due", "").startswith(_KIOSK):
        return services().kiosk_beating.due(message["due"], call)
    if "due" in message:
        return watch.escalate(message["due"], call)
    news = message["body"]
    about, begun = news["about"], message["event"] == "text.started"
    if about.startswith(_KIOSK):
        # What became of a mail about a kiosk meets no clock.
        return services().kiosk_beating.taken(about, news["key"], call) if begun else "heard"
    if begun:
        return watch.taken(about, news["key"], call)
    how = message["event"].removeprefix("text.")
    return watch.arrived(about, news["key"], how, clock.moment(news["at"]), call)
