"""What a write costs on DynamoDB, by AWS's published rules, from the requests themselves.

Sizes: names and texts in UTF-8 bytes, a number one byte for two digits and one more, true, false and null one byte, a list or
map three bytes and one for each element. Units: one per begun kilobyte of the item, twice that in a transaction. An index
costs its own units, not doubled: one write of the projected item where it is new, changed or gone, two where its key moved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .recording import Asked

KILOBYTE = 1024
Attributes = Mapping[str, Mapping[str, Any]]
Key = tuple[str, str]


@dataclass(frozen=True)
class Index:
    """An index by its key attributes and all that it projects, the table's key included."""

    key: frozenset[str]
    projected: frozenset[str]


@dataclass
class Meter:
    """Counts units call by call; it keeps every item it saw written, since an index is charged by what changed."""

    indexes: Mapping[str, list[Index]]
    _items: dict[Key, Attributes] = field(default_factory=dict)

    def units(self, asked: Iterable[Asked]) -> tuple[int, int]:
        """Give the write units of these calls, of tables and of indexes."""
        tables = indexes = 0
        for name, params in asked:
            if name == "transact_write_items":
                for write in params["TransactItems"]:
                    of_table, of_indexes = self._written(*next(iter(write.items())))
                    tables += 2 * of_table
                    indexes += of_indexes
            elif name == "update_item":
                # The size before and after is the same where a counter grows, which is the only update there is.
                key = _key(params["TableName"], params["Key"])
                tables += begun(size(self._items.setdefault(key, _set_by(params))))
            elif name not in ("get_item", "batch_get_item", "query"):
                raise ValueError(f"what does {name} cost?")
        return tables, indexes

    def _written(self, kind: str, write: Mapping[str, Any]) -> tuple[int, int]:
        """Give the units of one write of a transaction, not yet doubled for it."""
        if kind == "Put":
            return begun(size(write["Item"])), self._replaced(write["TableName"], write["Item"])
        key = _key(write["TableName"], write["Key"])
        if kind == "Delete":
            # What is deleted is charged by what was there, and so is each index that held it.
            before = self._items.pop(key, write["Key"])
            return begun(size(before)), sum(_index_units(i, before, {}) for i in self.indexes.get(key[0], ()))
        return begun(size(self._items.setdefault(key, _set_by(write)))), 0

    def _replaced(self, table: str, item: Attributes) -> int:
        key = _key(table, {name: item[name] for name in ("pk", "sk") if name in item})
        before, self._items[key] = self._items.get(key, {}), item
        return sum(_index_units(index, before, item) for index in self.indexes.get(table, ()))


def _set_by(write: Mapping[str, Any]) -> Attributes:
    """Give the item that a first update makes: its key, and every value it adds or sets."""
    names = {name: name.partition("_")[2] for name in write["ExpressionAttributeValues"] if "_" in name}
    return {**write["Key"], **{name: write["ExpressionAttributeValues"][value] for value, name in names.items()}}


def _index_units(index: Index, before: Attributes, after: Attributes) -> int:
    old, new = _projected(index, before), _projected(index, after)
    if old == new:
        return 0
    if old and new and any(old[name] != new[name] for name in index.key):
        return begun(size(old)) + begun(size(new))
    return begun(max(size(old), size(new)))


def _projected(index: Index, item: Attributes) -> Attributes:
    """Give what an index holds of an item: nothing if the item lacks part of its key."""
    return {name: item[name] for name in index.projected if name in item} if index.key <= item.keys() else {}


def _key(table: str, key: Attributes) -> Key:
    return table, repr(sorted((name, *value.values()) for name, value in key.items()))


def begun(size_: int) -> int:
    """Give the kilobytes a size begins."""
    return -(-size_ // KILOBYTE)


def size(item: Attributes) -> int:
    """Give the size of an item in bytes."""
    return sum(len(name.encode()) + _value(value) for name, value in item.items())


def _value(attribute: Mapping[str, Any]) -> int:
    kind, value = next(iter(attribute.items()))
    match kind:
        case "S":
            return len(str(value).encode())
        case "N":
            digits = str(value).lstrip("-").strip("0")
            return -(-len(digits) // 2) + 1 + str(value).startswith("-")
        case "B":
            return len(value)
        case "L":
            return 3 + sum(1 + _value(inner) for inner in value)
        case "M":
            return 3 + sum(1 + len(name.encode()) + _value(inner) for name, inner in value.items())
        case _:
            return 1


def indexes_of(tables: Iterable[Mapping[str, Any]]) -> dict[str, list[Index]]:
    """Read the indexes out of tables as they are created or described."""
    return {
        table["TableName"]: [_index(table, given) for given in table.get("GlobalSecondaryIndexes", [])]
        for table in tables
    }


def _index(table: Mapping[str, Any], given: Mapping[str, Any]) -> Index:
    key = frozenset(each["AttributeName"] for each in given["KeySchema"])
    own = frozenset(each["AttributeName"] for each in table["KeySchema"])
    return Index(key, key | own | frozenset(given["Projection"].get("NonKeyAttributes", ())))
