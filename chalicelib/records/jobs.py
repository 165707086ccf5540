"""The stream of the ledger."""

from chalice.app import Blueprint

from chalicelib.bootstrap import services
from chalicelib.kernel.events import Record
from chalicelib.work import publisher

jobs = Blueprint(__name__)


@jobs.on_dynamodb_record(stream_arn="records")
@publisher
def publish(records: list[Record]) -> None:
    """Tell the queues what was recorded."""
    services().publishing.publish(records)
