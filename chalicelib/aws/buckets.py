"""The buckets of the limiter as items: read with whatever else a use case reads, written in its own transaction."""

from collections.abc import Callable
from datetime import datetime, timedelta

from chalicelib.kernel.limits import Bucket, Limit

from .items import Item
from .tables import WHATEVER, Add, Put, Tables

# Far longer than any window: what TTL takes away late or early changes nothing.
_KEPT = timedelta(days=3)


def key(bucket: str) -> Item:
    """Key of a bucket."""
    return {"pk": f"limit#{bucket}", "sk": "limit"}


def of(bucket: str, item: Item | None) -> Bucket:
    """Read a bucket; one that is not there is empty."""
    found = item or {}
    numbers = {name: found.get(name, 0) for name in ("credit", "since", "count", "good", "version")}
    return Bucket(bucket, tuple(found.get("times", ())), **numbers)


def put(table: str, before: Bucket, after: Bucket, now: datetime, kept: timedelta = timedelta()) -> Put:
    """Write a bucket if nobody has counted or made good since it was read."""
    item = {
        **key(after.key),
        "times": list(after.times),
        "credit": after.credit,
        "since": after.since,
        "count": after.count,
        "good": after.good,
        "version": before.version + 1,
        "expires": int((now + max(kept, _KEPT)).timestamp()),
    }
    credit = "credit = :credit" if before.credit else "(attribute_not_exists(credit) OR credit = :credit)"
    if before.version == 0:
        return Put(table, item, f"attribute_not_exists(version) AND {credit}", {":credit": before.credit})
    values = {":version": before.version, ":credit": before.credit}
    return Put(table, item, f"version = :version AND {credit}", values)


def credit(table: str, bucket: str, by: int, now: datetime) -> Add:
    """Make some good: they do not count any more where only what is open does."""
    return Add(table, key(bucket), {"credit": by}, WHATEVER, sets={"expires": int((now + _KEPT).timestamp())})


def one_more(table: str, name: str, limit: Limit, now: datetime, full: Callable[[int], Exception]) -> Add:
    """Count one more in the present window, in the transaction of what is counted; without reading what there was.

    If the window is full, `full` says what to raise, of the seconds until the next.
    """
    key_, condition, values, sets, left = _window(name, limit, now)
    return Add(table, key_, {"counted": 1}, condition, values, sets=sets, refused=lambda _: full(left))


def count(tables: Tables, table: str, name: str, limit: Limit, now: datetime) -> int:
    """Count one more in the present window at once; give the seconds until the next if it is full, else 0."""
    key_, condition, values, sets, left = _window(name, limit, now)
    return 0 if tables.add(table, key_, "counted", condition, values, sets) else left


def _window(name: str, limit: Limit, now: datetime) -> tuple[Item, str, Item, Item, int]:
    number, ends = limit.window(now)
    condition = "attribute_not_exists(counted) OR counted < :most"
    return key(f"{name}#{number}"), condition, {":most": limit.most}, {"expires": ends}, ends - int(now.timestamp())
