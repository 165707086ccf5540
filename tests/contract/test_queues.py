"""What queues promise: every message in one of two places at any time, and figures that say where."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import boto3
import pytest
from moto import mock_aws

from chalicelib.aws.queues import Queues
from tests.fakes import FakeOutlet
from tests.looking import PREFIX

NAMES = ("escalations", "escalations-dead", "receipts", "receipts-dead")


class Post(NamedTuple):
    """Queues, and a look at what can be received from one now."""

    queues: Any
    received: Callable[[str], list[str]]


@pytest.fixture(params=["memory", "sqs"])
def post(request: pytest.FixtureRequest) -> Iterator[Post]:
    if request.param == "memory":
        outlet = FakeOutlet()
        yield Post(outlet, lambda queue: [str(m) for name, m, delay in outlet.sent if name == queue and delay <= 0])
        return
    with mock_aws():
        client = boto3.client("sqs")
        urls = {name: client.create_queue(QueueName=f"{PREFIX}-{name}")["QueueUrl"] for name in NAMES}

        def received(queue: str) -> list[str]:
            found = client.receive_message(QueueUrl=urls[queue], MaxNumberOfMessages=10, VisibilityTimeout=0)
            return [str(message["Body"]) for message in found.get("Messages", [])]

        yield Post(Queues(lambda: client, PREFIX), received)


def letters(count: int) -> list[dict[str, Any]]:
    return [{"due": f"tkt_{n}"} for n in range(count)]


def test_an_empty_queue_has_nothing(post: Post) -> None:
    assert post.queues.depth("escalations") == {"waiting": 0, "in_flight": 0, "dead": 0}


def test_however_many_are_sent_wait_in_their_queue_and_in_no_other(post: Post) -> None:
    post.queues.send("escalations", letters(23))

    assert post.queues.depth("escalations")["waiting"] == 23
    assert post.queues.depth("receipts")["waiting"] == 0


def test_a_message_arrives_as_it_was_sent(post: Post) -> None:
    post.queues.send("receipts", [{"subject": "投诉", "seq": 1}])

    (body,) = post.received("receipts")
    assert "投诉" in body


def test_what_has_a_delay_does_not_wait_yet(post: Post) -> None:
    post.queues.send("escalations", letters(3), [0, 600, -5])

    assert post.queues.depth("escalations")["waiting"] == 2
    assert sorted("tkt_1" in body for body in post.received("escalations")) == [False, False]


def test_what_is_dead_is_told_apart(post: Post) -> None:
    post.queues.send("escalations-dead", letters(2))

    assert post.queues.depth("escalations") == {"waiting": 0, "in_flight": 0, "dead": 2}


def test_so_many_dead_letters_as_asked_for_come_back_and_what_is_left_is_told(post: Post) -> None:
    post.queues.send("escalations-dead", letters(25))
    post.queues.send("receipts-dead", letters(1))

    assert post.queues.bring_back("escalations", 12) == (12, 13)
    assert post.queues.depth("escalations") == {"waiting": 12, "in_flight": 0, "dead": 13}
    assert post.queues.depth("receipts")["dead"] == 1


def test_more_than_there_are_cannot_come_back(post: Post) -> None:
    post.queues.send("receipts-dead", letters(3))

    assert post.queues.bring_back("receipts", 300) == (3, 0)
    assert len(set(post.received("receipts"))) == 3
