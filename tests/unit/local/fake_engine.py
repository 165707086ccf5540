"""Engines in memory, as far as the pumps use them."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from infra.local.chaos import Mischief
from infra.local.environment import Failed
from infra.local.positions import Positions
from infra.local.queues import Depth
from infra.local.wiring import Bells, Complaints, Wiring

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class FakeSqs:
    """One queue: what waits, what is in flight, what was deleted."""

    waiting: list[dict[str, Any]] = field(default_factory=list)
    flying: dict[str, dict[str, Any]] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)

    def put(self, *bodies: str) -> None:
        for body in bodies:
            self.waiting.append({"MessageId": f"id-{body}", "Body": body, "Attributes": {}})

    def receive_message(self, MaxNumberOfMessages: int, **_: Any) -> dict[str, Any]:  # noqa: N803
        taken, self.waiting = self.waiting[:MaxNumberOfMessages], self.waiting[MaxNumberOfMessages:]
        for message in taken:
            message["ReceiptHandle"] = f"handle-{message['MessageId']}"
            self.flying[message["ReceiptHandle"]] = message
        return {"Messages": taken} if taken else {}

    def delete_message_batch(self, Entries: list[dict[str, str]], **_: Any) -> dict[str, Any]:  # noqa: N803
        for entry in Entries:
            if message := self.flying.pop(entry["ReceiptHandle"], None):
                self.deleted.append(message["Body"])
        return {}

    def change_message_visibility(self, ReceiptHandle: str, **_: Any) -> None:  # noqa: N803
        self.waiting.append(self.flying.pop(ReceiptHandle))


@dataclass
class FakeStreams:
    """One stream of one shard."""

    records: list[dict[str, Any]] = field(default_factory=list)

    def put(self, *keys: str) -> None:
        for key in keys:
            number = str(len(self.records) + 1)
            change = {"Keys": {"pk": {"S": key}}, "NewImage": {"pk": {"S": key}}, "SequenceNumber": number}
            self.records.append({"eventName": "INSERT", "dynamodb": change})

    def describe_stream(self, **_: Any) -> dict[str, Any]:
        return {"StreamDescription": {"Shards": [{"ShardId": "shard"}]}}

    def get_shard_iterator(self, ShardIteratorType: str, SequenceNumber: str = "0", **_: Any) -> dict[str, str]:  # noqa: N803
        if int(SequenceNumber) > len(self.records):
            raise ClientError({"Error": {"Code": "TrimmedDataAccessException"}}, "GetShardIterator")
        return {"ShardIterator": SequenceNumber if ShardIteratorType == "AFTER_SEQUENCE_NUMBER" else "0"}

    def get_records(self, ShardIterator: str, Limit: int) -> dict[str, Any]:  # noqa: N803
        place = int(ShardIterator)
        page = self.records[place : place + Limit]
        return {"Records": page, "NextShardIterator": str(place + len(page))}


@dataclass
class FakeQueues:
    """All queues together."""

    client: Any = None
    addresses: dict[str, str] = field(default_factory=lambda: {"work": "http://queue/work"})
    empty: bool = True
    sent: list[tuple[str, str]] = field(default_factory=list)

    def all_empty(self) -> bool:
        return self.empty

    def depth(self, _: str) -> Depth:
        return Depth(0, 0, 0)

    def send(self, name: str, body: str) -> None:
        self.sent.append((name, body))


@dataclass
class Job:
    """A function that fails as told: `fails` names bodies or keys, `breaks` how often the whole call fails first."""

    fails: set[str] = field(default_factory=set)
    breaks: int = 0
    calls: list[list[str]] = field(default_factory=list)

    def __call__(self, _: str, event: Any) -> Any:
        things = {_id(record): _name(record) for record in event["Records"]}
        self.calls.append(list(things.values()))
        if self.breaks:
            self.breaks -= 1
            raise Failed("RuntimeError", "as told")
        return {"batchItemFailures": [{"itemIdentifier": id_} for id_, name in things.items() if name in self.fails]}


def _id(record: dict[str, Any]) -> str:
    return str(record["messageId"] if "messageId" in record else record["dynamodb"]["SequenceNumber"])


def _name(record: dict[str, Any]) -> str:
    return str(record["body"] if "body" in record else record["dynamodb"]["Keys"]["pk"]["S"])


class Clock:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


def wiring(
    job: Job, folder: Path, queues: FakeQueues, clock: Clock | None = None, mischief: Mischief | None = None
) -> Wiring:
    """Put the fakes together."""
    return Wiring(
        job,
        queues,  # type: ignore[arg-type]
        Positions(folder / "streams.json"),
        clock or Clock(),
        mischief or Mischief(random.Random(1)),
        Bells(),
        Complaints(lambda _: None),
    )
