"""When the sweep sends a hint, so that a stuck consumer does not multiply messages."""

from datetime import datetime, timedelta

AHEAD = timedelta(seconds=60)
# Older than this, nobody has swept: the alarm rings.
SILENCE = timedelta(minutes=5)
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


def _hints(overdue: timedelta) -> int:
    """Count the instants of repetition that lie behind something overdue."""
    minutes = int(overdue.total_seconds() // 60)
    return 0 if minutes < 1 else min(minutes.bit_length(), _DOUBLINGS) + minutes // _QUARTER
