"""Which visits can still be had, worked out from the facts each time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from chalicelib.sla.calendars import Calendar

from ..model import Asked, Branch, Channel, Counts, Day, Place, Slot, Visit, Why
from .limits import limit, most_at_once
from .measures import buffer_at
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
    branch, channel = asked.branch, asked.channel
    visits = [visit for span in opened(branch, calendar, day).spans for visit in _visits(asked, span)]
    ahead = [visit for visit in visits if in_time(branch, channel, visit.starts_at, now)]
    left: dict[Place, int] = {}

    def free(place: Place) -> int:
        # Neighbouring visits share most of their cells.
        if place not in left:
            bound = limit(branch, asked.services, place, channel, now)
            counts = cells.get(place, _NOBODY)
            left[place] = min(bound.most - counts.taken, bound.share - counts.of(channel))
        return left[place]

    told = [(visit, min(map(free, visit.cells()))) for visit in ahead]
    slots = tuple(Slot(visit.starts_at, visit.ends_at, seats) for visit, seats in told if seats > 0)
    return Day(day, slots) if slots else Day(day, (), _why(branch, visits, ahead))


def _why(branch: Branch, visits: Sequence[Visit], ahead: Sequence[Visit]) -> str:
    if not visits:
        return Why.CLOSED
    if not ahead:
        return Why.LEAD_TIME
    staffed = any(all(most_at_once(branch, *place) for place in visit.cells()) for visit in ahead)
    return Why.FULL if staffed else Why.NO_STAFF


def _visits(asked: Asked, span: Span) -> Iterator[Visit]:
    """Give each visit that begins on the branch's grid and lies within an open stretch with all that it takes."""
    opens, closes = span
    step, number = timedelta(minutes=asked.branch.interval), 0
    first: dict[int, Visit] = {}
    while opens + step * number < closes:
        extra = buffer_at(asked.branch, opens + step * number)
        if extra not in first:
            first[extra] = visit_at(opens, asked.services, asked.branch.cell, extra)
        # Opening times and the interval are whole cells, so one visit takes the same cells as another, later.
        visit = first[extra].later(step * number)
        if all(opens <= it.first and it.ends_at <= closes for it in visit.stretches):
            yield visit
        number += 1


def in_time(branch: Branch, channel: Channel, start: datetime, now: datetime) -> bool:
    """Tell whether there is time enough until a visit begins."""
    lead = 0 if channel in _ON_THE_SPOT else branch.lead
    return start >= now + timedelta(minutes=lead)


def visit_wanted(asked: Asked, calendar: Calendar, start: datetime, now: datetime) -> tuple[Visit | None, str]:
    """Give the visit that begins at an instant if one may, or else why none does; whether it is full is not looked at."""
    day = asked.branch.local_day(start)
    closed = shut(asked, calendar, day, now)
    if closed is not None:
        return None, closed.closed_because
    if not in_time(asked.branch, asked.channel, start, now):
        return None, Why.LEAD_TIME
    for span in opened(asked.branch, calendar, day).spans:
        for visit in _visits(asked, span):
            if visit.starts_at == start:
                return visit, ""
    return None, Why.CLOSED


def nearest(slots: Iterable[Slot], wanted: datetime, most: int) -> list[datetime]:
    """Give the starts nearest to the one that was wanted, the earlier one first where two are as near."""
    starts = sorted((slot.starts_at for slot in slots), key=lambda at: (abs(at - wanted), at))
    return sorted(starts[:most])
