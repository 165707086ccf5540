"""When one rule runs out for one case: start, pauses and extensions in, an instant and its reasons out.

Choices where the texts leave room, each the reading that gives the firm less time:
- A pause stops a clock only if its rule lists the reason; overlapping pauses count once; a pause before the start or
  after the due instant has no effect.
- In day units a local day is left out only if it lies wholly inside pauses. In hours the paused time itself is left
  out, and in business hours only the part of it in which the doors were open.
- An extension replaces the total counted from the start; the latest end wins. One granted when the clock had already
  run out changes nothing, so that a missed clock stays missed.
- Asked as of an instant, only what had happened by then is known: a pause still open then has lasted until then.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate

from chalicelib.sla import counting
from chalicelib.sla.calendars import Calendar
from chalicelib.sla.counting import Interval, Stretch
from chalicelib.sla.explaining import Line, explain
from chalicelib.sla.rules import Rule, Unit

MICROSECOND = timedelta(microseconds=1)


class ClockError(ValueError):
    """The facts handed to a clock cannot be right."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which somebody said the clock should stand, open while `ended_at` is None."""

    reason: str
    started_at: datetime
    ended_at: datetime | None = None

    def __post_init__(self) -> None:
        aware(self.started_at, self.ended_at)
        if self.ended_at is not None and self.ended_at < self.started_at:
            raise ClockError("a pause cannot end before it starts")


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension that was approved: its step, the total it gives from the start, and when it was granted."""

    step: str
    to_total: int
    granted_at: datetime

    def __post_init__(self) -> None:
        aware(self.granted_at)


@dataclass(frozen=True)
class Due:
    """When a clock runs out and how that was counted.

    `at` is the first instant that is too late, `date` the last local day that is in time. `provisional` means the
    last day lies beyond the calendar's published year. `paused_for` is wall time up to `at`. `count` and `unit` are
    what was counted, `extension` the step they come from, and `too_late` the steps granted after the clock ran out.
    """

    at: datetime
    date: date
    timezone: str
    provisional: bool
    paused_for: timedelta
    count: int
    unit: Unit
    extension: str = ""
    too_late: tuple[str, ...] = ()
    stretches: tuple[Stretch, ...] = field(default=(), repr=False, compare=False)
    pauses: tuple[Interval, ...] = field(default=(), repr=False, compare=False)

    @cached_property
    def explanation(self) -> tuple[Line, ...]:
        """The count, day by day or stretch by stretch."""
        return explain(self.stretches)

    def reached(self, percent: float) -> datetime:
        """Give the instant at which that much of the counted time is gone; 100 is `at`.

        Each counted day weighs what it really lasts. The part of it that was paused carries none of that weight, so
        nothing is reached while a clock stands.
        """
        if not 0 <= percent <= 100:
            raise ClockError("a percentage lies between 0 and 100")
        if percent == 100:
            return self.at
        left = (self._weights[-1] if self._weights else timedelta(0)) * (percent / 100)
        place = bisect_left(self._weights, left)
        if place == len(self._weights):
            return self.at
        return _place(self._counted[place], left - (self._weights[place - 1] if place else timedelta(0)), self.pauses)

    @cached_property
    def _counted(self) -> tuple[Stretch, ...]:
        return tuple(stretch for stretch in self.stretches if stretch.counted)

    @cached_property
    def _weights(self) -> tuple[timedelta, ...]:
        """How much of the counted time is gone at the end of each counted stretch; a clock is asked for many percents."""
        return tuple(accumulate(stretch.end - stretch.start for stretch in self._counted))


def due(
    rule: Rule,
    calendar: Calendar,
    started_at: datetime,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
    as_of: datetime | None = None,
) -> Due:
    """Work out when the rule's time is up; without `as_of` every fact counts and no pause may be open."""
    aware(started_at, as_of)
    if not pauses and not extensions:
        return _undisturbed(rule, calendar, started_at.astimezone(UTC))
    if rule.count < 1:
        raise ClockError(f"rule {rule.id} has no length to count")
    case, late = _Case(rule, calendar, started_at.astimezone(UTC), tuple(pauses)), list[str]()
    found = case.count(as_of, rule.count, rule.unit)
    for extension in sorted(extensions, key=lambda one: (one.granted_at, one.to_total)):
        if as_of is not None and extension.granted_at > as_of:
            break
        if extension.granted_at >= case.count(extension.granted_at, found.count, found.unit).at:
            late.append(extension.step)
            continue
        longer = case.count(as_of, extension.to_total, rule.unit_of(extension.step), extension.step)
        found = max(found, longer, key=lambda one: (one.at, one.count))
    return replace(found, too_late=tuple(late))


