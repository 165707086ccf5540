"""Which visits can still be had, worked out from the facts each time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from chalicelib.sla.calendars import Calendar

from ..model import Asked, Branch, Channel, Counts, Day, Place, Slot, Visit, Why
from .limits import limit, most_at_once
from .measures import buffer_at, buffer_changes
from .opening import Span, opened
from .visits import visit_at

Cells = Mapping[Place, Counts]
_NOBODY = Counts()
# Who is there already, or opens the door, needs no time to come.
_ON_THE_SPOT = frozenset({Channel.KIOSK, Channel.INTERNAL})


def shut(asked: Asked, calendar: Calendar, day: date, now: datetime) -> Day | None:
    """Give a local day on which nobody can come whoever is booked, or None if what is booked has to be looked at."""
    branch = asked.branch
    if day > branch.local_day(now) + timedelta(days=branch.horizon):
        return Day(day, (), Why.HORIZON)
    doors = opened(branch, calendar, day)
    if not doors.spans:
        return Day(day, (), doors.closed_because, doors.reason)
    if not in_time(branch, asked.channel, doors.spans[-1][1], now):
        return Day(day, (), Why.LEAD_TIME)
    return None


def day_of_slots(asked: Asked, calendar: Calendar, day: date, cells: Cells, now: datetime) -> Day:
    """Give the free slots of a local day on which the doors are open, or the first reason that leaves none."""
    rows = [row for span in opened(asked.branch, calendar, day).spans for row in _rows(span, asked)]
    earliest = now + _lead(asked.branch, asked.channel)
    left = _Left(asked, cells, now)
    slots: list[Slot] = []
    ahead: list[_Row] = []
    for row in rows:
        row = row.since(earliest)
        ahead += [row] if row.numbers else []
        length = row.first.ends_at - row.first.starts_at
        for number in row.numbers:
            later = row.step * number
            seats = min([left.of((pool, start + later)) for pool, start in row.cells])
            if seats > 0:
                start = row.first.starts_at + later
                slots.append(Slot(start, start + length, seats))
    return Day(day, tuple(slots)) if slots else Day(day, (), _why(asked.branch, rows, ahead))


def _why(branch: Branch, rows: Sequence["_Row"], ahead: Sequence["_Row"]) -> str:
    if not any(row.numbers for row in rows):
        return Why.CLOSED
    if not ahead:
        return Why.LEAD_TIME
    visits = (row.first.later(row.step * number) for row in ahead for number in row.numbers)
    staffed = any(all(most_at_once(branch, *place) for place in visit.cells()) for visit in visits)
    return Why.FULL if staffed else Why.NO_STAFF


def _rows(span: Span, asked: Asked) -> list["_Row"]:
    """Lay visits into an open stretch: one row, or one for each part of it with buffers of its own."""
    marks = [span[0], *buffer_changes(asked.branch, *span), span[1]]
    return [
        _Row.within(span, asked, buffer_at(asked.branch, begins)).since(begins).before(ends)
        for begins, ends in pairwise(marks)
    ]


@dataclass(frozen=True)
class _Row:
    """The visits of an open stretch, or a part of it: one that begins when the doors open, and how many steps later others may.

    Opening times and steps are whole cells, so each takes the same cells as the first, later.
    """

    first: Visit
    step: timedelta
    numbers: range
    cells: tuple[Place, ...]

    @classmethod
    def within(cls, span: Span, asked: Asked, extra: int) -> "_Row":
        """Lay visits into an open stretch, so that each lies within it with all that it takes, `extra` minutes included."""
        (opens, closes), step = span, timedelta(minutes=asked.branch.interval)
        first = visit_at(opens, asked.services, asked.branch.cell, extra)
        early = opens - min(stretch.first for stretch in first.stretches)
        room = closes - max(stretch.ends_at for stretch in first.stretches)
        return cls(first, step, range(-(-early // step), room // step + 1), tuple(first.cells()))

    def since(self, earliest: datetime) -> "_Row":
        """Give those that begin at an instant or later."""
        least = -((self.first.starts_at - earliest) // self.step)
        return replace(self, numbers=range(max(self.numbers.start, least), self.numbers.stop))

    def before(self, end: datetime) -> "_Row":
        """Give those that begin before an instant."""
        most = -((self.first.starts_at - end) // self.step)
        return replace(self, numbers=range(self.numbers.start, min(self.numbers.stop, most)))


class _Left:
    """How many more can have each cell; neighbouring visits share most of theirs."""

    def __init__(self, asked: Asked, cells: Cells, now: datetime) -> None:
        self._asked, self._cells, self._now = asked, cells, now
        self._known: dict[Place, int] = {}

    def of(self, place: Place) -> int:
        """Count what is left of one cell."""
        known = self._known.get(place)
        if known is None:
            bound = limit(self._asked.branch, self._asked.services, place, self._asked.channel, self._now)
            counts = self._cells.get(place, _NOBODY)
            known = min(bound.most - counts.taken, bound.share - counts.of(self._asked.channel))
            self._known[place] = known
        return known


def in_time(branch: Branch, channel: Channel, start: datetime, now: datetime) -> bool:
    """Tell whether there is time enough until a visit begins."""
    return start >= now + _lead(branch, channel)


def _lead(branch: Branch, channel: Channel) -> timedelta:
    return timedelta(minutes=0 if channel in _ON_THE_SPOT else branch.lead)


def visit_wanted(asked: Asked, calendar: Calendar, start: datetime, now: datetime) -> tuple[Visit | None, str]:
    """Give the visit that begins at an instant if one may, or else why none does; whether it is full is not looked at."""
    day = asked.branch.local_day(start)
    closed = shut(asked, calendar, day, now)
    if closed is not None:
        return None, closed.closed_because
    if not in_time(asked.branch, asked.channel, start, now):
        return None, Why.LEAD_TIME
    for span in opened(asked.branch, calendar, day).spans:
        for row in _rows(span, asked):
            number, rest = divmod(start - row.first.starts_at, row.step)
            if not rest and number in row.numbers:
                return row.first.later(row.step * number), ""
    return None, Why.CLOSED


def nearest(slots: Iterable[Slot], wanted: datetime, most: int) -> list[datetime]:
    """Give the starts nearest to the one that was wanted, the earlier one first where two are as near."""
    starts = sorted((slot.starts_at for slot in slots), key=lambda at: (abs(at - wanted), at))
    return sorted(starts[:most])
