"""DynamoDB: reads, and the one kind of write, a transaction of conditional writes with its records."""

import json
import random
import time
import zlib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as Unreachable

from chalicelib.kernel.calls import Once, Replayed, Reply, Stamp
from chalicelib.kernel.errors import Changed, KeyReused, Unavailable
from chalicelib.kernel.events import Record
from chalicelib.kernel.ids import system_entropy
from chalicelib.kernel.paging import Page, Position

from . import ledger
from .items import Item, decode, encode
from .writes import ABSENT, WHATEVER, Add, Put, Remove, Write, told, unchanged

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

T = TypeVar("T")

__all__ = ["ABSENT", "WHATEVER", "Add", "Put", "Remove", "Tables", "Write", "forgetting", "unchanged"]

TRIES = 3
_PASSING = {
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "RequestLimitExceeded",
    "InternalServerError",
    "TransactionInProgressException",
    "TransactionConflictException",
}
_REMEMBERED = 24 * 3600  # seconds an answer can be had again


class Tables:
    """The tables of one deployment."""

    def __init__(self, client: Callable[[], "DynamoDBClient"], prefix: str) -> None:
        self._client = client
        self._prefix = prefix

    def name(self, table: str) -> str:
        """Give a table's full name."""
        return f"{self._prefix}-{table}"

    def get(self, table: str, key: Item) -> Item | None:
        """Read one item, as it is now."""
        answer = self._ask(
            lambda: self._client().get_item(TableName=self.name(table), Key=encode(key), ConsistentRead=True)
        )
        return decode(answer["Item"]) if "Item" in answer else None

    def batch(self, table: str, keys: Sequence[Item]) -> list[Item]:
        """Read several items at once, as they are now, in no order; what is not there is left out.

        Raises Unavailable if not all of them can be had.
        """
        name, wanted, found = self.name(table), [encode(key) for key in keys], list[Item]()
        for _ in range(TRIES):
            answer = self._ask(partial(self._several, {name: {"Keys": wanted, "ConsistentRead": True}}))
            found += [decode(item) for item in answer["Responses"].get(name, ())]
            if not (left := answer.get("UnprocessedKeys") or {}):
                return found
            wanted = left[name]["Keys"]
        raise Unavailable(retry_after=1)

    def query(self, table: str, condition: str, values: Item, **options: Any) -> Page[Item]:
        """Read one page of a key condition; `options`: index, limit, start, forward, filter, names, consistent, only."""
        ask: dict[str, Any] = {
            "TableName": self.name(table),
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": encode(values),
            "ScanIndexForward": options.get("forward", True),
            "ConsistentRead": options.get("consistent", False),
        }
        if options.get("index"):
            ask["IndexName"] = options["index"]
        if options.get("limit"):
            ask["Limit"] = options["limit"]
        if options.get("start"):
            ask["ExclusiveStartKey"] = encode(options["start"])
        if options.get("filter"):
            ask["FilterExpression"] = options["filter"]
        if options.get("names"):
            ask["ExpressionAttributeNames"] = options["names"]
        if options.get("only"):
            ask["ProjectionExpression"] = options["only"]
        answer = self._ask(lambda: self._client().query(**ask))
        last: Position | None = decode(answer["LastEvaluatedKey"]) if "LastEvaluatedKey" in answer else None
        return Page(tuple(decode(item) for item in answer["Items"]), last)

    def commit(self, writes: Sequence[Write], records: Sequence[Record], stamp: Stamp | None = None) -> None:
        """Write everything or nothing.

        Raises Changed if a condition does not hold, or what the first such write says instead, Replayed if this very
        call was carried out before, KeyReused if its key was used for another body, Unavailable if DynamoDB cannot be had.
        """
        items: list[Any] = [self._told(write) for write in writes]
        items += [self._told(Put(ledger.TABLE, ledger.to_item(record))) for record in records]
        if stamp is not None:
            items.append(self._told(_remembering(stamp)))
        token = system_entropy(16).hex()
        try:
            self._ask(lambda: self._client().transact_write_items(TransactItems=items, ClientRequestToken=token))
        except ClientError as refused:
            reasons = refused.response.get("CancellationReasons")
            if not reasons:
                raise
            if stamp is not None and reasons[-1].get("Code") == "ConditionalCheckFailed":
                raise _earlier(reasons[-1], stamp.once) from refused
            raise _unmet(writes, reasons) from refused

    def put(self, put: Put) -> None:
        """Write one item outside a transaction, for what is no use case of its own; raises Changed."""
        self.commit([put], [])

    def add(
        self, table: str, key: Item, name: str, condition: str, values: Item, sets: Item | None = None
    ) -> Item | None:
        """Add one to a counter if the condition holds, at once, and write `sets` beside; give the item after it, or None."""
        item = told(Add(table, key, {name: 1}, condition, values, sets or {}), self.name(table))["Update"]
        del item["ReturnValuesOnConditionCheckFailure"]
        ask: dict[str, Any] = {**item, "ReturnValues": "ALL_NEW"}
        try:
            return decode(self._ask(lambda: self._client().update_item(**ask))["Attributes"])
        except ClientError as refused:
            if refused.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return None
            raise

    def replay(self, once: Once, now: datetime) -> Reply | None:
        """Find what was answered to this call before, if it was carried out; raises KeyReused for another body."""
        item = self.get("idempotency", {"pk": once.key})
        return None if item is None or item["expires"] <= now.timestamp() else _reply(item, once)

    def _several(self, asked: Any) -> Any:
        return self._client().batch_get_item(RequestItems=asked)

    def _told(self, write: Write) -> dict[str, Any]:
        return told(write, self.name(write.table))

    def _ask(self, ask: Callable[[], Any]) -> Any:
        """Ask up to three times while the reason is a passing one."""
        for attempt in range(TRIES):
            try:
                return ask()
            except (ClientError, HTTPClientError, Unreachable) as trouble:
                if not _passing(trouble):
                    raise
                last = trouble
            if attempt + 1 < TRIES:
                time.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311 - jitter, not a secret
        raise Unavailable(retry_after=1) from last


