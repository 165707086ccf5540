"""A message that no try can work off: five tries, then it lies dead, in nobody's way, until somebody brings it back."""

import json
import uuid
from pathlib import Path
from typing import Any

import boto3

from tests.journeys.stack import Stack
from tests.journeys.story import LI, Story

TRIES = 5
QUEUES = ("notifications", "escalations", "receipts")


def queues_of(stack: Stack) -> Any:
    """Reach the stack's queues as a tool beside it would."""
    known = json.loads((stack.data / "endpoints.json").read_text("utf-8"))
    return boto3.client("sqs", endpoint_url=known["AWS_ENDPOINT_URL_SQS"], region_name=known["AWS_REGION"])


def poison(stack: Stack, queue: str) -> str:
    """Put a message into a queue that its job cannot understand; give a mark by which its tries are found."""
    sqs, mark = queues_of(stack), f"poison-{uuid.uuid4().hex}"
    address = sqs.get_queue_url(QueueName=f"dutydesk-local-{queue}")["QueueUrl"]
    sqs.send_message(QueueUrl=address, MessageBody=json.dumps({"request_id": mark}))
    return mark


def attempts(stack: Stack, mark: str) -> list[tuple[str, str]]:
    """Read from the log how often a message was tried: which receive it was, and what came of it."""
    lines = [line for file in sorted((stack.data / "logs").glob("*")) for line in lines_of(file) if mark in line]
    return [(line["attempt"], line["outcome"]) for line in map(json.loads, lines)]


def lines_of(file: Path) -> list[str]:
    """Give the whole lines of a log that is being written."""
    return file.read_text("utf-8", "replace").split("\n")[:-1]


def dead(stack: Stack, queue: str) -> int:
    """Count the dead letters of a queue, as the developers' endpoint tells."""
    told = {each["queue"]: each["dead"] for each in stack.get("/dev/queues")["items"]}
    count: int = told[f"dutydesk-local-{queue}"]
    return count


def test_poison_messages_are_dead_after_five_receives_and_hold_up_nobody(stack: Stack) -> None:
    token = stack.sign_in(LI)
    marks = {queue: poison(stack, queue) for queue in QUEUES}
    for queue, mark in marks.items():
        stack.wait(lambda mark=mark: attempts(stack, mark), f"the first try of {queue}")

    complaint = stack.post("/v1/complaints", {"subject": "Card fee", "body": "I was charged twice."}, token)
    text = stack.wait(lambda: stack.texts(LI, "complaint_received"), "the acknowledgement")[-1]
    stack.post(f"/dev/sms/{text['id']}/receipt", {"status": "delivered"})
    stack.wait(lambda: met(stack, complaint["id"], token), "the acknowledgement's clock")
    assert not any(dead(stack, queue) for queue in marks), "the others were not worked off beside them, but after them"

    admin = stack.staff("admin-hq")
    for queue, mark in marks.items():
        lies_dead(stack, queue, mark, TRIES)
        assert standing(stack, admin, queue) == {"waiting": 0, "in_flight": 0, "dead": 1}
        redriven = stack.post(f"/v1/desk/operations/dlq/{queue}/redrive", {}, admin)
        assert redriven == {"queue": queue, "moved": 1, "remaining": 0}
    for queue, mark in marks.items():
        stack.wait(lambda mark=mark: len(attempts(stack, mark)) > TRIES, "another try")
        lies_dead(stack, queue, mark, 2 * TRIES)
    Story(stack).verified()


def lies_dead(stack: Stack, queue: str, mark: str, tries: int) -> None:
    """Wait until a message is a dead letter; it was tried so often, five times each time it was handed out."""
    stack.wait(lambda: dead(stack, queue) == 1, f"the dead letter of {queue}")
    assert attempts(stack, mark) == [(str(number % TRIES + 1), "failed") for number in range(tries)]


def met(stack: Stack, complaint: str, token: str) -> bool:
    """Tell whether a complaint has a clock that was met."""
    return any(clock["state"] == "met" for clock in stack.get(f"/v1/complaints/{complaint}", token)["clocks"])


def standing(stack: Stack, admin: str, queue: str) -> dict[str, int]:
    """Tell how a queue stands, as the desk sees it."""
    found: dict[str, int] = stack.get("/v1/desk/operations", admin)["queues"][queue]
    return found
