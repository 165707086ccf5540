"""What was found out about numbers, in the table `verification`: for a day, and under keyed hashes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib.aws import buckets as counters
from chalicelib.aws.items import Item
from chalicelib.aws.tables import Put, Tables, unchanged
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link, Record
from chalicelib.kernel.limits import Limit

from .model import Check, Signal

TABLE = "verification"
_KEPT = timedelta(days=1)  # after it was asked for: the records stay, and say no number
_DAY = timedelta(days=1)


class DynamoChecks:
    """Keeps what is believed of each number."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, mark: str) -> Check | None:
        item = self._tables.get(TABLE, check_key(mark))
        return None if item is None else check_of(item)

    def save(self, check: Check, records: Sequence[Record]) -> None:
        item = check_item(check)
        self._tables.commit([unchanged(TABLE, item, check.version) if check.version else Put(TABLE, item)], records)

    def may_ask(self, most: int, now: datetime) -> bool:
        return not counters.count(self._tables, TABLE, "signals", Limit(most, _DAY), now)


def check_key(mark: str) -> Item:
    """Key of what is believed of a number, by its keyed hash."""
    return {"pk": f"signals#{mark}", "sk": "signals"}


def check_item(check: Check) -> Item:
    """Write a check, in its next version."""
    return {
        **check_key(check.mark),
        "id": check.id,
        "provider": check.provider,
        "signals": {signal.value: value for signal, value in check.signals.items()},
        "sha256": check.digest,
        "checked_at": text(check.checked_at),
        "until": text(check.until),
        "judged": list(check.judged),
        "expires": int((check.until + _KEPT).timestamp()),
        "version": check.version + 1,
        "seq": check.link.seq,
        "head": check.link.head,
    }


def check_of(item: Item) -> Check:
    """Read a check back."""
    return Check(
        id=item["id"],
        mark=item["pk"].removeprefix("signals#"),
        provider=item["provider"],
        signals={Signal(name): value for name, value in item["signals"].items()},
        checked_at=moment(item["checked_at"]),
        until=moment(item["until"]),
        judged=tuple(item["judged"]),
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )
