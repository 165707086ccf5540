"""DynamoDB as far as Dutydesk asks of it: items by key, indexes in order, and transactions whose conditions all hold or none.

The real stores stand on it, so that what is written goes through the same items and the same conditions as on AWS.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from chalicelib.aws import ledger, tables
from chalicelib.aws.items import Item
from chalicelib.aws.tables import Add, Put, Remove, Tables, Write
from chalicelib.kernel.calls import Once, Replayed, Reply, Stamp
from chalicelib.kernel.errors import Changed, Unavailable
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page
from infra.package.resources import merge_template
from infra.package.target import this_machine
from tests.simulation.conditions import compiled

Key = tuple[Any, Any]


class MemoryTables(Tables):
    """One deployment's tables; `stream` is what the ledger's stream would carry, and has not been published yet."""

    def __init__(self) -> None:
        super().__init__(_nobody, "memory")
        self.items: dict[str, dict[Key, Item]] = defaultdict(dict)
        self.rows: dict[tuple[str, str, Any], list[tuple[Any, Any, Any]]] = defaultdict(list)
        self.due_places: set[tuple[str, str, Any]] = set()
        self.stream: list[Record] = []
        self.chains: dict[str, list[Record]] = defaultdict(list)
        self.touched: set[str] = set()
        # What may go wrong with a commit: before it, and nothing is done; after it, and nobody hears that it was.
        self.before_commit: Callable[[], None] = lambda: None
        self.after_commit: Callable[[], None] = lambda: None

    def copy(self) -> "MemoryTables":
        """Give the same tables once more, so that an institution is founded once and used often."""
        other = MemoryTables()
        other.items = defaultdict(dict, {name: dict(held) for name, held in self.items.items()})
        other.rows = defaultdict(list, {place: list(rows) for place, rows in self.rows.items()})
        other.chains = defaultdict(list, {subject: list(chain) for subject, chain in self.chains.items()})
        return other

    def get(self, table: str, key: Item) -> Item | None:
        found = self.items[table].get((key["pk"], key.get("sk")))
        return dict(found) if found is not None else None

    def batch(self, table: str, keys: Sequence[Item]) -> list[Item]:
        return [found for key in keys if (found := self.get(table, key)) is not None]

    def query(self, table: str, condition: str, values: Item, **options: Any) -> Page[Item]:
        index = options.get("index", "")
        hashed, ranged = schema()[table, index]
        rows = self.rows[table, index, values[_hash_value(condition, hashed)]]
        limit, wanted = options.get("limit"), compiled(options["filter"]) if options.get("filter") else None
        found: list[Item] = []
        last: Key = ("", None)
        passing = compiled(condition)
        for number, key in enumerate(self._walk(rows, condition, values, ranged, options)):
            if limit is not None and number == limit:
                return Page(tuple(found), self._position(table, index, last))
            last, item = key, self.items[table][key]
            assert passing(item, values), "the rows of an index belong to its key"
            if wanted is None or wanted(item, _named(values, options.get("names"))):
                found.append(dict(item))
        return Page(tuple(found), None)

    def _walk(self, rows: list[Any], condition: str, values: Item, ranged: str, options: Any) -> Iterator[Key]:
        """Give the keys of the rows within the range that is asked for, in order."""
        low, high = _range(condition, values, rows)
        keys = [(pk, sk) for _, pk, sk in rows[low:high]]
        if not options.get("forward", True):
            keys.reverse()
        start = options.get("start")
        if start is not None:
            keys = keys[keys.index((start["pk"], start.get("sk"))) + 1 :]
        yield from keys

    def _position(self, table: str, index: str, key: Key) -> dict[str, Any]:
        names = {"pk", "sk", *schema()[table, index]}
        item = self.items[table][key]
        return {name: item[name] for name in names if name in item}

    def commit(self, writes: Sequence[Write], records: Sequence[Record], stamp: Stamp | None = None) -> None:
        self.before_commit()
        writes = [*writes, *(Put(ledger.TABLE, ledger.to_item(record)) for record in records)]
        if stamp is not None:
            earlier = self.items["idempotency"].get((stamp.once.key, None))
            if earlier is not None and earlier["expires"] > int(stamp.at.timestamp()):
                raise Replayed(tables._reply(earlier, stamp.once))
            writes.append(Put("idempotency", tables._answer_item(stamp), tables.WHATEVER))
        places = [_place(write) for write in writes]
        assert len(set(places)) == len(places) <= 100, (
            "DynamoDB refuses two writes to one item, and more than a hundred"
        )
        for write, (table, pk, sk) in zip(writes, places, strict=True):
            before = self.items[table].get((pk, sk), {})
            if not compiled(write.condition)(before, write.values):
                raise write.refused(before) if write.refused else Changed
        for write in writes:
            self._carry_out(write)
        for record in records:
            self.chains[record.subject].append(record)
            self.touched.add(record.subject)
        self.stream += records
        self.after_commit()

    def add(self, table: str, key: Item, name: str, condition: str, values: Item) -> Item | None:
        item = self.items[table].get((key["pk"], key.get("sk")), {})
        if not compiled(condition)(item, values):
            return None
        self._store(table, {**key, **item, name: item.get(name, 0) + 1})
        return self.get(table, key)

    def replay(self, once: Once, now: Any) -> Reply | None:
        item = self.get("idempotency", {"pk": once.key})
        return None if item is None or item["expires"] <= now.timestamp() else tables._reply(item, once)

    def _carry_out(self, write: Write) -> None:
        match write:
            case Put():
                self._store(write.table, write.item)
            case Add():
                held = self.items[write.table].get((write.key["pk"], write.key.get("sk")), {})
                counted = {name: held.get(name, 0) + by for name, by in write.counters.items()}
                self._store(write.table, {**held, **write.key, **counted, **write.sets})
            case Remove():
                self._take_away(write.table, (write.key["pk"], write.key.get("sk")))

    def _take_away(self, table: str, key: Key) -> None:
        old = self.items[table].pop(key)
        for (of, index), (hashed, ranged) in schema().items():
            row = _row(old, hashed, ranged) if of == table else None
            if row is not None:
                rows = self.rows[table, index, row[0]]
                del rows[bisect_left(rows, row[1:])]

    def _store(self, table: str, item: Item) -> None:
        new = {name: value for name, value in item.items() if value is not None}
        key = (new["pk"], new.get("sk"))
        old = self.items[table].get(key)
        for (of, index), (hashed, ranged) in schema().items():
            if of != table:
                continue
            before, after = _row(old, hashed, ranged), _row(new, hashed, ranged)
            if before == after:
                continue
            if before is not None:
                rows = self.rows[table, index, before[0]]
                del rows[bisect_left(rows, before[1:])]
            if after is not None:
                if index == "due":
                    self.due_places.add((table, index, after[0]))
                insort(self.rows[table, index, after[0]], after[1:])
        self.items[table][key] = new


@cache
def schema() -> dict[tuple[str, str], tuple[str, str]]:
    """Read from the template which table and index has which keys: (hash, range)."""
    found = {}
    for resource in merge_template("test", this_machine())["Resources"].values():
        if resource.get("Type") == "AWS::DynamoDB::Table":
            told = resource["Properties"]
            name = told["TableName"]["Fn::Sub"].partition("${Stage}-")[2]
            found[name, ""] = _keys(told["KeySchema"])
            for index in told.get("GlobalSecondaryIndexes", ()):
                found[name, index["IndexName"]] = _keys(index["KeySchema"])
    return found


def _place(write: Write) -> tuple[str, Any, Any]:
    key = write.item if isinstance(write, Put) else write.key
    return write.table, key["pk"], key.get("sk")


def _keys(told: list[dict[str, str]]) -> tuple[str, str]:
    names = {key["KeyType"]: key["AttributeName"] for key in told}
    return names["HASH"], names.get("RANGE", "")


def _row(item: Item | None, hashed: str, ranged: str) -> tuple[Any, Any, Any, Any] | None:
    """Give where an item stands in an index, None if it does not."""
    if item is None or hashed not in item or (ranged and ranged not in item):
        return None
    return item[hashed], item.get(ranged), item["pk"], item.get("sk")


def _hash_value(condition: str, hashed: str) -> str:
    found = re.search(rf"\b{hashed} = (:\w+)", condition)
    assert found, f"{condition} names no hash key"
    return found[1]


def _range(condition: str, values: Item, rows: list[tuple[Any, Any, Any]]) -> tuple[int, int]:
    """Give which rows a condition on the range key takes; all if there is none."""
    _, _, rest = condition.partition(" AND ")

    def at(name: str) -> Any:
        return values[name]

    def first(row: tuple[Any, Any, Any]) -> Any:
        return row[0]

    if not rest:
        return 0, len(rows)
    if begins := re.fullmatch(r"begins_with\(\w+, (:\w+)\)", rest):
        low = at(begins[1])
        return bisect_left(rows, low, key=first), bisect_left(rows, low + "\uffff", key=first)
    if between := re.fullmatch(r"\w+ BETWEEN (:\w+) AND (:\w+)", rest):
        return bisect_left(rows, at(between[1]), key=first), bisect_right(rows, at(between[2]), key=first)
    if until := re.fullmatch(r"\w+ <= (:\w+)", rest):
        return 0, bisect_right(rows, at(until[1]), key=first)
    if equal := re.fullmatch(r"\w+ = (:\w+)", rest):
        return bisect_left(rows, at(equal[1]), key=first), bisect_right(rows, at(equal[1]), key=first)
    raise AssertionError(f"nobody has taught these tables to read {condition}")


def _named(values: Mapping[str, Any], names: Mapping[str, str] | None) -> Mapping[str, Any]:
    return {**values, **(names or {})}


def _nobody() -> Any:
    raise Unavailable
