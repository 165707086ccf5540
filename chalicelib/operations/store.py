"""The `due` indexes of all tables that have one, and the heartbeat of the sweep."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from chalicelib.aws.tables import WHATEVER, Put, Tables
from chalicelib.kernel.clock import moment, text

from .model import DueThing

TABLE = "operations"
_PAGE = 500


class DynamoDueIndex:
    """Reads every shard of every `due` index, oldest first within a shard; `shards` says how many a table has."""

    def __init__(self, tables: Tables, shards: Mapping[str, int]) -> None:
        self._tables = tables
        self._shards = shards

    def until(self, moment_: datetime) -> Iterator[DueThing]:
        for table, count in self._shards.items():
            for shard in range(count):
                yield from self._shard(table, f"{table}#{shard}", moment_)

    def _shard(self, table: str, shard: str, until: datetime) -> Iterator[DueThing]:
        start = None
        values = {":shard": shard, ":until": text(until)}
        while True:
            page = self._tables.query(
                table, "due_shard = :shard AND due_at <= :until", values, index="due", limit=_PAGE, start=start
            )
            for item in page.items:
                yield DueThing(item["id"], item["pk"], item["sk"], moment(item["due_at"]))
            if page.next is None:
                return
            start = page.next


class DynamoHeartbeat:
    """One item: when the last complete sweep ran."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def last(self) -> datetime | None:
        item = self._tables.get(TABLE, {"pk": "sweep", "sk": "heartbeat"})
        return None if item is None else moment(item["at"])

    def beat(self, now: datetime) -> None:
        self._tables.put(Put(TABLE, {"pk": "sweep", "sk": "heartbeat", "at": text(now)}, WHATEVER))
