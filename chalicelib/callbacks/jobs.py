"""The `callbacks` queue: calls and campaigns that are due, leases that ran out, word, complaints that were closed."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.bootstrap import services
from chalicelib.kernel import actors, clock
from chalicelib.kernel.calls import Call, internal
from chalicelib.work import consumer

jobs = Blueprint(__name__)
_CAMPAIGN = "cmp_"


@jobs.on_sqs_message(queue="callbacks", batch_size=10)
@consumer
def callback(message: dict[str, Any]) -> str:
    """Work off one hint, about a call or about a campaign; what it says is read again from the table."""
    call = internal(actors.system("callbacks"), "queue", message.get("request_id", ""))
    if message.get("event") == "complaint.closed":
        closed_at = clock.moment(message["at"])
        return services().follow_ups.closed(message["subject"], message["seq"], closed_at, call)
    if message.get("event", "").startswith("text."):
        return _word(message["event"], message["body"], call)
    about = message.get("due") or message["subject"]
    if about.startswith(_CAMPAIGN):
        return services().campaign_work.due(about, call)
    return services().working.due(about, call)


def _word(event: str, news: dict[str, Any], call: Call) -> str:
    """Hear that word is on its way, or not wanted, and is owed no longer; or that it has to wait."""
    if news["about"].startswith(_CAMPAIGN):
        return services().campaign_work.taken(news["about"], news["key"], call)
    if event == "text.held":
        return services().working.put_off(news["about"], news["key"], clock.moment(news["until"]), call)
    return services().working.taken(news["about"], news["key"], call)
