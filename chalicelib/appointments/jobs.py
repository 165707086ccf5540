"""The `bookings` queue: holds that are over, and word about appointments."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.bootstrap import services
from chalicelib.kernel import actors
from chalicelib.kernel.calls import internal
from chalicelib.work import consumer

jobs = Blueprint(__name__)
_HOLD = "hld_"


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
    return services().words.due(message.get("due") or message["subject"], call)
