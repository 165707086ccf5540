"""`python -m infra.verify --data .local`, or `--prefix dutydesk-prod`: checks every chain of the ledger.

Each chain is read in order and its hashes are made anew; each aggregate says where its chain ends. What is missing,
altered, unchained, cut off or unclaimed is named with its first bad record. Exit code: 0 all is well, 1 something is
not, 2 the ledger cannot be read. Memory stays flat: where chains end is kept in a file that nobody sees, and the ledger
is read in one pass; only what looks wrong is read once more, since a deployment at work writes meanwhile.
"""

import argparse
import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.aws import ledger
from chalicelib.aws.items import Item, decode
from chalicelib.kernel.events import GENESIS, Link, Record
from chalicelib.records.model import Fault, first_fault

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

UNREADABLE = 2
NOT_RUNNING = "nothing answers for {data}: start the local stack on it (make run), then verify"
# These aggregates go, by TTL or when they are spent; their chains stay, and then nobody says any more where they end.
FORGOTTEN = ("ver_", "rcp_", "hld_", "hnd_", "doc_", "sig_")
_TRIES = 3
_QUICKLY = Config(connect_timeout=2, read_timeout=10, retries={"total_max_attempts": 2})


class Ends:
    """Where every aggregate says that its chain ends, and which chains were seen; kept in a temporary file."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("CREATE TABLE ends (subject PRIMARY KEY, place, seq, head, seen DEFAULT 0) WITHOUT ROWID")
        self._file.execute("BEGIN")

    def note(self, item: Item, place: str) -> None:
        """Keep what an aggregate says, and where it stands."""
        self._file.execute(
            "INSERT INTO ends (subject, place, seq, head) VALUES (?, ?, ?, ?) ON CONFLICT (subject) DO UPDATE"
            " SET place = excluded.place, seq = excluded.seq, head = excluded.head",
            (item["id"], place, item["seq"], item["head"]),
        )

    def of(self, subject: str) -> tuple[Link, str] | None:
        """Give the end of a chain and where it is said, or None if nobody says."""
        row = self._file.execute("SELECT seq, head, place FROM ends WHERE subject = ?", (subject,)).fetchone()
        return None if row is None or row[2] is None else (Link(row[0], row[1]), row[2])

    def see(self, subject: str) -> bool:
        """Tell whether a chain is seen for the first time, and remember it."""
        row = self._file.execute("SELECT seen FROM ends WHERE subject = ?", (subject,)).fetchone()
        self._file.execute(
            "INSERT INTO ends (subject, seen) VALUES (?, 1) ON CONFLICT (subject) DO UPDATE SET seen = 1", (subject,)
        )
        return row is None or not row[0]

    def unseen(self) -> Iterator[str]:
        """Give the subjects that claim a chain of which there was no record."""
        yield from (row[0] for row in self._file.execute("SELECT subject FROM ends WHERE NOT seen AND seq > 0"))


@dataclass
class Report:
    """What was read, and the first fault of each bad chain."""

    chains: int = 0
    records: int = 0
    faults: list[Fault] = field(default_factory=list)


class Verifier:
    """Checks the ledger of one deployment."""

    def __init__(self, client: "DynamoDBClient", prefix: str) -> None:
        self._client = client
        self._prefix = prefix
        self._ends = Ends()
        self._report = Report()

    def verify(self) -> Report:
        """Check everything."""
        self._read_ends()
        bad: dict[str, None] = {}
        for subject, items in groupby(self._everything(), key=lambda item: str(item["pk"])):
            if not self._whole(subject, items):
                bad[subject] = None
        bad |= dict.fromkeys(self._ends.unseen())
        if bad:
            self._look_again(bad)
        return self._report

    def _whole(self, subject: str, items: Iterable[Item]) -> bool:
        """Tell whether what stands together in the table is a whole chain; it was one, unless it is read in parts."""
        first = self._ends.see(subject)
        self._report.chains += first
        end = self._ends.of(subject)
        fault = first_fault(subject, self._counted(items), end[0] if end else None)
        for _ in items:
            self._report.records += 1  # what comes behind a fault counts too
        return first and fault is None and (end is not None or subject.startswith(FORGOTTEN))

    def _look_again(self, bad: Iterable[str]) -> None:
        self._read_ends()
        self._report.faults += [fault for subject in bad if (fault := self._settled(subject)) is not None]

    def _settled(self, subject: str) -> Fault | None:
        """Read one chain anew with its end; somebody may have added to it between the two readings before."""
        fault = None
        for _ in range(_TRIES):
            end = self._end_now(subject)
            fault = first_fault(subject, map(_record, self._chain(subject)), end)
            if fault is None and end is None and not subject.startswith(FORGOTTEN):
                fault = Fault(subject, 1, "unclaimed")
            if fault is None:
                return None
        return fault

    def _end_now(self, subject: str) -> Link | None:
        known = self._ends.of(subject)
        if known is None:
            return None
        table, key = json.loads(known[1])
        item = self._client.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item")
        if item is None:
            return None
        found = decode(item)
        return Link(found.get("seq", 0), found.get("head", GENESIS))

    def _read_ends(self) -> None:
        names = self._client.get_paginator("list_tables").paginate().search("TableNames")
        for table in (name for name in names if name and name.startswith(f"{self._prefix}-")):
            asked: dict[str, Any] = {
                "ProjectionExpression": "pk, sk, #id, seq, #head",
                "ExpressionAttributeNames": {"#id": "id", "#head": "head"},
            }
            for attributes in self._scan(table, **asked):
                item = decode(attributes)
                if {"id", "seq", "head"} <= item.keys():
                    self._ends.note(item, json.dumps([table, {name: attributes[name] for name in ("pk", "sk")}]))

    def _everything(self) -> Iterator[Item]:
        """Read the whole ledger; records of one subject stand together there, in order."""
        return map(decode, self._scan(f"{self._prefix}-{ledger.TABLE}"))

    def _chain(self, subject: str) -> Iterator[Item]:
        pages = self._client.get_paginator("query").paginate(
            TableName=f"{self._prefix}-{ledger.TABLE}",
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": subject}},
            ConsistentRead=True,
        )
        yield from (decode(item) for page in pages for item in page["Items"])

    def _scan(self, table: str, **asked: Any) -> Iterator[dict[str, Any]]:
        pages = self._client.get_paginator("scan").paginate(TableName=table, ConsistentRead=True, **asked)
        yield from (item for page in pages for item in page["Items"])

    def _counted(self, items: Iterable[Item]) -> Iterator[Record]:
        for item in items:
            self._report.records += 1
            yield _record(item)


def _record(item: Item) -> Record:
    """Read a record back; one that is not written as we write records counts as altered."""
    try:
        record = ledger.from_item(item)
    except (KeyError, ValueError, TypeError):
        return Record(item["pk"], item["sk"], "", "", "", "", "", "", {}, "", "unreadable")
    return record if ledger.to_item(record) == item else replace(record, hash="not as written")


def local(data: Path) -> "DynamoDBClient":
    """Reach the tables of a running local stack: it leaves word in its folder where they are."""
    known = data / "endpoints.json"
    if not known.exists():
        raise ConnectionError(NOT_RUNNING.format(data=data))
    os.environ.update(json.loads(known.read_text("utf-8")))
    client = boto3.client("dynamodb", config=_QUICKLY)
    try:
        client.list_tables(Limit=1)
    except (BotoCoreError, ClientError) as unreachable:
        raise ConnectionError(NOT_RUNNING.format(data=data)) from unreachable
    return client


def main(arguments: list[str]) -> int:
    """Verify one deployment; give the exit code."""
    reading = argparse.ArgumentParser(prog="python -m infra.verify", description=(__doc__ or "").partition("\n")[0])
    reading.add_argument("--data", type=Path, help="the data folder of a running local stack")
    reading.add_argument("--prefix", default="dutydesk-local", help="how the tables' names begin, default %(default)s")
    reading.add_argument("--endpoint", help="where DynamoDB answers, if not where boto3 would look")
    asked = reading.parse_args(arguments)
    try:
        client = local(asked.data) if asked.data else boto3.client("dynamodb", endpoint_url=asked.endpoint)
        report = Verifier(client, asked.prefix).verify()
    except (BotoCoreError, ClientError, ConnectionError) as trouble:
        print(f"cannot verify: {trouble}", file=sys.stderr)
        return UNREADABLE
    for fault in report.faults:
        print(f"{fault.subject}: record {fault.seq} is {fault.why}")
    print(f"{report.records} records in {report.chains} chains checked, {len(report.faults)} faulty")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
