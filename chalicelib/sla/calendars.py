"""Which local days are worked and when the doors are open, in instants that survive summer time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
# No calendar of any country has a longer run of closed days; one that has is wrong, and we say so instead of looping.
PATIENCE = 400

Block = tuple[time, time]


class CalendarError(ValueError):
    """The calendar's own data is wrong."""


class NeverOpensError(CalendarError):
    """The calendar has no working day or no opening hours where one was looked for."""


@dataclass(frozen=True)
class Calendar:
    """The working days and opening blocks of one place, by the local dates of its time zone.

    `published_through` is the last day its government has published: later days are worked out from the weekday
    alone. `weekend` holds weekday numbers, Monday being 0. `workdays` are weekend days worked in exchange for a
    holiday. A block that ends at 00:00 runs to the end of its day. `chinese` translates the holidays' names.
    """

    id: str
    version: str
    timezone: str
    published_through: date
    weekend: frozenset[int] = frozenset({5, 6})
    holidays: Mapping[date, str] = field(default_factory=dict)
    workdays: frozenset[date] = frozenset()
    opening: tuple[Block, ...] = ()
    chinese: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        both = sorted(self.workdays & self.holidays.keys())
        if both:
            raise CalendarError(f"calendar {self.id}: {both[0]} is both a holiday and a working day")
        marks = [mark for block in self.opening for mark in block]
        if marks and marks[-1] == time(0):
            marks[-1] = time.max
        if any(late <= early for early, late in pairwise(marks)):
            raise CalendarError(f"calendar {self.id}: opening blocks overlap, touch or are out of order")

    def __hash__(self) -> int:
        """Hash what tells calendars apart; counts are looked up by their calendar, and hashing every day is costly."""
        return hash((self.id, self.version, self.timezone))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.timezone)

    def is_working(self, day: date) -> bool:
        """Tell whether people work on that local day."""
        if day in self.workdays:
            return True
        return day.weekday() not in self.weekend and day not in self.holidays

    def day_kind(self, day: date) -> str:
        """Say what the day is: `working`, `swapped_working_day`, `weekend`, or the holiday's name."""
        if day in self.workdays:
            return "swapped_working_day"
        if day in self.holidays:
            return self.holidays[day]
        return "weekend" if day.weekday() in self.weekend else "working"

    def provisional(self, day: date) -> bool:
        """Tell whether the day lies beyond what has been published, so that an answer about it may still change."""
        return day > self.published_through

    def local_day(self, at: datetime) -> date:
        """Give the local date of an instant."""
        return at.astimezone(self.zone).date()

    def starts(self, day: date) -> datetime:
        """Give the first instant of that local day, in UTC."""
        return wall(self.timezone, day, time(0))

    def ends(self, day: date) -> datetime:
        """Give the first instant after that local day, in UTC; 23 or 25 hours after `starts` on two days a year."""
        return wall(self.timezone, day + DAY, time(0))

    def closes(self, day: date) -> datetime:
        """Give the instant at which the last opening block ends on that day, be it worked or not."""
        if not self.opening:
            raise NeverOpensError(f"calendar {self.id} has no opening blocks")
        return self._blocks(day)[-1][1]

    def is_open(self, at: datetime) -> bool:
        """Tell whether the doors are open at that instant."""
        day = self.local_day(at)
        return self.is_working(day) and any(opens <= at < closes for opens, closes in self._blocks(day))

    def open_from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Give the open stretches from that instant on, in UTC and in order, without end."""
        at, day, idle = at.astimezone(UTC), self.local_day(at), 0
        while True:
            blocks = self._blocks(day) if self.is_working(day) else []
            found = [(max(opens, at), closes) for opens, closes in blocks if closes > max(opens, at)]
            yield from found
            idle = 0 if found else idle + 1
            if idle > PATIENCE:
                raise NeverOpensError(f"calendar {self.id} does not open in the {PATIENCE} days before {day}")
            day += DAY

    def open_between(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Give the open stretches within [start, end), in UTC and in order."""
        for opens, closes in self.open_from(start):
            if opens >= end:
                return
            yield opens, min(closes, end)

    def next_opening(self, at: datetime) -> datetime:
        """Give the instant from which a customer can be served: `at` itself if the doors are open."""
        return next(self.open_from(at))[0]

    def changed(self, version: str, holidays: Mapping[date, str], workdays: frozenset[date]) -> "Calendar":
        """Give this calendar with some days decided otherwise; the new word on a day wins over the old."""
        kept = {day: name for day, name in self.holidays.items() if day not in workdays}
        return replace(
            self,
            version=f"{self.version}+{version}",
            holidays={**kept, **holidays},
            workdays=(self.workdays - frozenset(holidays)) | workdays,
        )

    def _blocks(self, day: date) -> list[tuple[datetime, datetime]]:
        return [
            (wall(self.timezone, day, opens), wall(self.timezone, day if closes > opens else day + DAY, closes))
            for opens, closes in self.opening
        ]


@lru_cache(maxsize=4096)
def wall(timezone: str, day: date, at: time) -> datetime:
    """Give the first instant, in UTC, at which local clocks show that time of that day or a later one.

    So a time that does not exist (clocks go forward) is the instant of the change, and one that exists twice is the
    first of the two.
    """
    zone = ZoneInfo(timezone)
    naive = datetime.combine(day, at)
    after = naive.replace(tzinfo=zone).astimezone(UTC)
    before = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if before >= after:  # equal on nearly every day; later when the time exists twice
        return after
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        shows = middle.astimezone(zone).replace(tzinfo=None)
        before, after = (before, middle) if shows >= naive else (middle, after)
    return after.replace(microsecond=0)
