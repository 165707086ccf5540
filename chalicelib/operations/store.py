"""The `due` indexes of all tables that have one, the heartbeat of the sweep, and redrives."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from chalicelib.aws.items import Item
from chalicelib.aws.tables import WHATEVER, Put, Tables, unchanged
from chalicelib.kernel.calls import Call, Replayed, Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link, Record

from .model import DueThing, Redrive

TABLE = "operations"
_PAGE = 500
_DUE_UNTIL = "due_shard = :shard AND due_at <= :until"


class DynamoDueIndex:
    """Reads every shard of every `due` index, oldest first within a shard; `shards` says how many a table has."""

    def __init__(self, tables: Tables, shards: Mapping[str, int]) -> None:
        self._tables = tables
        self._shards = shards

    def until(self, moment_: datetime) -> Iterator[DueThing]:
        for table, count in self._shards.items():
            for shard in range(count):
                yield from self._shard(table, f"{table}#{shard}", moment_)

    def oldest(self, moment_: datetime) -> Iterator[DueThing]:
        for table, count in self._shards.items():
            for shard in range(count):
                values = {":shard": f"{table}#{shard}", ":until": text(moment_)}
                page = self._tables.query(table, _DUE_UNTIL, values, index="due", limit=1)
                yield from map(_thing, page.items)

    def _shard(self, table: str, shard: str, until: datetime) -> Iterator[DueThing]:
        start = None
        values = {":shard": shard, ":until": text(until)}
        while True:
            page = self._tables.query(table, _DUE_UNTIL, values, index="due", limit=_PAGE, start=start)
            yield from map(_thing, page.items)
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


class DynamoRedrives:
    """One item per queue whose dead letters were ever brought back: the end of its chain, and the claim."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, queue: str) -> Redrive | None:
        item = self._tables.get(TABLE, redrive_key(queue))
        if item is None:
            return None
        until = moment(item["claimed_until"]) if "claimed_until" in item else None
        return Redrive(queue, until, item["version"], Link(item["seq"], item["head"]))

    def save(self, redrive: Redrive, records: Sequence[Record], stamp: Stamp | None) -> None:
        item = redrive_key(redrive.queue) | {
            "id": redrive.subject,
            "claimed_until": text(redrive.claimed_until) if redrive.claimed_until else None,
            "version": redrive.version + 1,
            "seq": redrive.link.seq,
            "head": redrive.link.head,
        }
        put = unchanged(TABLE, item, redrive.version) if redrive.version else Put(TABLE, item)
        self._tables.commit([put], records, stamp)

    def raise_if_done(self, call: Call) -> None:
        earlier = self._tables.replay(call.once, call.now) if call.once else None
        if earlier is not None:
            raise Replayed(earlier)


def redrive_key(queue: str) -> Item:
    """Key of a queue's redrives."""
    return {"pk": f"redrive#{queue}", "sk": "redrive"}


def _thing(item: Item) -> DueThing:
    return DueThing(item["id"], item["pk"], item["sk"], moment(item["due_at"]))
