"""The count itself: which days or stretches of time a clock runs through, one after another, until it is full.

Pauses arrive here as disjoint, ordered intervals. In days, only a local day that lies wholly inside pauses is left
out: a day on which the clock could run for an hour is a day. In hours, the paused time itself is left out.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from chalicelib.sla.calendars import DAY, PATIENCE, Calendar, NeverOpensError
from chalicelib.sla.rules import DayEnd, Roll, Rule, Unit


@dataclass(frozen=True, slots=True)
class Interval:
    """A paused stretch of time [start, end) with the reasons given for it."""

    start: datetime
    end: datetime
    reason: str

    def overlap(self, start: datetime, end: datetime) -> timedelta:
        """Give how much of [start, end) lies in this interval."""
        return max(min(self.end, end) - max(self.start, start), timedelta(0))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of [start, end) the count went through; `day` is set when whole days are counted."""

    start: datetime
    end: datetime
    counted: bool
    why: str
    detail: str = ""
    day: date | None = None


def days_of_months(start: date, months: int) -> int:
    """Give how many days lie between a day and the day of the same number so many months later."""
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    return (date(year, month, min(start.day, monthrange(year, month)[1])) - start).days


def days(
    rule: Rule, calendar: Calendar, started_at: datetime, count: int, unit: Unit, pauses: tuple[Interval, ...]
) -> Iterator[Stretch]:
    """Give each local day from the start day to the last day, the last one being where the clock ends."""
    day, total, idle = calendar.local_day(started_at), 0, 0
    if unit is Unit.MONTHS:
        count, unit = days_of_months(day, count), Unit.CALENDAR_DAYS
    if not rule.start_day_counted:
        yield _stretch(rule, calendar, day, False, "start_day_not_counted")
        day += DAY
    while True:
        stretch = _day(rule, calendar, day, unit, pauses)
        if stretch.start < started_at:
            stretch = replace(stretch, start=min(started_at, stretch.end))
        total += stretch.counted
        idle = 0 if stretch.counted or stretch.why == "paused" else idle + 1
        if idle > PATIENCE:
            raise NeverOpensError(f"calendar {calendar.id} has no working day in the {PATIENCE} days before {day}")
        yield stretch
        day += DAY
        if total == count:
            break
    if rule.roll_last_day is Roll.NEXT_WORKING_DAY:
        yield from _rolled(rule, calendar, day - DAY, pauses)


def _day(rule: Rule, calendar: Calendar, day: date, unit: Unit, pauses: tuple[Interval, ...]) -> Stretch:
    if pauses:
        start, end = _bounds(rule, calendar, day)
        reason = _paused(start, end, pauses)
        if reason:
            return Stretch(start, end, False, "paused", reason, day)
    if unit is Unit.CALENDAR_DAYS:
        return _stretch(rule, calendar, day, True, "counted")
    kind = calendar.day_kind(day)
    if calendar.is_working(day):
        return _stretch(rule, calendar, day, True, "counted" if kind == "working" else kind)
    if kind == "weekend":
        return _stretch(rule, calendar, day, False, "weekend")
    return _stretch(rule, calendar, day, False, "holiday", kind)


def _stretch(rule: Rule, calendar: Calendar, day: date, counted: bool, why: str, detail: str = "") -> Stretch:
    start, end = _bounds(rule, calendar, day)
    return Stretch(start, end, counted, why, detail, day)


def _bounds(rule: Rule, calendar: Calendar, day: date) -> tuple[datetime, datetime]:
    early = rule.day_ends is DayEnd.CLOSE_OF_BUSINESS
    return calendar.starts(day), calendar.closes(day) if early else calendar.ends(day)


def _paused(start: datetime, end: datetime, pauses: tuple[Interval, ...]) -> str:
    """Give the reasons for which a whole day was paused, or nothing if the clock could run for any part of it."""
    touching = [pause for pause in pauses if pause.start < end and start < pause.end]
    if not touching or sum((pause.overlap(start, end) for pause in touching), timedelta(0)) < end - start:
        return ""
    return ", ".join(dict.fromkeys(pause.reason for pause in touching))


def _rolled(rule: Rule, calendar: Calendar, last: date, pauses: tuple[Interval, ...]) -> Iterator[Stretch]:
    """Give the days after a last day that is not worked, up to the next working day; none if it is worked."""
    if calendar.is_working(last):
        return
    idle = 0
    while True:
        last += DAY
        stretch = _day(rule, calendar, last, Unit.WORKING_DAYS, pauses)
        if stretch.counted:
            yield _stretch(rule, calendar, last, False, "rolled")
            return
        yield stretch
        idle = 0 if stretch.why == "paused" else idle + 1
        if idle > PATIENCE:
            raise NeverOpensError(f"calendar {calendar.id} has no working day in the {PATIENCE} days before {last}")


def hours(
    calendar: Calendar, started_at: datetime, length: timedelta, open_only: bool, pauses: tuple[Interval, ...]
) -> Iterator[Stretch]:
    """Give each stretch from the start until `length` of running time is used up; `open_only` counts open time."""
    forever = iter([(started_at, datetime.max.replace(tzinfo=UTC))])
    reached = started_at
    for opens, closes in calendar.open_from(started_at) if open_only else forever:
        if opens > reached:
            yield Stretch(reached, opens, False, "closed", _shut(calendar, reached, opens))
        for start, end, reason in _split(opens, closes, pauses):
            if reason:
                yield Stretch(start, end, False, "paused", reason)
                continue
            taken = min(length, end - start)
            yield Stretch(start, start + taken, True, "counted")
            length -= taken
            if not length:
                return
        reached = closes


def _split(start: datetime, end: datetime, pauses: tuple[Interval, ...]) -> Iterator[tuple[datetime, datetime, str]]:
    """Cut [start, end) into parts that run (no reason) and parts that are paused."""
    for pause in pauses:
        if pause.end <= start or pause.start >= end:
            continue
        if pause.start > start:
            yield start, pause.start, ""
        yield max(start, pause.start), min(end, pause.end), pause.reason
        start = min(end, pause.end)
    if start < end:
        yield start, end, ""


def running(stretch: Stretch, pauses: tuple[Interval, ...]) -> list[tuple[datetime, datetime]]:
    """Give the parts of a counted stretch in which the clock really ran."""
    return [(start, end) for start, end, reason in _split(stretch.start, stretch.end, pauses) if not reason]


def _shut(calendar: Calendar, start: datetime, end: datetime) -> str:
    """Name the closed days that [start, end) touches, in order and once each; nothing for a night or a lunch."""
    day, last, kinds = calendar.local_day(start), calendar.local_day(end), list[str]()
    while day < last:
        if not calendar.is_working(day):
            kinds.append(calendar.day_kind(day))
        day += DAY
    return ", ".join(dict.fromkeys(kinds))
