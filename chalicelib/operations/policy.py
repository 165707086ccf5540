"""When the sweep sends a hint, so that a stuck consumer does not multiply messages; and what running it goes by."""

from datetime import datetime, timedelta

AHEAD = timedelta(seconds=60)
# Older than this, nobody has swept: the alarm rings.
SILENCE = timedelta(minutes=5)
# Moving takes about ten milliseconds a message at worst; the function has twenty seconds, the claim outlives it.
MOST_MOVED = 300
REDRIVE_CLAIM = timedelta(seconds=60)
# Of the texts handed to a provider in this time, how many have arrived.
SHARE_OF = timedelta(hours=24)
COUNTED = ("sent", "delivered", "failed")
# What is due under this prefix is a ticket: somebody is to be told of a clock.
ESCALATES = "tkt"
_DOUBLINGS = 4
_QUARTER = 15


def hint_now(due_at: datetime, now: datetime, last: datetime | None) -> bool:
    """Tell whether a due thing gets a hint in this sweep, given when the last complete sweep ran.

    The first time it is within sight, again after 1, 2, 4 and 8 minutes of being overdue, then every quarter of an hour:
    without a mark on the thing, and nothing depends on a sweep having run at a certain minute.
    """
    if last is None or due_at > last + AHEAD:
        return True
    return _hints(now - due_at) > _hints(last - due_at)


def delay(due_at: datetime, now: datetime) -> int:
    """Give the seconds a hint waits in the queue, so that it arrives when the thing is due."""
    return max(0, min(900, int((due_at - now).total_seconds() + 0.999)))


def share(part: int, whole: int) -> float | None:
    """Give a share between 0 and 1 to three places, None of nothing; receipts of earlier texts may make it more than all."""
    return min(1.0, round(part / whole, 3)) if whole else None


def _hints(overdue: timedelta) -> int:
    """Count the instants of repetition that lie behind something overdue."""
    minutes = int(overdue.total_seconds() // 60)
    return 0 if minutes < 1 else min(minutes.bit_length(), _DOUBLINGS) + minutes // _QUARTER
