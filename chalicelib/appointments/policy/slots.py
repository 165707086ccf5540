"""Which visits can still be had, worked out from the facts each time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from chalicelib.sla.calendars import Calendar

from ..model import Branch, Channel, Counts, Day, Limit, Place, Service, Slot, Visit, Why
from .limits import limits
from .opening import Span, opened
from .visits import visit_at

Cells = Mapping[Place, Counts]
_NOBODY = Counts()
# Who is there already, or opens the door, needs no time to come.
_ON_THE_SPOT = frozenset({Channel.KIOSK, Channel.INTERNAL})


def day_of_slots(
    branch: Branch,
    calendar: Calendar,
    services: Sequence[Service],
    channel: Channel,
    day: date,
    cells: Cells,
    now: datetime,
) -> Day:
    """Give the free slots of a local day, or the first reason that leaves none."""
    doors = opened(branch, calendar, day)
    if day > branch.local_day(now) + timedelta(days=branch.horizon):
        return Day(day, (), Why.HORIZON)
    if not doors.spans:
        return Day(day, (), doors.closed_because, doors.reason)
    visits = [visit for span in doors.spans for visit in _visits(branch, services, span)]
    ahead = [visit for visit in visits if in_time(branch, channel, visit.starts_at, now)]
    told = [(visit, limits(branch, services, visit, channel, now)) for visit in ahead]
    free = [(visit, _left(bounds, cells, channel)) for visit, bounds in told]
    slots = tuple(Slot(visit.starts_at, visit.ends_at, left) for visit, left in free if left > 0)
    return Day(day, slots) if slots else Day(day, (), _why(visits, [bounds for _, bounds in told]))


def _why(visits: Sequence[Visit], bounds: Sequence[Sequence[Limit]]) -> str:
    if not visits:
        return Why.CLOSED
    if not bounds:
        return Why.LEAD_TIME
    return Why.FULL if any(all(limit.most > 0 for limit in each) for each in bounds) else Why.NO_STAFF


def _visits(branch: Branch, services: Sequence[Service], span: Span) -> Iterator[Visit]:
    """Give each visit that begins on the branch's grid and lies within an open stretch with all that it takes."""
    opens, closes = span
    at = opens
    while at < closes:
        visit = visit_at(at, services, branch.cell)
        if all(opens <= it.first and it.ends_at <= closes for it in visit.stretches):
            yield visit
        at += timedelta(minutes=branch.interval)


def in_time(branch: Branch, channel: Channel, start: datetime, now: datetime) -> bool:
    """Tell whether there is time enough until a visit begins."""
    lead = 0 if channel in _ON_THE_SPOT else branch.lead
    return start >= now + timedelta(minutes=lead)


def _left(bounds: Iterable[Limit], cells: Cells, channel: Channel) -> int:
    """Give how many more can have all of these cells."""
    found = []
    for limit in bounds:
        counts = cells.get((limit.pool, limit.start), _NOBODY)
        found.append(min(limit.most - counts.taken, limit.share - counts.of(channel)))
    return min(found)


def days_asked(branch: Branch, since: date | None, days: int, now: datetime) -> list[date]:
    """Give so many local days from a date on, today or later."""
    first = max(since or branch.local_day(now), branch.local_day(now))
    return [first + timedelta(days=number) for number in range(days)]


def nearest(slots: Iterable[Slot], wanted: datetime, most: int) -> list[datetime]:
    """Give the starts nearest to the one that was wanted, the earlier one first where two are as near."""
    starts = sorted((slot.starts_at for slot in slots), key=lambda at: (abs(at - wanted), at))
    return sorted(starts[:most])
