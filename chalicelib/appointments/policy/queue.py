"""In which order people are called, and why.

Whoever came counts since an instant, and the earliest is called first. That instant is fixed when they come: two people
never change places while they wait, and the order can be told to them as it is. It lies before their coming where they
booked, came late to a booking, or need support, but never by more than `MOST_CREDIT`: nobody who comes later than that
after somebody is called before them. Who came the same way is called in the order of their coming, or of their bookings.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ..model import Branch, Compared, Entry, Hall, Line, Reason, Standing, Status, Turn

BOOKED_CREDIT = timedelta(minutes=30)
LATE_CREDIT = timedelta(minutes=15)
SUPPORT_CREDIT = timedelta(minutes=15)
MOST_CREDIT = BOOKED_CREDIT + SUPPORT_CREDIT
# Who is called so often and does not come is put aside.
MOST_CALLS = 3
# A display is asked for every few seconds; one that shows what is older than this has lost its line.
STALE = timedelta(seconds=30)


def counts_since(line: Line, starts_at: datetime, arrived_at: datetime, *, needs_support: bool) -> datetime:
    """Give the instant since which somebody counts as waiting.

    Who booked and is in time: half an hour before their start, so before all who came without a booking since then. Who is
    late: a quarter of an hour before they came, but not before their start. Who needs support: a quarter of an hour more.
    """
    since = {
        Line.BOOKED: starts_at - BOOKED_CREDIT,
        Line.LATE: max(starts_at, arrived_at - LATE_CREDIT),
        Line.WALK_IN: arrived_at,
    }[line]
    if needs_support:
        since -= SUPPORT_CREDIT
    return max(since, arrived_at - MOST_CREDIT)


def reasons(turn: Turn) -> tuple[Reason, ...]:
    """Say what made the instant since which somebody counts; minutes are those at most."""
    credit = {Line.BOOKED: BOOKED_CREDIT, Line.LATE: LATE_CREDIT, Line.WALK_IN: timedelta()}[turn.line]
    found = [Reason(turn.line.value, _minutes(credit))]
    if turn.needs_support:
        found.append(Reason("needs_support", _minutes(SUPPORT_CREDIT)))
    return tuple(found)


def rank(entry: Entry, turn: Turn) -> tuple[datetime, datetime, int, str]:
    """Give what the order is by; who came in the same instant is told apart by the number they were given."""
    return turn.counts_since, turn.arrived_at, turn.number, entry.id


def in_order(entries: Iterable[Entry]) -> tuple[Standing, ...]:
    """Put whoever waits in order, each with the place in the queue of their pool."""
    waiting = [(entry, entry.turn) for entry in entries if entry.turn is not None]
    places: dict[str, int] = {}
    found = []
    for entry, turn in sorted(waiting, key=lambda pair: rank(*pair)):
        places[turn.pool] = places.get(turn.pool, 0) + 1
        found.append(Standing(entry, turn, places[turn.pool]))
    return tuple(found)


def hall(branch: Branch, entries: Iterable[Entry], now: datetime) -> Hall:
    """Sort a branch's day by what everybody is doing."""
    by: dict[str, list[Entry]] = {}
    for entry in entries:
        by.setdefault(entry.status, []).append(entry)
    return Hall(
        branch,
        now,
        waiting=in_order(by.get(Status.CHECKED_IN, ())),
        called=tuple(by.get(Status.CALLED, ())),
        serving=tuple(by.get(Status.SERVING, ())),
        parked=tuple(by.get(Status.PARKED, ())),
        expected=tuple(by.get(Status.BOOKED, ())),
    )


def suitable(standing: Standing, counter: str, services: Iterable[str], pool: str) -> bool:
    """Tell whether somebody may be called to a counter that does these services, or all of a pool, or anything."""
    turn, wanted = standing.turn, set(services)
    sent_here = turn.counter in ("", counter)
    return sent_here and pool in ("", turn.pool) and (not wanted or set(standing.entry.services) <= wanted)


def compared(one: Standing, other: Standing) -> Compared:
    """Say which of two is called first, and by what that is decided."""
    first, second = sorted((one, other), key=lambda standing: rank(standing.entry, standing.turn))
    if first.turn.counts_since != second.turn.counts_since:
        return Compared(first, second, "counts_longer")
    return Compared(first, second, "came_first" if first.turn.arrived_at != second.turn.arrived_at else "number")


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60
