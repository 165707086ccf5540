"""The `attachments` queue: what came, what the scanner found, what is due; each says only where to look."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.bootstrap import services
from chalicelib.kernel import actors
from chalicelib.kernel.calls import internal
from chalicelib.work import consumer

jobs = Blueprint(__name__)


@jobs.on_sqs_message(queue="attachments", batch_size=10)
@consumer
def examine(message: dict[str, Any]) -> str:
    """Look at the file a hint is about; what the hint says of it is read again from table and bucket."""
    call = internal(actors.system("attachments"), "queue", message.get("request_id", ""))
    judging = services().judging
    if "detail" in message:
        # A result of GuardDuty, as EventBridge hands it on; its verdict is read from the object's tag.
        return judging.scanned(message["detail"]["s3ObjectDetails"]["objectKey"], call)
    if "due" in message:
        return judging.work(message["pk"], message["due"], call)
    if "attachment" not in message["body"]:
        # Something else changed that files belong to, such as the time of a visit.
        return judging.worked(message["subject"], call)
    return judging.work(message["body"]["ticket"], message["body"]["attachment"], call)
