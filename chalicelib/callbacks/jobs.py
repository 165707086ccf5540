"""The `callbacks` queue: calls whose time has come, leases that ran out, word that is owed, complaints that were closed."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.bootstrap import services
from chalicelib.kernel import actors, clock
from chalicelib.kernel.calls import internal
from chalicelib.work import consumer

jobs = Blueprint(__name__)


@jobs.on_sqs_message(queue="callbacks", batch_size=10)
@consumer
def callback(message: dict[str, Any]) -> str:
    """Work off one hint; what it says is read again from the table."""
    call = internal(actors.system("callbacks"), "queue", message.get("request_id", ""))
    if "due" in message:
        return services().working.due(message["due"], call)
    if message["event"] == "complaint.closed":
        closed_at = clock.moment(message["at"])
        return services().follow_ups.closed(message["subject"], message["seq"], closed_at, call)
    if message["event"].startswith("text."):
        working, news = services().working, message["body"]
        if message["event"] == "text.held":
            return working.put_off(news["about"], news["key"], clock.moment(news["until"]), call)
        return working.taken(news["about"], news["key"], call)
    return services().working.due(message["subject"], call)