@lru_cache(maxsize=1024)
def _undisturbed(rule: Rule, calendar: Calendar, started_at: datetime) -> Due:
    """Count a clock that nothing has moved, which most are, once: `as_of` makes no difference to it."""
    if rule.count < 1:
        raise ClockError(f"rule {rule.id} has no length to count")
    return _Case(rule, calendar, started_at, ()).count(None, rule.count, rule.unit)


@lru_cache(maxsize=512)
def _whole_days(rule: Rule, calendar: Calendar, day: date, total: int, unit: Unit) -> tuple[Stretch, ...]:
    """Count days without pauses; every clock that begins on that day runs through the same ones."""
    return tuple(counting.days(rule, calendar, calendar.starts(day), total, unit, ()))


@dataclass(frozen=True, slots=True)
class _Case:
    """The facts of one clock; counted as of an instant and for a total, because extensions need both to vary."""

    rule: Rule
    calendar: Calendar
    started_at: datetime
    pauses: tuple[Pause, ...]

    def count(self, as_of: datetime | None, total: int, unit: Unit, extension: str = "") -> Due:
        calendar, pauses = self.calendar, self._paused(as_of)
        if unit.in_days:
            stretches = self._days(total, unit, pauses)
        else:
            length, open_only = timedelta(hours=total), unit is Unit.BUSINESS_HOURS
            stretches = tuple(counting.hours(calendar, self.started_at, length, open_only, pauses))
        at = stretches[-1].end
        last = stretches[-1].day or calendar.local_day(at - MICROSECOND)
        stood = sum((pause.overlap(self.started_at, at) for pause in pauses), timedelta(0))
        provisional = calendar.provisional(last)
        zone = calendar.timezone
        return Due(at, last, zone, provisional, stood, total, unit, extension, stretches=stretches, pauses=pauses)

    def _days(self, total: int, unit: Unit, pauses: tuple[Interval, ...]) -> tuple[Stretch, ...]:
        if pauses:
            return tuple(counting.days(self.rule, self.calendar, self.started_at, total, unit, pauses))
        first, *rest = _whole_days(self.rule, self.calendar, self.calendar.local_day(self.started_at), total, unit)
        if self.rule.start_day_counted:
            first = replace(first, start=max(first.start, min(self.started_at, first.end)))
        return (first, *rest)

    def _paused(self, as_of: datetime | None) -> tuple[Interval, ...]:
        """Give the pauses the rule allows as disjoint intervals in order; the earlier one names the reason."""
        joined: list[Interval] = []
        allowed = [pause for pause in self.pauses if pause.reason in self.rule.pause_reasons]
        for pause in sorted(allowed, key=lambda one: (one.started_at, one.reason)):
            ended = pause.ended_at if as_of is None else min(pause.ended_at or as_of, as_of)
            if ended is None:
                raise ClockError("an open pause has a length only as of some instant")
            start = max(pause.started_at, joined[-1].end if joined else self.started_at)
            if start < ended:
                joined.append(Interval(start.astimezone(UTC), ended.astimezone(UTC), pause.reason))
        return tuple(joined)


def _place(stretch: Stretch, weight: timedelta, pauses: tuple[Interval, ...]) -> datetime:
    """Find the instant in a counted stretch at which that much of its weight is gone, by its running parts alone."""
    if not pauses:
        return stretch.start + weight
    parts = counting.running(stretch, pauses)
    free = sum((end - start for start, end in parts), timedelta(0))
    left, whole = weight, stretch.end - stretch.start
    if free < whole:
        left = timedelta(microseconds=_micro(weight) * _micro(free) // _micro(whole))
    for start, end in parts:
        if left <= end - start:
            return start + left
        left -= end - start
    return stretch.end


def _micro(length: timedelta) -> int:
    return length // MICROSECOND


def aware(*moments: datetime | None) -> None:
    """Raise ClockError if one of the moments has no time zone."""
    for moment in moments:
        if moment is not None and moment.tzinfo is None:
            raise ClockError("a moment needs a time zone")
