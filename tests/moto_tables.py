"""What makes moto quick enough for hundreds of tests, without making it say anything else."""

import copy
from typing import Any

import boto3
from botocore.model import StructureShape
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.serialize import ResponseSerializer
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodb.models.table import Table

_SESSION = boto3.Session()
# What an attribute is written as is what it is kept as, bytes and what may hold bytes aside.
_PLAIN = frozenset({"S", "N", "BOOL", "NULL"})


def client() -> Any:
    """Make a client of DynamoDB; a session that stays has read what botocore knows of the service once and for all."""
    return _SESSION.client("dynamodb")


def kept() -> dict[str, Table]:
    """Give every table as it is now, to be laid down again as often as somebody wants to begin there."""
    return {name: _table(table, {}) for name, table in _tables().items()}


def lay_down(tables: dict[str, Table]) -> None:
    """Have these tables and no others, with what was in them when they were kept."""
    _tables().clear()
    _tables().update({name: _table(table, {}) for name, table in tables.items()})


def _tables() -> dict[str, Table]:
    return dynamodb_backends[DEFAULT_ACCOUNT_ID][_SESSION.region_name or ""].tables


def undo_cheaply() -> None:
    """Let moto keep what a transaction could change, and not all it could ever reach.

    To undo a refused transaction it copies each of its tables, values and stream included, which is most of the time of a
    test. A write puts another item in the place of the one before, or other values into its attributes; so what has to be
    copied is which items there are and which values they have, not the values.
    """
    Table.__deepcopy__ = _table  # type: ignore[attr-defined]


def answer_cheaply() -> None:
    """Let moto write a text or a number as it stands, and not look for it under ten names twice."""
    ResponseSerializer._serialize_type_structure = _written  # type: ignore[method-assign]


_as_moto_does = ResponseSerializer._serialize_type_structure


def _written(self: ResponseSerializer, serialized: Any, value: Any, shape: StructureShape, key: str) -> None:
    if shape.name == "AttributeValue" and isinstance(value, dict) and _PLAIN.issuperset(value):
        self._default_serialize(serialized, value, shape, key)
    else:
        _as_moto_does(self, serialized, value, shape, key)


def _table(self: Table, memo: dict[int, Any]) -> Table:
    kept = copy.copy(self)
    memo[id(self)] = kept
    kept.items = type(self.items)(self.items.default_factory)
    for key, found in self.items.items():
        kept.items[key] = _item(found) if isinstance(found, Item) else {sk: _item(one) for sk, one in found.items()}
    return kept


def _item(one: Item) -> Item:
    kept = copy.copy(one)
    # As moto does itself, past the check of the size at each attribute.
    kept.attrs = type(one.attrs).__new__(type(one.attrs))
    dict.update(kept.attrs, one.attrs)
    return kept
