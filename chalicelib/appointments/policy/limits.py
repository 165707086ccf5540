"""How many can be served at once, through whom, and how late somebody may change their mind."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import inf

from chalicelib.kernel.clock import text
from chalicelib.kernel.limits import Limit as Rate

from ..model import Appointment, Branch, Channel, Leave, Limit, Place, Service, Status, TooLate, Visit
from .measures import cap_at
from .opening import span

# Bots book whatever there is; a person has hardly more to do at once.
MOST_OPEN = 3
# How often, at most: times held by one customer, and by all behind one address (an office, a phone company); free times
# asked for from one address. Within an hour or a minute by the clock.
HELD_BY_ONE, HELD_FROM_ONE = Rate(20, timedelta(hours=1)), Rate(600, timedelta(hours=1))
SEARCHES = Rate(240, timedelta(minutes=1))


def most_at_once(branch: Branch, pool: str, start: datetime) -> int:
    """Give how many counters of a pool are staffed in a cell."""
    if not branch.leaves:
        return branch.counters.get(pool, 0)
    away = sum(leave.counters for leave in branch.leaves if leave.pool == pool and _away(branch, leave, start))
    return max(0, branch.counters.get(pool, 0) - away)


def _away(branch: Branch, leave: Leave, start: datetime) -> bool:
    day = branch.local_day(start)
    if not leave.first <= day <= leave.last:
        return False
    if leave.block is None:
        return True
    opens, closes = span(branch.timezone, day, leave.block)
    return start < closes and opens < start + timedelta(minutes=branch.cell)


def limits(
    branch: Branch, services: Sequence[Service], visit: Visit, channel: Channel, now: datetime
) -> tuple[Limit, ...]:
    """Give the limits under which a visit's cells can be had now: of its pool, and of the channel's share of it."""
    return tuple(limit(branch, services, place, channel, now) for place in visit.cells())


def limit(branch: Branch, services: Sequence[Service], place: Place, channel: Channel, now: datetime) -> Limit:
    """Give the limit of one cell; what other channels did not give away of it is free `release` hours before it begins.

    Shares are those of the counters there are: a cap leaves each channel what it has, as far as there is room for all.
    """
    pool, start = place
    more = min(service.overbooking for service in services)
    staffed = most_at_once(branch, pool, start) * (100 + more) // 100
    most = int(min(staffed, capped(branch, place))) if branch.measures else staffed
    released = now >= start - timedelta(hours=branch.release)
    return Limit(pool, start, most, most if released else min(most, _share(branch, channel, staffed)))


def capped(branch: Branch, place: Place) -> float:
    """Give how many a cell may have under the measures in force; without a cap, as many as one likes."""
    pool, start = place
    cap = cap_at(branch, pool, start, {each: most_at_once(branch, each, start) for each in {*branch.counters, pool}})
    return inf if cap is None else cap


def _share(branch: Branch, channel: Channel, most: int) -> int:
    """Give a channel its part of so many: whole ones, the largest remainders first, so that the parts make up the whole."""
    if not branch.shares:
        return most
    order = list(Channel)
    parts = {each: divmod(most * branch.shares.get(each, 0), 100) for each in order}
    left = most - sum(whole for whole, _ in parts.values())
    first = sorted(order, key=lambda each: (-parts[each][1], order.index(each)))[:left]
    return parts[channel][0] + (channel in first)


def check_late(appointment: Appointment, now: datetime) -> None:
    """Raise TooLate where the rule of the services forbids a customer to move or cancel.

    Not who needs support, nor who was told that the branch cannot receive them.
    """
    if is_late(appointment, now) and not appointment.support_needs and not appointment.may_choose:
        raise TooLate(hours=appointment.late_hours, until=text(_last_moment(appointment)))


def is_late(appointment: Appointment, now: datetime) -> bool:
    """Tell whether the hours of its rule have begun."""
    return appointment.status == Status.BOOKED and now >= _last_moment(appointment)


def _last_moment(appointment: Appointment) -> datetime:
    return appointment.starts_at - timedelta(hours=appointment.late_hours)
