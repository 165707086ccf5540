"""Whose calls of our webhooks we believe: those signed with a key of ours, just now."""

import hmac
from datetime import datetime, timedelta

from .errors import SignatureInvalid

# Both ways: what comes from the future is as suspicious as what is old.
FRESH = timedelta(minutes=5)


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
