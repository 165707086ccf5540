"""What texts are counted in, what is open and what is closed, in the table `verification`."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.aws import buckets
from chalicelib.aws.items import Item
from chalicelib.aws.tables import ABSENT, Put, Tables, Write, unchanged
from chalicelib.kernel import clock
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.limits import Bucket

from ..model import Asked, Closing, Day, Proven, Reach, Standing
from .items import (
    CLOSED,
    TABLE,
    closing_item,
    closing_key,
    closing_of,
    day_key,
    day_of,
    proven_key,
    proven_of,
)
from .reaches import REACH, reach_item, reach_of

_FRESH = 60  # seconds what is open is believed


class DynamoGates:
    """Reads all of it at one time, whoever asks and whatever is known: the same keys for every phone."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def standing(self, asked: Asked) -> Standing:
        named = [asked.phone, f"prefix#{asked.prefix}", *filter(None, (asked.source.address, asked.source.device))]
        keys = [REACH, proven_key(asked.phone), day_key(asked.date, asked.shard)]
        keys += [buckets.key(name) for name in named] + [closing_key(name) for name in asked.names]
        found = {_name(item): item for item in self._tables.batch(TABLE, keys)}

        def bucket(name: str) -> Bucket:
            return buckets.of(name, found.get(_name(buckets.key(name))))

        closings = [closing_of(item) for item in found.values() if item["pk"] == CLOSED]
        return Standing(
            reach=reach_of(found.get(_name(REACH))),
            phone=bucket(asked.phone),
            address=bucket(asked.source.address) if asked.source.address else None,
            device=bucket(asked.source.device) if asked.source.device else None,
            prefix=bucket(f"prefix#{asked.prefix}"),
            day=day_of(asked.date, asked.shard, found.get(_name(day_key(asked.date, asked.shard)))),
            closings={one.name: one for one in closings},
            proven=proven_of(found.get(_name(proven_key(asked.phone)))),
        )

    def close(
        self, closing: Closing, records: Sequence[Record], prefix: tuple[Bucket, Bucket] | None, now: datetime
    ) -> None:
        writes: list[Write] = [_closing(closing)]
        if prefix:
            writes.append(buckets.put(TABLE, *prefix, now))
        self._tables.commit(writes, records)

    def save(self, closing: Closing, records: Sequence[Record], stamp: Stamp | None) -> None:
        self._tables.commit([_closing(closing)], records, stamp)

    def written(self, closing: Closing) -> Put:
        return _closing(closing)

    def proven(self, phone: str) -> Proven | None:
        return proven_of(self._tables.get(TABLE, proven_key(phone)))

    def closing(self, name: str) -> Closing | None:
        item = self._tables.get(TABLE, closing_key(name))
        return None if item is None else closing_of(item)

    def closings(self) -> Sequence[Closing]:
        return [closing_of(item) for item in self._all(CLOSED)]

    def days(self, date: str) -> Sequence[Day]:
        return [day_of(date, int(item["sk"]), item) for item in self._all(day_key(date, 0)["pk"])]

    def reach(self) -> Reach:
        return reach_of(self._tables.get(TABLE, REACH))

    def set_reach(self, reach: Reach, before: Reach, records: Sequence[Record]) -> None:
        put = Put(TABLE, reach_item(reach), "head = :head", {":head": before.link.head})
        self._tables.commit([put if before.link.seq else Put(TABLE, reach_item(reach), ABSENT)], records)

    def _all(self, pk: str) -> list[Item]:
        items: list[Item] = []
        start = None
        while True:
            page = self._tables.query(TABLE, "pk = :pk", {":pk": pk}, start=start, consistent=True)
            items += page.items
            if page.next is None:
                return items
            start = page.next


def _closing(closing: Closing) -> Put:
    item = closing_item(closing)
    return unchanged(TABLE, item, closing.version) if closing.version else Put(TABLE, item)


def _name(item: Item) -> tuple[str, str]:
    return item["pk"], item["sk"]


class FreshReach:
    """What is open, believed for a minute: the order of providers changes seldom, and every text asks for it."""

    def __init__(self, gates: DynamoGates) -> None:
        self._gates = gates
        self._known: tuple[float, Reach] | None = None

    def reach(self) -> Reach:
        if self._known is None or clock.monotonic() - self._known[0] > _FRESH:
            self._known = (clock.monotonic(), self._gates.reach())
        return self._known[1]
