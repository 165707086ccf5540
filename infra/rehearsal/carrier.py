"""Carries the ledger's stream from dynoxide to the deployed function, as Lambda's poller would."""

import contextlib
import json
import threading
from typing import Any

from infra.local.events import failed_items, stream_event

from .engines import Engines

_PAUSE = 0.1  # seconds between two looks


class Carrier:
    """One thread that reads one table's stream from its beginning and invokes one function with what it finds.

    A batch that fails comes again; one that fails in part comes again from its first failed record.
    """

    def __init__(self, engines: Engines, table: str, function: str, batch: int) -> None:
        self._streams = engines.client("dynamodbstreams")
        self._lambda = engines.client("lambda")
        self._arn = engines.client("dynamodb").describe_table(TableName=table)["Table"]["LatestStreamArn"]
        self._function = function
        self._batch = batch
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="carrier", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the batch in work."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        shards = self._streams.describe_stream(StreamArn=self._arn)["StreamDescription"]["Shards"]
        (shard,) = shards  # dynoxide has one per table
        ask = {"StreamArn": self._arn, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"}
        iterator = self._streams.get_shard_iterator(**ask)["ShardIterator"]
        waiting: list[dict[str, Any]] = []
        while not self._stopping.wait(0 if waiting else _PAUSE):
            if not waiting:
                read = self._streams.get_records(ShardIterator=iterator, Limit=self._batch)
                waiting, iterator = read["Records"], read["NextShardIterator"]
            if waiting:
                waiting = self._carry(waiting)

    def _carry(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Hand a batch over and give what is left to do of it."""
        event = json.dumps(stream_event(records, self._arn)).encode()
        answer = self._lambda.invoke(FunctionName=self._function, Payload=event)
        result = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            self._stopping.wait(_PAUSE)
            return records
        numbers = [record["dynamodb"]["SequenceNumber"] for record in records]
        failed = failed_items(result, numbers, True)
        with contextlib.suppress(StopIteration):
            return records[next(place for place, number in enumerate(numbers) if number in failed) :]
        return []
