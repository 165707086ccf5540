"""A count written down line by line, so that a person can do it again by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

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
    for (counted, why, detail), run in groupby(stretches, attrgetter("counted", "why", "detail")):
        alike = list(run)
        first, last = alike[0], alike[-1]
        if counted:
            days += len(alike)
            spent += sum((stretch.end - stretch.start for stretch in alike), timedelta(0))
        if first.day is not None and last.day is not None:
            lines.append(Line(first.day.isoformat(), last.day.isoformat(), counted, why, detail, days))
        else:
            total = round(spent / HOUR, 6)
            lines.append(Line(_instant(first.start), _instant(last.end), counted, why, detail, total))
    return tuple(lines)


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
