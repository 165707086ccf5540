"""Which bookings cannot take place as agreed, where else they could, and how long the customer has to say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from math import inf

from chalicelib.sla.calendars import Calendar

from ..model import Appointment, Branch, How, Place, Slot, Status
from .limits import capped
from .near import distance
from .opening import opened

# Who is moved comes to a branch they can reach, and on the same day: rather a little later than far, rather farther than
# much later.
FARTHEST = 50_000  # metres
NEAR = (timedelta(hours=1), timedelta(hours=3))
MOST_BRANCHES = 5
ANSWER_WITHIN = timedelta(hours=24)
ANSWER_BEFORE = timedelta(hours=2)
ANSWER_AT_LEAST = timedelta(minutes=30)
_THERE = (Status.CHECKED_IN, Status.CALLED, Status.SERVING, Status.PARKED)


def affected(
    branch: Branch, calendar: Calendar, day: date, booked: Iterable[Appointment], now: datetime
) -> list[Appointment]:
    """Give the bookings of a local day for which doors are shut or a cap leaves no room, by priority.

    Who needs support comes first, then who booked first: they also keep their time where a cap has room for some. Who is
    there already is counted and stays; who has been told already is not named again.
    """
    doors = opened(branch, calendar, day).spans
    known = list(booked)
    kept: Counter[Place] = Counter(
        place for it in known if it.status in _THERE and it.visit for place in it.visit.cells()
    )
    found = []
    for it in sorted((it for it in known if it.status is Status.BOOKED and it.starts_at > now), key=priority):
        cells = list(it.visit.cells()) if it.visit else []
        received = any(opens <= it.starts_at and it.ends_at <= closes for opens, closes in doors)
        if received and all(kept[place] < capped(branch, place) for place in cells):
            kept.update(cells)
        elif not informed(it):
            found.append(it)
    return found


def standing_again(
    branch: Branch, calendar: Calendar, day: date, booked: Iterable[Appointment], now: datetime
) -> list[Appointment]:
    """Give those of a local day who were told to choose and need not any more: the branch receives them after all."""
    waiting = [
        it for it in booked if it.status is Status.BOOKED and informed(it) and it.rebooking and it.rebooking.open
    ]
    still = [it.told_nothing() for it in waiting]
    gone = {it.id for it in affected(branch, calendar, day, still, now)}
    return [it for it in waiting if it.id not in gone and it.starts_at > now]


def informed(appointment: Appointment) -> bool:
    """Tell whether the customer was told that it cannot take place where and when it still stands."""
    last = appointment.rebooking
    if last is None or last.how is How.MOVED or not last.open:
        return False
    return (last.branch, last.starts_at) == (appointment.branch, appointment.starts_at)


def priority(appointment: Appointment) -> tuple[bool, str]:
    """Sort by who needs support, then by when it was booked: ids sort by the time at which they were made."""
    return not appointment.support_needs, appointment.id


def nearby(branch: Branch, others: Iterable[Branch]) -> list[Branch]:
    """Give the branches somebody could be sent to, the nearest first; the same one at another time is nearest."""
    here = (branch.latitude, branch.longitude)
    at = None if here[0] is None or here[1] is None else (here[0], here[1])
    far = {other.id: 0.0 if other.id == branch.id else distance(other, at) for other in others if other.active}
    known = {other.id: other for other in others}
    reachable = [
        id_ for id_, metres in far.items() if metres <= FARTHEST or (metres == inf and known[id_].unit == branch.unit)
    ]
    return [known[id_] for id_ in sorted(reachable, key=lambda id_: (far[id_], id_))][:MOST_BRANCHES]


def near_times(free: Sequence[tuple[Branch, Sequence[Slot]]], wanted: datetime) -> list[tuple[Branch, datetime]]:
    """Give branches and starts near the one that was agreed, best first; branches come the nearest first."""
    found = []
    for closer, wider in zip((timedelta(-1), *NEAR), NEAR, strict=False):
        for branch, slots in free:
            apart = sorted((abs(slot.starts_at - wanted), slot.starts_at) for slot in slots)
            found += [(branch, start) for by, start in apart if closer < by <= wider]
    return found


def answer_by(now: datetime, starts_at: datetime) -> datetime:
    """Say until when the customer may choose: within a day, two hours before it begins, but never at once."""
    return max(now + ANSWER_AT_LEAST, min(now + ANSWER_WITHIN, starts_at - ANSWER_BEFORE))
