"""Many tickets at once: items as the store wrote one, with other ids and times, straight into the tables."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any

from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.ids import new_id, number_of
from chalicelib.tickets.model import due_shard

from .recording import Asked

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_A_DAY = 2_000  # tickets
_SPREAD = 523  # odd, so that all shards are used, and 2,000 of it stay below 2 to the 20th
_CUSTOMERS = 20  # tickets of one customer
_BATCH = 25
_FAR = timedelta(days=3650)
_SEED = 2026
Item = dict[str, Any]


def filing(asked: list[Asked]) -> list[Item]:
    """Give the ticket and the record of the last complaint that was filed in these calls."""
    last = next(params for name, params in reversed(asked) if name == "transact_write_items")
    return [write["Put"]["Item"] for write in last["TransactItems"][:2]]


def seeded(like: list[Item], count: int, due: int, due_at: datetime) -> Iterator[list[Item]]:
    """Give tickets like one, each with its record; `due` of them are due then, the others in ten years.

    They are older than the one they are like, and due after it at the desk, so that each list begins with the same tickets
    at every size.
    """
    ticket, dice = like[0], Random(_SEED)
    written = json.dumps(like)
    received = ticket["received_at"]["S"]
    names = [ticket[name]["S"] for name in ("id", "number", "customer_id", "due_shard")]
    for number in range(count):
        born = moment(received) - timedelta(days=1 + number // _A_DAY)
        # The last twenty bits make the number of the day: here each comes once.
        id_ = new_id("tkt", born, dice.randbytes(7) + (number % _A_DAY * _SPREAD).to_bytes(3, "big"))
        fresh = written
        for old, new in zip(names, _names(id_, number), strict=True):
            fresh = fresh.replace(old, new)
        items: list[Item] = json.loads(fresh.replace(received, text(born)))
        items[0]["due_at"] = {"S": text(due_at if number < due else born + _FAR)}
        items[0]["desk_due"] = {"S": text(born + _FAR)}
        yield items


def _names(id_: str, number: int) -> tuple[str, str, str, str]:
    return id_, number_of(id_, "T"), f"cus_seed{number // _CUSTOMERS:018}", due_shard(id_)


def plant(client: "DynamoDBClient", tables: tuple[str, ...], items: Iterator[list[Item]]) -> None:
    """Write them in batches, two at a time."""
    with ThreadPoolExecutor(2) as writers:
        while some := list(islice(items, _BATCH * 40)):
            for place, table in enumerate(tables):
                parts = [[pair[place] for pair in some[at : at + _BATCH]] for at in range(0, len(some), _BATCH)]
                assert not any(writers.map(partial(_write, client, table), parts))


def _write(client: "DynamoDBClient", table: str, items: list[Item]) -> Any:
    requests: Any = {table: [{"PutRequest": {"Item": item}} for item in items]}
    return client.batch_write_item(RequestItems=requests)["UnprocessedItems"]
