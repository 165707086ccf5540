"""Streams to functions: one thread per mapping reads a table's stream and calls the function with batches of records."""

import json
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from .backlog import Backlog, lowest
from .environment import Failed
from .events import failed_items, stream_event
from .filters import passes
from .sources import StreamSource
from .wiring import Wiring

if TYPE_CHECKING:
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient

_IDLE = 0.5  # seconds between two looks when nothing rang
_BREATH = 0.01  # seconds between two looks when something did
_KEEP_EVERY = 0.5  # seconds between two looks whether the position can be moved
_SHARDS_EVERY = 10.0  # seconds between two looks for new shards
# An engine that lost its stream does not know our position any more, and says so in its own way.
_GONE = ("TrimmedDataAccessException", "ExpiredIteratorException", "ResourceNotFoundException")


@dataclass
class Shard:
    """One shard being read."""

    id: str
    backlog: Backlog
    iterator: str | None
    not_before: float = 0.0


class StreamPump:
    """Reads one table's stream.

    Messages in the queues die with the queue engine. So the position kept on the disk moves only when every queue is
    empty: whatever was published before that was also worked off, and a restart reads the rest again.
    """

    def __init__(self, source: StreamSource, stream: str, client: "DynamoDBStreamsClient", wiring: Wiring) -> None:
        self._source = source
        self._stream = stream
        self._client = client
        self._wiring = wiring
        self._stopping = threading.Event()
        self._shards: dict[str, Shard] = {}
        self._finished: set[str] = set()
        self._published = wiring.positions.of(stream)
        self._next_shards = 0.0
        self._next_keep = 0.0
        self.empty_since = 0.0  # the beginning of the last look that found nothing left to do

    def run(self) -> None:
        """Pump until told to stop."""
        rings = self._wiring.bells.written.rings
        while not self._stopping.is_set():
            try:
                busy = self.turn()
            except (BotoCoreError, ClientError) as trouble:
                self._wiring.complain.about(f"the stream of {self._source.table}", trouble)
                self._stopping.wait(1)
                continue
            if not busy:
                rings = self._wiring.bells.written.wait(rings, _IDLE)
                self._stopping.wait(_BREATH)

    def stop(self) -> None:
        """Ask to stop after the batch in work."""
        self._stopping.set()
        self._wiring.bells.written.ring()

    def turn(self) -> bool:
        """Look at every shard once and tell whether there was anything to do."""
        began = time.monotonic()
        self._find_shards(began)
        busy = False
        for shard in list(self._shards.values()):
            busy = self._pump(shard) or busy
        if not any(len(shard.backlog) for shard in self._shards.values()) and not busy:
            self.empty_since = began
        self._keep_position(began)
        return busy

    def _find_shards(self, now: float) -> None:
        if now < self._next_shards:
            return
        self._next_shards = now + _SHARDS_EVERY
        there = self._describe()
        for id_, parent in there.items():
            if id_ in self._shards or id_ in self._finished or (parent in there and parent not in self._finished):
                continue
            age = self._source.age.total_seconds() if self._source.age else None
            backlog = Backlog(self._source.bisect, self._source.tries, age)
            self._shards[id_] = Shard(id_, backlog, self._iterator(id_))

    def _describe(self) -> dict[str, str | None]:
        shards: dict[str, str | None] = {}
        ask: dict[str, Any] = {"StreamArn": self._stream}
        while True:
            page = self._client.describe_stream(**ask)["StreamDescription"]
            shards |= {shard["ShardId"]: shard.get("ParentShardId") for shard in page["Shards"]}
            if not page.get("LastEvaluatedShardId"):
                return shards
            ask["ExclusiveStartShardId"] = page["LastEvaluatedShardId"]

    def _iterator(self, shard: str) -> str:
        last = self._published.get(shard)
        ask: dict[str, Any] = {"StreamArn": self._stream, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"}
        if last is not None:
            ask |= {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": last}
        try:
            return self._client.get_shard_iterator(**ask)["ShardIterator"]
        except ClientError as refused:
            if last is None or refused.response["Error"]["Code"] not in _GONE:
                raise
            del self._published[shard]
            return self._iterator(shard)

    def _pump(self, shard: Shard) -> bool:
        if not len(shard.backlog):
            self._read(shard)
        if not len(shard.backlog):
            if shard.iterator is None:
                self._finished.add(shard.id)
                del self._shards[shard.id]
                self._next_shards = 0.0
            return False
        if shard.not_before > time.monotonic():
            return False
        self._work(shard)
        return True

    def _read(self, shard: Shard) -> None:
        if shard.iterator is None:
            return
        try:
            answer = self._client.get_records(ShardIterator=shard.iterator, Limit=self._source.batch)
        except ClientError as refused:
            if refused.response["Error"]["Code"] not in _GONE:
                raise
            shard.iterator = self._iterator(shard.id)
            return
        shard.iterator = answer.get("NextShardIterator")
        shard.backlog.add([dict(record) for record in answer["Records"]])

    def _work(self, shard: Shard) -> None:
        chunk = shard.backlog.chunk()
        try:
            done, whole = self._call(chunk), False
        except Failed:
            done, whole = 0, True
        finally:
            self._wiring.called()
        self._passed(shard, done)
        if done < len(chunk):
            rest = shard.backlog.chunk()
            if shard.backlog.failed(time.monotonic(), whole):
                self._give_up(shard, rest)
            shard.not_before = time.monotonic() + shard.backlog.pause

    def _call(self, chunk: list[dict[str, Any]]) -> int:
        event = stream_event(chunk, self._stream)
        wanted = [place for place, record in enumerate(event["Records"]) if passes(record, self._source.filters)]
        if not wanted:
            return len(chunk)
        event["Records"] = [event["Records"][place] for place in wanted]
        result = self._wiring.invoke(self._source.function, event)
        known = [chunk[place]["dynamodb"]["SequenceNumber"] for place in wanted]
        return lowest(chunk, failed_items(result, known, self._source.partial))

    def _passed(self, shard: Shard, count: int) -> None:
        last = shard.backlog.done(count)
        if last is not None:
            self._published[shard.id] = last["dynamodb"]["SequenceNumber"]

    def _give_up(self, shard: Shard, chunk: list[dict[str, Any]]) -> None:
        if self._source.failures:
            numbers = [record["dynamodb"]["SequenceNumber"] for record in chunk]
            about: dict[str, Any] = {"shardId": shard.id, "batchSize": len(chunk), "streamArn": self._stream}
            about |= {"startSequenceNumber": numbers[0], "endSequenceNumber": numbers[-1]}
            self._wiring.queues.send(self._source.failures, json.dumps({"version": "1.0", "DDBStreamBatchInfo": about}))
        self._passed(shard, len(chunk))

    def _keep_position(self, now: float) -> None:
        if now < self._next_keep or self._published == self._wiring.positions.of(self._stream):
            return
        self._next_keep = now + _KEEP_EVERY
        if self._wiring.queues.all_empty():
            self._wiring.positions.keep(self._stream, self._published)
