"""The kinds of conditional writes a transaction is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .items import Item, encode

ABSENT = "attribute_not_exists(pk)"
PRESENT = "attribute_exists(pk)"
WHATEVER = "attribute_not_exists(pk) OR attribute_exists(pk)"

# What to raise where a condition does not hold, of the item that stands there instead.
Refused = Callable[[Item], Exception]


@dataclass(frozen=True)
class Put:
    """Write a whole item if the condition holds; names and values of the condition as DynamoDB wants them, undecorated."""

    table: str
    item: Item
    condition: str = ABSENT
    values: Item = field(default_factory=dict)
    refused: Refused | None = None


@dataclass(frozen=True)
class Add:
    """Add to the counters of an item, which need not be there yet, if the condition holds; `sets` is written beside."""

    table: str
    key: Item
    counters: Mapping[str, int]
    condition: str
    values: Item = field(default_factory=dict)
    sets: Item = field(default_factory=dict)
    refused: Refused | None = None


@dataclass(frozen=True)
class Remove:
    """Delete an item if the condition holds."""

    table: str
    key: Item
    condition: str = PRESENT
    values: Item = field(default_factory=dict)
    refused: Refused | None = None


Write = Put | Add | Remove


def unchanged(table: str, item: Item, version: int) -> Put:
    """Write an item only if the one that stands there still has this version."""
    return Put(table, item, "version = :version", {":version": version})


def told(write: Write, table: str) -> dict[str, Any]:
    """Write it as DynamoDB wants it; `table` is the table's full name."""
    asked = write.refused is not None or write.table == "idempotency"
    item: dict[str, Any] = {
        "TableName": table,
        "ConditionExpression": write.condition,
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD" if asked else "NONE",
    }
    values = write.values
    match write:
        case Put():
            item["Item"] = encode(write.item)
        case Add():
            item["Key"] = encode(write.key)
            item["UpdateExpression"], more = _adding(write)
            values = {**values, **more}
        case Remove():
            item["Key"] = encode(write.key)
    if values:
        item["ExpressionAttributeValues"] = encode(values)
    return {_KINDS[type(write)]: item}


_KINDS: dict[type, str] = {Put: "Put", Add: "Update", Remove: "Delete"}


def _adding(add: Add) -> tuple[str, Item]:
    """Write what an `Add` does, and the values it does it with."""
    told = "ADD " + ", ".join(f"{name} :add_{name}" for name in add.counters)
    if add.sets:
        told = "SET " + ", ".join(f"{name} = :set_{name}" for name in add.sets) + " " + told
    by = {f":add_{name}": by for name, by in add.counters.items()}
    return told, by | {f":set_{name}": value for name, value in add.sets.items()}
