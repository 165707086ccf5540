"""Events in the shapes that Lambda gives them."""

import base64
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from .aws import ACCOUNT, REGION


def sqs_event(messages: Sequence[Mapping[str, Any]], queue: str, region: str = REGION) -> dict[str, Any]:
    """Make the event of received messages of a queue, given by name."""
    return {"Records": [_sqs_record(message, queue, region) for message in messages]}


def _sqs_record(message: Mapping[str, Any], queue: str, region: str) -> dict[str, Any]:
    attributes = {
        name: {
            "stringValue": value.get("StringValue"),
            "binaryValue": _text(value.get("BinaryValue")),
            "stringListValues": [],
            "binaryListValues": [],
            "dataType": value["DataType"],
        }
        for name, value in message.get("MessageAttributes", {}).items()
    }
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": dict(message.get("Attributes", {})),
        "messageAttributes": attributes,
        "md5OfBody": message.get("MD5OfBody", ""),
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{region}:{ACCOUNT}:{queue}",
        "awsRegion": region,
    }


def stream_event(records: Sequence[Mapping[str, Any]], stream: str, region: str = REGION) -> dict[str, Any]:
    """Make the event of records of a table's stream, as boto3 read them."""
    return {"Records": [_stream_record(record, stream, region) for record in records]}


def _stream_record(record: Mapping[str, Any], stream: str, region: str) -> dict[str, Any]:
    change = dict(record["dynamodb"])
    created = change.get("ApproximateCreationDateTime")
    if isinstance(created, datetime):
        change["ApproximateCreationDateTime"] = float(int(created.timestamp()))
    for image in ("Keys", "NewImage", "OldImage"):
        if image in change:
            change[image] = {name: _plain(value) for name, value in change[image].items()}
    return {
        "eventID": record.get("eventID", ""),
        "eventName": record["eventName"],
        "eventVersion": record.get("eventVersion", "1.1"),
        "eventSource": "aws:dynamodb",
        "awsRegion": region,
        "dynamodb": change,
        "eventSourceARN": stream,
    }


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    ((kind, content),) = value.items()
    if kind == "B":
        return {kind: _text(content)}
    if kind == "BS":
        return {kind: [_text(each) for each in content]}
    if kind == "M":
        return {kind: {name: _plain(each) for name, each in content.items()}}
    if kind == "L":
        return {kind: [_plain(each) for each in content]}
    return {kind: content}


def _text(content: Any) -> str | None:
    return None if content is None else base64.b64encode(bytes(content)).decode("ascii")


def schedule_event(rule: str, at: datetime, region: str = REGION) -> dict[str, Any]:
    """Make the event of a rule of EventBridge that fires at an instant."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT,
        "time": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "region": region,
        "resources": [f"arn:aws:events:{region}:{ACCOUNT}:rule/{rule}"],
        "detail": {},
    }


def failed_items(result: Any, known: Sequence[str], partial: bool) -> set[str]:
    """Give which of a batch's items failed, by the function's answer, as Lambda reads it.

    An identifier that is empty or not of this batch means all of them; without partial failures, an answer means none.
    """
    if not partial or not isinstance(result, dict) or not result.get("batchItemFailures"):
        return set()
    failures = result["batchItemFailures"]
    named = [str(each.get("itemIdentifier")) if isinstance(each, dict) else "" for each in failures]
    return set(named) if all(name in known for name in named) else set(known)