def _unmet(writes: Sequence[Write], reasons: Sequence[Any]) -> Exception:
    """Give what the first write says whose condition does not hold."""
    for write, reason in zip(writes, reasons, strict=False):
        if reason.get("Code") == "ConditionalCheckFailed":
            return write.refused(decode(reason.get("Item", {}))) if write.refused else Changed()
    return Changed()


def _passing(trouble: ClientError | HTTPClientError | Unreachable) -> bool:
    if not isinstance(trouble, ClientError):
        return True
    if trouble.response["Error"]["Code"] in _PASSING:
        return True
    if trouble.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) >= 500:
        return True
    codes = {reason.get("Code") for reason in trouble.response.get("CancellationReasons", ())}
    return bool(codes & {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}) and (
        "ConditionalCheckFailed" not in codes
    )


def forgetting(once: Once) -> Put:
    """Forget what was answered to a call, so that the same call may be carried out again."""
    return Put("idempotency", {"pk": once.key, "fingerprint": once.fingerprint, "expires": 0}, WHATEVER)


def _remembering(stamp: Stamp) -> Put:
    """Remember an answer for a day; what is older counts as absent, since TTL deletes when it pleases."""
    now = {":now": int(stamp.at.timestamp())}
    return Put("idempotency", _answer_item(stamp), f"{ABSENT} OR expires <= :now", now)


def _answer_item(stamp: Stamp) -> Item:
    # One line about the answer, and the answer as it was written: no JSON has a line break of its own.
    about = json.dumps({"status": stamp.reply.status, "secrets": stamp.reply.secrets})
    return {
        "pk": stamp.once.key,
        "fingerprint": stamp.once.fingerprint,
        # An answer with explained clocks is some kilobytes of repetitive text: a fifth of it is a fifth of the cost.
        "reply": zlib.compress(f"{about}\n{stamp.reply.body}".encode()),
        "expires": int(stamp.at.timestamp()) + _REMEMBERED,
    }


def _reply(item: Item, once: Once) -> Reply:
    if item["fingerprint"] != once.fingerprint:
        raise KeyReused
    about, _, body = zlib.decompress(bytes(item["reply"])).decode().partition("\n")
    held = json.loads(about)
    return Reply(held["status"], body, {name: (p, i) for name, (p, i) in held["secrets"].items()})


def _earlier(reason: Any, once: Once) -> Exception:
    try:
        return Replayed(_reply(decode(reason["Item"]), once))
    except KeyReused as reused:
        return reused
