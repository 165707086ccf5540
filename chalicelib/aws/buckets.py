"""The buckets of the limiter as items: read with whatever else a use case reads, written in its own transaction."""

from datetime import datetime, timedelta

from chalicelib.kernel.limits import Bucket

from .items import Item
from .tables import WHATEVER, Add, Put

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
