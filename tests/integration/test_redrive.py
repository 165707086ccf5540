"""Dead letters brought back: by admins only, some hundred at once, each call in the ledger, each key once."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib.aws.queues import Queues
from chalicelib.subscriptions import BY_NAME, DUE
from infra.verify import Verifier
from tests.looking import PREFIX
from tests.world import LI, World

CHAIN = "redrive_notifications"


def path(queue: str = "notifications") -> str:
    return f"/v1/desk/operations/dlq/{queue}/redrive"


@pytest.fixture
def sqs(world: World) -> Iterator[Any]:
    """Real queues on moto, in place of those in memory."""
    client = boto3.client("sqs")
    for queue in {queue for queues in BY_NAME.values() for queue in queues} | set(DUE.values()):
        for name in (queue, f"{queue}-dead"):
            client.create_queue(QueueName=f"{PREFIX}-{name}")
    world.services.__dict__["queues"] = Queues(lambda: client, PREFIX)
    for name in ("standing", "redriving"):
        world.services.__dict__.pop(name, None)
    yield client


def bury(sqs: Any, count: int, queue: str = "notifications") -> None:
    address = sqs.get_queue_url(QueueName=f"{PREFIX}-{queue}-dead")["QueueUrl"]
    for number in range(count):
        sqs.send_message(QueueUrl=address, MessageBody=json.dumps({"number": number}))


def depth(world: World, queue: str = "notifications") -> dict[str, int]:
    return world.ask("GET", "/v1/desk/operations", token=world.staff("admin-hq")).body["queues"][queue]


def told(world: World) -> list[tuple[str, Any]]:
    return [(record["event"], json.loads(record["body"])) for record in world.records(CHAIN)]


def test_dead_letters_come_back_as_they_were_and_the_ledger_says_who_did_it(world: World, sqs: Any) -> None:
    bury(sqs, 12)

    answer = world.ask("POST", path(), token=world.staff("admin-hq"))

    assert (answer.status, answer.body) == (200, {"queue": "notifications", "moved": 12, "remaining": 0})
    assert depth(world) == {"waiting": 12, "in_flight": 0, "dead": 0}
    address = sqs.get_queue_url(QueueName=f"{PREFIX}-notifications")["QueueUrl"]
    found = [sqs.receive_message(QueueUrl=address, MaxNumberOfMessages=10).get("Messages", []) for _ in range(2)]
    assert sorted(json.loads(each["Body"])["number"] for batch in found for each in batch) == list(range(12))
    assert told(world) == [
        ("redrive.started", {"queue": "notifications"}),
        ("redrive.ended", {"queue": "notifications", "moved": 12, "remaining": 0}),
    ]
    assert {record["actor"] for record in world.records(CHAIN)} == {"admin-hq"}
    assert Verifier(world.client, PREFIX).verify().faults == []


def test_a_call_moves_some_hundred_and_says_how_many_are_left(
    world: World, sqs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.operations.policy.MOST_MOVED", 15)
    bury(sqs, 20)
    admin = world.staff("admin-hq")

    answers = [world.ask("POST", path(), token=admin).body for _ in range(3)]

    assert [(answer["moved"], answer["remaining"]) for answer in answers] == [(15, 5), (5, 0), (0, 0)]
    assert Verifier(world.client, PREFIX).verify().faults == []


def test_the_same_key_moves_once_and_answers_the_same(world: World, sqs: Any) -> None:
    bury(sqs, 2)
    admin = world.staff("admin-hq")
    first = world.ask("POST", path(), token=admin, Idempotency_Key="k")
    bury(sqs, 3)

    again = world.ask("POST", path(), token=admin, Idempotency_Key="k")

    assert (again.status, again.body) == (200, first.body)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert depth(world)["dead"] == 3
    assert len(told(world)) == 2


@pytest.mark.parametrize("staff", ["agent-east", "lead-east", "head-hq", "compliance-hq", "auditor-hq"])
def test_only_admins_bring_dead_letters_back(world: World, sqs: Any, staff: str) -> None:
    bury(sqs, 1)

    answer = world.ask("POST", path(), token=world.staff(staff))

    assert (answer.status, answer.code) == (403, "forbidden")
    assert depth(world)["dead"] == 1
    assert told(world) == []


@pytest.mark.parametrize("queue", ["records", "notifications-dead", "nothing", "dutydesk-test-notifications"])
def test_a_queue_that_is_none_of_ours_is_not_found(world: World, sqs: Any, queue: str) -> None:
    answer = world.ask("POST", path(queue), token=world.staff("admin-hq"))

    assert (answer.status, answer.code) == (404, "not_found")


class Broken:
    """A queue engine that fails at the n-th receive."""

    def __init__(self, client: Any, at: int) -> None:
        self._client, self._left = client, at

    def receive_message(self, **asked: Any) -> Any:
        self._left -= 1
        if self._left < 0:
            raise EndpointConnectionError(endpoint_url="https://sqs")
        return self._client.receive_message(**asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


def break_at(world: World, client: Any, at: int) -> None:
    broken = Broken(client, at)
    world.services.__dict__["queues"] = Queues(lambda: broken, PREFIX)  # type: ignore[arg-type,return-value]
    world.services.__dict__.pop("redriving", None)


def test_while_one_is_under_way_or_broke_off_another_waits_for_a_minute(world: World, sqs: Any) -> None:
    bury(sqs, 1)
    admin = world.staff("admin-hq")
    break_at(world, sqs, 0)
    assert world.ask("POST", path(), token=admin).status == 503
    break_at(world, sqs, 99)
    world.now += timedelta(seconds=20)

    early = world.ask("POST", path(), token=admin)
    world.now += timedelta(seconds=40)
    later = world.ask("POST", path(), token=admin)

    assert (early.status, early.code, early.headers["Retry-After"]) == (409, "redrive_running", "40")
    assert (later.status, later.body["moved"]) == (200, 1)
    assert [event for event, _ in told(world)] == ["redrive.started", "redrive.started", "redrive.ended"]


def test_what_was_moved_before_the_engine_failed_is_told(world: World, sqs: Any) -> None:
    bury(sqs, 15)
    break_at(world, sqs, 1)

    answer = world.ask("POST", path(), token=world.staff("admin-hq"))

    assert (answer.status, answer.body["moved"], answer.body["remaining"]) == (200, 10, 5)


def test_a_message_the_queue_did_not_take_stays_dead(world: World, sqs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    bury(sqs, 3)
    take = sqs.send_message_batch

    def picky(**asked: Any) -> Any:
        first, *others = asked["Entries"]
        failed = [{"Id": first["Id"], "Code": "Throttled", "SenderFault": False}]
        return {**(take(**asked | {"Entries": others}) if others else {}), "Failed": failed}

    monkeypatch.setattr(sqs, "send_message_batch", picky)

    assert world.services.queues.bring_back("notifications", 3) == (2, 1)
    assert depth(world)["waiting"] == 2


def test_if_the_queue_takes_nothing_nothing_is_said_to_have_moved(
    world: World, sqs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bury(sqs, 1)
    monkeypatch.setattr(sqs, "send_message_batch", lambda **_: {"Failed": [{"Id": "0"}]})

    answer = world.ask("POST", path(), token=world.staff("admin-hq"))

    assert (answer.status, answer.code) == (503, "unavailable")
    assert [event for event, _ in told(world)] == ["redrive.started"]


def standing(world: World) -> Any:
    return world.ask("GET", "/v1/desk/operations", token=world.staff("compliance-hq")).body


def test_operations_tell_the_share_of_texts_that_arrived(world: World) -> None:
    assert (standing(world)["sms"]["sent"], standing(world)["sms_delivered_share"]) == (0, None)
    token = world.sign_in()
    for _ in range(4):
        world.complain(token)
    world.drain()
    texts = [sent.id for sent in world.provider.to(LI, "complaint_received")]
    for text, status in zip(texts, ("delivered", "delivered", "failed"), strict=False):
        world.receipt(text, status)
        world.receipt(text, status, at=world.now - timedelta(seconds=1))  # says nothing new
    world.drain()

    shown = standing(world)

    assert shown["sms"] == {"sent": 4, "delivered": 2, "failed": 1}
    assert shown["sms_delivered_share"] == 0.5
    world.now += timedelta(hours=24, minutes=59)
    assert standing(world)["sms"]["sent"] == 4
    world.now += timedelta(minutes=2)
    assert standing(world)["sms"]["sent"] == 0


def test_operations_tell_since_when_a_ticket_waits_to_be_escalated(world: World) -> None:
    world.complain(world.sign_in())
    world.drain()
    assert standing(world)["oldest_unescalated"] is None
    due = min(item["due_at"] for item in world.items("tickets", "due"))

    world.now += timedelta(days=60)

    assert standing(world)["oldest_unescalated"] == due
    assert standing(world)["oldest_due"] <= due
