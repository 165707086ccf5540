"""`python -m infra.verify --data .local`, or `--prefix dutydesk-prod`: checks every chain of the ledger.

Each chain is read in order and its hashes are made anew; each aggregate says where its chain ends. What is altered,
missing, cut off or recorded for nobody is named with its first bad record, and the exit code is 1.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from chalicelib.aws import ledger
from chalicelib.aws.items import decode
from chalicelib.kernel.events import Link, Record
from chalicelib.records.model import Fault, first_fault

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOT_RUNNING = "nothing answers for {data}: start the local stack on it (make run), then verify"


def ends(client: "DynamoDBClient", prefix: str) -> dict[str, Link]:
    """Read where every aggregate of a deployment says that its chain ends."""
    found: dict[str, Link] = {}
    names = client.get_paginator("list_tables").paginate().search("TableNames")
    for table in (name for name in names if name and name.startswith(f"{prefix}-")):
        asked: dict[str, Any] = {
            "TableName": table,
            "ConsistentRead": True,
            "ProjectionExpression": "#i, seq, #h",
            "ExpressionAttributeNames": {"#i": "id", "#h": "head"},
        }
        for page in client.get_paginator("scan").paginate(**asked):
            for item in map(decode, page["Items"]):
                if "head" in item and "id" in item:
                    found[item["id"]] = Link(item["seq"], item["head"])
    return found


def subjects(client: "DynamoDBClient", prefix: str) -> Iterator[tuple[str, Iterator[Record]]]:
    """Give each subject of the ledger with its records in order; one chain at a time is held, never the ledger."""
    seen: set[str] = set()
    pages = client.get_paginator("scan").paginate(
        TableName=f"{prefix}-{ledger.TABLE}", ConsistentRead=True, ProjectionExpression="pk"
    )
    for page in pages:
        for item in map(decode, page["Items"]):
            if item["pk"] not in seen:
                seen.add(item["pk"])
                yield item["pk"], chain(client, prefix, item["pk"])


def chain(client: "DynamoDBClient", prefix: str, subject: str) -> Iterator[Record]:
    """Read one chain in order."""
    pages = client.get_paginator("query").paginate(
        TableName=f"{prefix}-{ledger.TABLE}",
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": subject}},
        ConsistentRead=True,
    )
    for page in pages:
        yield from (ledger.from_item(decode(item)) for item in page["Items"])


def verify(client: "DynamoDBClient", prefix: str) -> tuple[int, list[Fault]]:
    """Check everything; give how many chains there are, and the first fault of each bad one."""
    expected = ends(client, prefix)
    faults, checked = [], 0
    for subject, records in subjects(client, prefix):
        checked += 1
        # An aggregate that TTL took away says nothing any more; its chain still has to be whole.
        fault = first_fault(subject, records, expected.pop(subject, None))
        if fault:
            faults.append(fault)
    faults += [Fault(subject, 1, "cut off") for subject, link in expected.items() if link.seq > 0]
    return checked, faults


def _local(data: Path) -> "DynamoDBClient":
    known = data / "endpoints.json"
    if not known.exists():
        raise SystemExit(NOT_RUNNING.format(data=data))
    os.environ.update(json.loads(known.read_text("utf-8")))
    client = boto3.client("dynamodb", config=Config(connect_timeout=2, retries={"total_max_attempts": 1}))
    try:
        client.list_tables(Limit=1)
    except BotoCoreError as unreachable:
        raise SystemExit(NOT_RUNNING.format(data=data)) from unreachable
    return client


def main(arguments: list[str]) -> int:
    """Verify one deployment; give the exit code."""
    reading = argparse.ArgumentParser(prog="python -m infra.verify", description=(__doc__ or "").partition("\n")[0])
    reading.add_argument("--data", type=Path, help="the data folder of a running local stack")
    reading.add_argument("--prefix", default="dutydesk-local", help="how the tables' names begin, default %(default)s")
    asked = reading.parse_args(arguments)
    client = _local(asked.data) if asked.data else boto3.client("dynamodb")
    checked, faults = verify(client, asked.prefix)
    for fault in faults:
        print(f"{fault.subject}: record {fault.seq} is {fault.why}")
    print(f"{checked} chains checked, {len(faults)} faulty")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
