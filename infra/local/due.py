"""Reads the `due` indexes: when does something fall due next, and what is overdue."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from chalicelib.kernel import clock

from .template import Table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

INDEX = "due"


class DueIndexes:
    """The sparse indexes, of shard and instant, in which every table keeps what waits for a moment."""

    def __init__(self, client: "DynamoDBClient", tables: tuple[Table, ...]) -> None:
        self._client = client
        self._keys = {
            table.name: tuple(key["AttributeName"] for key in table.indexes[INDEX]["KeySchema"])
            for table in tables
            if INDEX in table.indexes
        }

    def next_after(self, moment: datetime) -> datetime | None:
        """Tell when the next item falls due."""
        first: str | None = None
        for table, (shard, at) in self._keys.items():
            for each in self._shards(table, shard):
                answer = self._client.query(
                    TableName=table,
                    IndexName=INDEX,
                    KeyConditionExpression="#shard = :shard AND #at > :moment",
                    ExpressionAttributeNames={"#shard": shard, "#at": at},
                    ExpressionAttributeValues={":shard": {"S": each}, ":moment": {"S": clock.text(moment)}},
                    Limit=1,
                )
                for item in answer["Items"]:
                    first = min(first or item[at]["S"], item[at]["S"])
        return clock.moment(first) if first else None

    def overdue(self, moment: datetime) -> frozenset[tuple[str, str]]:
        """Give what is due at a moment and not done: each item's table and key with its instant, as text."""
        found = set()
        for table, (_, at) in self._keys.items():
            for item in self._scan(table, FilterExpression="#at <= :moment", **_by(at, moment)):
                found.add((table, str(sorted((name, *value.values()) for name, value in item.items()))))
        return frozenset(found)

    def _shards(self, table: str, shard: str) -> set[str]:
        ask = {"ProjectionExpression": "#shard", "ExpressionAttributeNames": {"#shard": shard}}
        return {item[shard]["S"] for item in self._scan(table, **ask)}

    def _scan(self, table: str, **ask: Any) -> Iterator[dict[str, Any]]:
        for page in self._client.get_paginator("scan").paginate(TableName=table, IndexName=INDEX, **ask):
            yield from page["Items"]


def _by(at: str, moment: datetime) -> dict[str, Any]:
    return {
        "ExpressionAttributeNames": {"#at": at},
        "ExpressionAttributeValues": {":moment": {"S": clock.text(moment)}},
    }
