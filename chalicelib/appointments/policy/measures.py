"""What measures of continuity do to a branch's time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from ..model import Branch, grid

Span = tuple[datetime, datetime]
# So many hours a kind of counter has the branch to itself, where not even one each may be in use.
TURN = 2


def cut(branch: Branch, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Give open stretches without the time in which a measure closes the branch; what is left begins on whole cells."""
    left = list(spans)
    for measure in branch.measures:
        if measure.closed:
            shut, opens = grid(measure.since, branch.cell), measure.until and grid(measure.until, branch.cell, up=True)
            left = [piece for span in left for piece in _without(span, shut, opens)]
    return tuple(left)


def _without(span: Span, shut: datetime, opens: datetime | None) -> Iterable[Span]:
    begins, ends = span
    if begins < min(shut, ends):
        yield begins, min(shut, ends)
    if opens is not None and max(opens, begins) < ends:
        yield max(opens, begins), ends


def shut_because(branch: Branch, spans: Iterable[Span]) -> Mapping[str, str] | None:
    """Give the reason of a measure that closes any of those stretches."""
    for begins, ends in spans:
        for measure in branch.measures:
            if measure.closed and measure.since < ends and (measure.until is None or measure.until > begins):
                return measure.reason
    return None


def cap_at(branch: Branch, pool: str, at: datetime, counters: Mapping[str, int]) -> int | None:
    """Give how many of a pool's counters may be in use under the lowest cap in force; None without one.

    A cap is on people in the branch. It is apportioned to the pools, so that all together never exceed it, and a cell needs
    no count beside its own: one for each that is staffed, the rest by what they have beyond that. A cap too low for one each
    goes round among them.
    """
    caps = [measure.cap for measure in branch.measures if measure.cap is not None and measure.holds(at)]
    if not caps:
        return None
    cap, staffed = min(caps), {each: count for each, count in sorted(counters.items()) if count}
    if pool not in staffed or sum(staffed.values()) <= cap:
        return counters[pool]
    if cap < len(staffed):
        return int(pool in _turn(branch, at, list(staffed), cap))
    rest, beyond = cap - len(staffed), sum(staffed.values()) - len(staffed)
    parts = {each: divmod(rest * (count - 1), beyond) for each, count in staffed.items()}
    left = rest - sum(whole for whole, _ in parts.values())
    first = sorted(parts, key=lambda each: (-parts[each][1], each))[:left]
    return 1 + parts[pool][0] + (pool in first)


def _turn(branch: Branch, at: datetime, pools: Sequence[str], many: int) -> Sequence[str]:
    """Name the pools whose turn it is by the clocks at a branch; another one begins each day."""
    local = at.astimezone(branch.zone)
    turn = local.toordinal() + local.hour // TURN
    return [pools[(turn + number) % len(pools)] for number in range(many)]


def buffer_at(branch: Branch, at: datetime) -> int:
    """Give the minutes that are to stay free after a visit beginning then, beyond what its services ask for."""
    return max((measure.buffer for measure in branch.measures if measure.holds(at)), default=0)


def buffer_changes(branch: Branch, opens: datetime, closes: datetime) -> list[datetime]:
    """Give the instants within an open stretch at which that may be another number of minutes."""
    ends = (at for measure in branch.measures if measure.buffer for at in (measure.since, measure.until))
    return sorted({at for at in ends if at is not None and opens < at < closes})


def declares(branch: Branch, at: datetime) -> bool:
    """Tell whether who comes then has to say how they are."""
    return any(measure.health and measure.holds(at) for measure in branch.measures)


def appointment_only(branch: Branch, at: datetime) -> bool:
    """Tell whether nobody is received then who has not booked: by appointment only, or behind closed doors."""
    return any((measure.appointment_only or measure.closed) and measure.holds(at) for measure in branch.measures)


def days_of(branch: Branch, since: datetime, until: datetime | None, now: datetime) -> list[date]:
    """List the local days from today on, as far ahead as can be booked, between two instants, or from one on."""
    today = branch.local_day(now)
    first, last = max(today, branch.local_day(since)), today + timedelta(days=branch.horizon)
    if until is not None:
        last = min(last, branch.local_day(until))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
