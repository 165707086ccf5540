"""A count written down line by line, so that a person can do it again by hand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.sla.counting import Stretch

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A run of equal days, both ends included, or a stretch of time from one instant to another.

    `why` is a code: start_day_not_counted, counted, swapped_working_day, weekend, holiday, paused, closed, rolled.
    `detail` is the holiday's name, the closed days' names or the reasons of the pause. `total` is what has been
    counted by the end of the line: days, or hours.
    """

    from_: str
    to: str
    counted: bool
    why: str
    detail: str
    total: float


def explain(stretches: Iterable[Stretch]) -> tuple[Line, ...]:
    """Write the count down, joining what follows on for the same reason."""
    lines: list[Line] = []
    days, spent = 0, timedelta(0)
    for stretch in stretches:
        if stretch.counted:
            days, spent = days + 1, spent + (stretch.end - stretch.start)
        if stretch.day is not None:
            start = end = stretch.day.isoformat()
            total: float = days
        else:
            start, end = _instant(stretch.start), _instant(stretch.end)
            total = round(spent / HOUR, 6)
        line = Line(start, end, stretch.counted, stretch.why, stretch.detail, total)
        if lines and _alike(lines[-1], line):
            lines[-1] = replace(lines[-1], to=end, total=total)
        else:
            lines.append(line)
    return tuple(lines)


def _alike(one: Line, other: Line) -> bool:
    return (one.counted, one.why, one.detail) == (other.counted, other.why, other.detail)


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
