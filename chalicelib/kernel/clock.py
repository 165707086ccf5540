"""The one place that reads the time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

Source = Callable[[], datetime]


def _system() -> datetime:
    return datetime.now(UTC)


source: Source = _system


def now() -> datetime:
    """Give the present instant, aware UTC."""
    return source()


def use(other: Source | None) -> None:
    """Take time from `other` from now on, or from the system again if None; for local stacks and tests."""
    global source
    source = other or _system


def monotonic() -> float:
    """Give seconds that only ever grow, for how long something took or lay in a cache; never for dates."""
    return time.monotonic()


def aware(moment: datetime) -> datetime:
    """Give the moment in UTC; a moment without a time zone raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


@lru_cache(
    maxsize=1024
)  # the same few instants stand in a ticket, its clocks, its record, its answer and the copy of that
def text(moment: datetime) -> str:
    """Write a moment as RFC 3339 in UTC with milliseconds and Z, which also sorts as text."""
    # isoformat takes a tenth of the time of strftime, and each answer and item has a dozen of these.
    return aware(moment).isoformat(timespec="milliseconds")[:-6] + "Z"


def moment(value: str) -> datetime:
    """Read an RFC 3339 text; one without an offset raises ValueError."""
    return aware(datetime.fromisoformat(value))
