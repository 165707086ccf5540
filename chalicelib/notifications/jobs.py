"""The queues `notifications` (word to send) and `receipts` (what became of it)."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.bootstrap import services
from chalicelib.kernel import actors
from chalicelib.kernel.calls import internal
from chalicelib.work import consumer

jobs = Blueprint(__name__)


@jobs.on_sqs_message(queue="notifications", batch_size=10)
@consumer
def notify(message: dict[str, Any]) -> str:
    """Send the words an event carries, or take up a text, or a code, that is due again."""
    call = internal(actors.system("notifications"), "queue", message.get("request_id", ""))
    if _of_a_code(message):
        return services().following.go_on(message.get("due") or message["subject"], call)
    if "due" in message:
        return services().sending.resume(message["due"], call)
    return services().sending.tell(message["subject"], message["body"]["notices"], call)


@jobs.on_sqs_message(queue="receipts", batch_size=10)
@consumer
def receipt(message: dict[str, Any]) -> str:
    """Apply one receipt."""
    call = internal(actors.system("receipts"), "queue", message.get("request_id", ""))
    return services().receipts.apply(message.get("due") or message["subject"], call)


def _of_a_code(message: dict[str, Any]) -> bool:
    return str(message.get("due") or message.get("subject", "")).startswith("ver_")
