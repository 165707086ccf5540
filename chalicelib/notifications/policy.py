"""How long a worker may take, how often we try, and what providers' words mean."""

from datetime import datetime, timedelta

from .model import Status

CLAIM = timedelta(seconds=60)
TRIES = 12

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
