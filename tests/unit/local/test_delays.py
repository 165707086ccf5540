"""A delayed message arrives by the movable clock, and every other one at once."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from infra.local.delays import Answer, Delays

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ONE, MANY = "AmazonSQS.SendMessage", "AmazonSQS.SendMessageBatch"


class Scene:
    """The engine behind the door, and the clock."""

    def __init__(self) -> None:
        self.now = NOW
        self.sent: list[dict[str, Any]] = []
        self.rung: list[str] = []
        self.down = False
        self.delays = Delays(self.forward, lambda: self.now, self.rung.append)

    def forward(self, headers: dict[str, str], body: bytes) -> Answer:
        if self.down:
            return 503, b"{}"
        asked = json.loads(body)
        self.sent.append(asked)
        entries = [{"Id": entry["Id"], "MessageId": "m"} for entry in asked.get("Entries", [])]
        return 200, json.dumps({"Successful": entries, "Failed": []}).encode()

    def send(self, *entries: dict[str, Any]) -> Any:
        body = {"QueueUrl": "http://q", "Entries": list(entries)}
        return json.loads(self.delays.answer({"X-Amz-Target": MANY}, json.dumps(body).encode())[1])


@pytest.fixture
def scene() -> Scene:
    return Scene()


def entry(id_: str, delay: int = 0) -> dict[str, Any]:
    return {"Id": id_, "MessageBody": f"body {id_}", "DelaySeconds": delay}


def test_only_messages_with_a_delay_wait_and_all_are_acknowledged(scene: Scene) -> None:
    answer = scene.send(entry("now"), entry("later", 30))

    assert sorted(each["Id"] for each in answer["Successful"]) == ["later", "now"]
    assert [each["Id"] for each in scene.sent[0]["Entries"]] == ["now"]
    assert (scene.delays.waiting("http://q"), scene.delays.next_after(NOW)) == (1, NOW + timedelta(seconds=30))


def test_a_waiting_message_is_sent_without_delay_when_the_clock_gets_there(scene: Scene) -> None:
    scene.send(entry("later", 30))

    scene.now += timedelta(seconds=29)
    scene.delays.work_off()
    assert scene.sent == []
    scene.now += timedelta(seconds=1)
    scene.delays.work_off()

    assert scene.sent == [{"QueueUrl": "http://q", "MessageBody": "body later"}]
    assert scene.rung == ["http://q"]
    assert scene.delays.waiting("http://q") == 0


def test_what_the_engine_does_not_take_stays(scene: Scene) -> None:
    scene.send(entry("later", 1))
    scene.now += timedelta(seconds=1)
    scene.down = True
    scene.delays.work_off()

    scene.down = False
    scene.delays.work_off()

    assert len(scene.sent) == 1


def test_a_single_message_may_wait_too(scene: Scene) -> None:
    body = {"QueueUrl": "http://q", "MessageBody": "x", "DelaySeconds": 5}

    status, answer = scene.delays.answer({"X-Amz-Target": ONE}, json.dumps(body).encode())

    assert status == 200
    assert json.loads(answer)["MD5OfMessageBody"] == "9dd4e461268c8034f5c8564e155c67a6"
    assert scene.delays.waiting("http://q") == 1


def test_whatever_is_not_about_sending_goes_straight_through(scene: Scene) -> None:
    scene.delays.answer({"X-Amz-Target": "AmazonSQS.GetQueueUrl"}, b'{"QueueName": "q"}')

    assert scene.sent == [{"QueueName": "q"}]
    assert scene.rung == []
