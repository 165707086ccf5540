"""Deadlines counted a second time, from the wording of the rules and the bare TOML alone, by walking day after day.

Nothing of the product counts here: calendars are read from their files, and time is cut at every opening, closing,
midnight and edge of a pause; what lies between two cuts runs or does not.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).resolve().parents[2] / "chalicelib" / "packs" / "calendars"
DAY = timedelta(days=1)
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Place:
    """One calendar as its file says it, in a time zone."""

    zone: ZoneInfo
    weekend: frozenset[int]
    off: frozenset[date]
    swapped: frozenset[date]
    opening: tuple[tuple[time, time], ...]

    def works(self, day: date) -> bool:
        return day in self.swapped or (day not in self.off and day.weekday() not in self.weekend)

    def wall(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    def whole(self, day: date) -> Span:
        return self.wall(day, time(0)), self.wall(day + DAY, time(0))

    def open(self, day: date) -> list[Span]:
        spans = [(opens, closes) for opens, closes in self.opening] if self.works(day) else []
        return [
            (self.wall(day, opens), self.wall(day + DAY if closes == time(0) else day, closes))
            for opens, closes in spans
        ]


@cache
def place(calendar: str, zone: str = "") -> Place:
    """Read a calendar, and what people have decided otherwise."""
    said = tomllib.loads((FOLDER / f"{calendar}.toml").read_text("utf-8"))
    off, swapped = _days(said, "holidays"), _days(said, "workdays")
    for path in FOLDER.glob(f"overrides/{calendar}.toml"):
        other = tomllib.loads(path.read_text("utf-8"))
        more, fewer = _days(other, "holidays"), _days(other, "workdays")
        off, swapped = (off - fewer) | more, (swapped - more) | fewer
    blocks = tuple(
        tuple(time.fromisoformat(mark.replace("24:", "00:")) for mark in w.split("-")) for w in said["opening"]
    )
    weekend = frozenset(NAMES.index(name) for name in said["weekend"])
    return Place(ZoneInfo(zone or said["timezone"]), weekend, frozenset(off), frozenset(swapped), blocks)


def _days(said: dict[str, dict[str, object]], name: str) -> set[date]:
    found: set[date] = set()
    for days in said.get(name, {}).values():
        # Holidays are keys that TOML reads as text, working days are dates.
        found |= {day if isinstance(day, date) else date.fromisoformat(day) for day in days}
    return found


@dataclass(frozen=True)
class Count:
    """What is to be counted."""

    unit: str
    total: int
    counts_start: bool
    rolls: bool
    closes: bool


@dataclass(frozen=True)
class Counted:
    """When it is over, and the running parts with what each weighs, in order."""

    end: datetime
    parts: tuple[tuple[Span, Fraction], ...]

    def reached(self, percent: int) -> datetime:
        """Give when so much of the weight is gone."""
        left = sum(weight for _, weight in self.parts) * Fraction(percent, 100)
        for (start, end), weight in self.parts:
            if left <= weight:
                return start + timedelta(microseconds=int(left / weight * ((end - start) // timedelta(microseconds=1))))
            left -= weight
        return self.end


def count(at: Place, what: Count, start: datetime, pauses: Sequence[Span]) -> Counted:
    """Count from a start."""
    pauses = [(max(begin, start), end) for begin, end in pauses if end > max(begin, start)]
    walk = _hours if what.unit in ("hours", "business_hours") else _days_on
    return walk(at, what, start, pauses)


def _running(span: Span, pauses: Sequence[Span]) -> Iterator[Span]:
    """Cut a stretch at every edge of a pause, and give the pieces that lie in none."""
    start, end = span
    marks = sorted({start, end, *(mark for pause in pauses for mark in pause if start < mark < end)})
    for one, other in pairwise(marks):
        if not any(begin <= one and other <= over for begin, over in pauses):
            yield one, other


def _hours(at: Place, what: Count, start: datetime, pauses: Sequence[Span]) -> Counted:
    left, day, parts = timedelta(hours=what.total), start.astimezone(at.zone).date(), []
    while True:
        for begin, end in at.open(day) if what.unit == "business_hours" else [at.whole(day)]:
            for one, other in _running((max(begin, start), end), pauses) if end > start else ():
                taken = min(left, other - one)
                parts.append(((one, one + taken), _weight(taken)))
                left -= taken
                if not left:
                    return Counted(one + taken, tuple(parts))
        day += DAY


def _days_on(at: Place, what: Count, start: datetime, pauses: Sequence[Span]) -> Counted:
    first = start.astimezone(at.zone).date()
    total = _month_days(first, what.total) if what.unit == "months" else what.total
    day, parts = first if what.counts_start else first + DAY, []
    while total:
        begin, end = _bounds(at, day, what.closes)
        free = list(_running((begin, end), pauses))
        if free and (what.unit != "working_days" or at.works(day)):
            total -= 1
            free = [(max(one, start), other) for one, other in free if other > start] or [(end, end)]
            whole = _weight(max(end - max(begin, start), timedelta(0)))
            ran = sum((other - one for one, other in free), timedelta(0))
            parts += [(piece, whole * (_weight(piece[1] - piece[0]) / _weight(ran) if ran else 1)) for piece in free]
        day += DAY
    last = day - DAY
    if what.rolls and not at.works(last):
        last += DAY
        while not at.works(last) or not list(_running(_bounds(at, last, what.closes), pauses)):
            last += DAY
    return Counted(_bounds(at, last, what.closes)[1], tuple(parts))


def _bounds(at: Place, day: date, closes: bool) -> Span:
    begin, end = at.whole(day)
    return (begin, at.wall(day, at.opening[-1][1])) if closes else (begin, end)


def _month_days(first: date, months: int) -> int:
    """Walk to the day of the same number, or to the end of a month that has none, so many times."""
    day, passed = first, 0
    while passed < months:
        day += DAY
        ends = (day + DAY).month != day.month
        passed += day.day == first.day or (ends and day.day < first.day)
    return (day - first).days


def _weight(length: timedelta) -> Fraction:
    return Fraction(length // timedelta(microseconds=1))
