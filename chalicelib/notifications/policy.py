"""How long a worker may take, how often we try, and whose receipts we believe."""

import hmac
from datetime import datetime, timedelta

from .model import SignatureInvalid, Status

CLAIM = timedelta(seconds=60)
TRIES = 12
# Both ways: a receipt from the future is as suspicious as an old one.
FRESH = timedelta(minutes=5)

STATUSES = {
    "delivered": Status.DELIVERED,
    "failed": Status.FAILED,
    "undelivered": Status.FAILED,
    "expired": Status.FAILED,
    "sent": Status.SENT,
    "accepted": Status.SENT,
}


def try_again_at(now: datetime, tries: int) -> datetime:
    """Tell when to try again: a minute after the first time, then twice as long, at most an hour."""
    return now + min(CLAIM * (1 << min(tries - 1, 10)), timedelta(hours=1))


def check_signature(header: str, body: str, key: bytes, now: datetime) -> None:
    """Raise SignatureInvalid unless `t=<epoch seconds>,v1=<hex>` is ours and fresh; the hex signs `<t>.<body>`."""
    parts = dict(part.strip().partition("=")[::2] for part in header.split(","))
    stamp, given = parts.get("t", ""), parts.get("v1", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        raise SignatureInvalid
    expected = hmac.digest(key, f"{stamp}.{body}".encode(), "sha256").hex()
    if not hmac.compare_digest(expected.encode(), given.encode()):
        raise SignatureInvalid
    if abs(now.timestamp() - int(stamp)) > FRESH.total_seconds():
        raise SignatureInvalid
