"""A period of local days, and the instants at which it begins and is over somewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from chalicelib.kernel.clock import aware
from chalicelib.kernel.errors import Conflict, Invalid

DAY = timedelta(days=1)
LONGEST = timedelta(days=366)
_UNASKED = timedelta(days=29)


class PeriodNotOver(Conflict):
    """A file is made of days that are over; `over_at` is when the last of them is."""

    code = "period_not_over"
    such_as: ClassVar[Mapping[str, object]] = {"over_at": "2026-12-31T16:00:00.000Z"}


@dataclass(frozen=True)
class Period:
    """From the first local day to the last, both of them in it."""

    first: date
    last: date

    def begins(self, timezone: str) -> datetime:
        """Give the first instant that is in it there, in UTC."""
        return _midnight(self.first, timezone)

    def ends(self, timezone: str) -> datetime:
        """Give the first instant after it there, in UTC."""
        return _midnight(self.last + DAY, timezone)

    def between(self, timezone: str) -> tuple[datetime, datetime]:
        """Give both."""
        return self.begins(timezone), self.ends(timezone)


def periods(first: date | None, last: date | None, today: date) -> Period:
    """Make the period somebody asked for, the thirty days up to today if nobody said; raises Invalid.

    With one end named, the other is thirty days off, or today if that is nearer.
    """
    last = last or (min(today, first + _UNASKED) if first else today)
    first = first or last - _UNASKED
    if last < first:
        raise Invalid.field("to", "too_early")
    if last - first >= LONGEST:
        raise Invalid.field("to", "too_large")
    if not date(1990, 1, 1) <= first <= last <= date(2200, 1, 1):
        raise Invalid.field("from", "invalid")
    return Period(first, last)


def _midnight(day: date, timezone: str) -> datetime:
    # A day that has no midnight, such as some on which summer time begins, begins when its first instant does.
    return aware(datetime.combine(day, time.min, ZoneInfo(timezone)))
