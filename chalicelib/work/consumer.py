"""Decorators for jobs: one message at a time, partial failure, a log line each.

A handler takes one message and gives one word, the outcome. It must bear a message twice, late, or out of order.
"""

import functools
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from chalicelib.aws import ledger
from chalicelib.aws.items import decode
from chalicelib.kernel import clock
from chalicelib.kernel.events import Record

from . import log

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

Handler = Callable[[dict[str, Any]], str]
Job = Callable[[Any], Any]


def consumer(handle: Handler) -> Job:
    """Make a handler of one message into a job on a queue; a message that fails comes back, the others do not."""

    def one(record: "SQSRecord") -> str:
        began = clock.monotonic()
        ids: dict[str, Any] = {"message_id": record.message_id, "attempt": record.attributes.approximate_receive_count}
        try:
            message = json.loads(record.body)
            ids |= {name: message.get(name) for name in ("event", "subject", "seq", "due", "request_id")}
            outcome = handle(message)
        except Exception as trouble:
            log.failed(handle.__name__, trouble, clock.monotonic() - began, **ids)
            raise
        log.worked(handle.__name__, outcome, clock.monotonic() - began, **ids)
        return outcome

    @functools.wraps(handle)
    def job(event: Any) -> Any:
        answer = _each(event, one)
        log.flush()
        return answer

    return job


def _each(event: Any, one: "Callable[[SQSRecord], str]") -> Any:
    """Work a batch off message by message; say which of them failed."""
    # The API declares every job and runs none: its cold start is a twentieth shorter without this.
    from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    return process_partial_response(
        event=event.to_dict(), record_handler=one, processor=processor, context=event.context
    )


def publisher(handle: Callable[[list[Record]], None]) -> Job:
    """Make a handler of records into a job on the ledger's stream; if it fails, the batch comes again from its start."""

    @functools.wraps(handle)
    def job(event: Any) -> Any:
        began = clock.monotonic()
        changes = [change["dynamodb"] for change in event.to_dict()["Records"] if change["eventName"] == "INSERT"]
        try:
            handle([ledger.from_item(decode(change["NewImage"])) for change in changes])
        except Exception as trouble:
            log.failed(handle.__name__, trouble, clock.monotonic() - began, records=len(changes))
            log.flush()
            return {"batchItemFailures": [{"itemIdentifier": changes[0]["SequenceNumber"]}]}
        log.worked(handle.__name__, "published", clock.monotonic() - began, records=len(changes))
        log.flush()
        return {"batchItemFailures": []}

    return job


def scheduled(handle: Callable[[], dict[str, Any]]) -> Job:
    """Make a function into a job on a schedule; what it gives goes into the log line."""

    @functools.wraps(handle)
    def job(event: Any) -> Any:
        began = clock.monotonic()
        result = handle()
        log.worked(handle.__name__, "done", clock.monotonic() - began, scheduled=event.to_dict().get("time"), **result)
        for name, value in result.get("gauges", {}).items():
            log.gauge(name, value)
        log.flush()
        return result

    return job
