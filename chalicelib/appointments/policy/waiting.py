"""How long somebody will wait, from what was measured; and what is measured."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from math import ceil, sqrt

from ..model import Appointment, Entry, Figure, Hall, Service, Status, Tally, Turn, Wait
from .limits import most_at_once
from .papers import LEAST
from .queue import BOOKED_CREDIT, rank

# So many visits of a service were served at a branch before their mean is believed instead of the catalogue's duration.
MEASURED = 5
# So many bookings came or did not before their share is believed.
BOOKED_ENOUGH = 50
_PACE = tuple[float, float]


def pace(service: Service | None, figure: Figure | None) -> _PACE:
    """Give mean and variance of the seconds a service takes: measured, or half as long again either way of the usual."""
    if figure is not None and figure.served >= MEASURED:
        mean = figure.seconds / figure.served
        return mean, max(0.0, figure.squares / figure.served - mean * mean)
    usual = service.minutes * 60.0 if service else 900.0
    return usual, (usual / 2) ** 2


class Paces:
    """How fast things go at a branch; services that are not in the catalogue any more count a quarter of an hour."""

    def __init__(self, services: Mapping[str, Service], measured: Mapping[str, Figure]) -> None:
        self._services, self._measured = services, measured

    def of(self, entry: Entry) -> _PACE:
        """Give mean and variance of the seconds one visit takes: what its services take, one after the other.

        What accepted documents save is taken off, since it was taken off the visit.
        """
        each = [pace(self._services.get(id_), self._measured.get(id_)) for id_ in entry.services]
        took = sum(mean for mean, _ in each)
        return max(min(took, LEAST * 60.0), took - self._saved(entry)), sum(spread for _, spread in each)

    def _saved(self, entry: Entry) -> float:
        """Give by how many seconds a visit is shorter than what the catalogue says of its services."""
        if entry.ends_at is None or any(id_ not in self._services for id_ in entry.services):
            return 0.0
        usual = sum(self._services[id_].minutes for id_ in entry.services) * 60.0
        return max(0.0, usual - (entry.ends_at - entry.starts_at).total_seconds())

    def pool(self, entry: Entry) -> str:
        """Name the pool somebody is for: where they were sent, or that of their first service."""
        if entry.turn is not None:
            return entry.turn.pool
        first = self._services.get(entry.services[0])
        return first.pool if first else ""


def wait_of(me: Entry, turn: Turn, hall: Hall, paces: Paces) -> Wait:
    """Tell somebody's place, and after how many minutes they are called: at best, and as a rule.

    At best those ahead are as quick as many are, and nobody comes any more; as a rule they are as slow as many are, and
    whoever is booked and has a claim to be called before comes.
    """
    mine = rank(me, turn)
    ahead = [it.entry for it in hall.waiting if it.turn.pool == turn.pool and rank(it.entry, it.turn) < mine]
    busy = [entry for entry in hall.busy if paces.pool(entry) == turn.pool]
    coming = [it for it in hall.expected if it.id != me.id and paces.pool(it) == turn.pool]
    coming = [it for it in coming if hall.as_of <= it.starts_at < turn.counts_since + BOOKED_CREDIT]
    counters = max(1, most_at_once(hall.branch, turn.pool, hall.as_of))
    best = _minutes(ahead, busy, counters, hall.as_of, paces, -1)
    rule = _minutes([*ahead, *coming], busy, counters, hall.as_of, paces, 1)
    return Wait(len(ahead) + 1, int(best), ceil(rule))


def _minutes(
    ahead: Iterable[Entry], busy: Iterable[Entry], counters: int, now: datetime, paces: Paces, sign: int
) -> float:
    """Share the work ahead among the counters, the spread of it added or taken away."""
    waiting, served = [paces.of(entry) for entry in ahead], [(paces.of(entry), entry.turn) for entry in busy]
    if len(waiting) + len(served) < counters:
        return 0.0
    left = [max(0.0, mean - _since(turn, now)) for (mean, _), turn in served]
    work = sum(mean for mean, _ in waiting) + sum(left)
    spread = sqrt(sum(spread for _, spread in waiting) + sum(spread for (_, spread), _ in served))
    return max(0.0, work + sign * spread) / counters / 60


def _since(turn: Turn | None, now: datetime) -> float:
    return (now - turn.served_at).total_seconds() if turn and turn.served_at else 0.0


def measured(before: Appointment | None, after: Appointment) -> Tally | None:
    """Say what a step adds to the sums of its branch, day and first service; None if nothing."""
    figure = _figure(before, after)
    if not figure.counted:
        return None
    branch, _, day = after.day.partition("#")
    return Tally(branch, day, after.services[0], figure)


def _figure(before: Appointment | None, after: Appointment) -> Figure:
    booked, turn = before is not None and before.status == Status.BOOKED, after.turn
    match after.status:
        case Status.CHECKED_IN if booked:
            return Figure(came=1)
        case Status.CHECKED_IN if before is not None and before.status == Status.NO_SHOW:
            return Figure(came=1, missed=-1)
        case Status.NO_SHOW if booked:
            return Figure(missed=1)
        case Status.CALLED if turn and turn.called_at and not (before and before.turn and before.turn.called_at):
            return _called(turn, int((turn.called_at - turn.arrived_at).total_seconds()))
        case Status.DONE if turn and turn.served_at and turn.ended_at and len(after.services) == 1:
            # Of several services in one visit nobody knows which took how long.
            took = int((turn.ended_at - turn.served_at).total_seconds())
            ahead = int(after.accepted > 0)
            sums = Figure(served=1, seconds=took, squares=took * took)
            return sums.plus(Figure(prepared=ahead, prepared_seconds=took * ahead))
    return Figure()


def _called(turn: Turn, waited: int) -> Figure:
    if turn.wait is None:
        return Figure(called=1, waited=waited)
    kept = turn.wait.optimistic <= waited // 60 <= turn.wait.normal
    off = abs(waited - turn.wait.normal * 60)
    return Figure(called=1, waited=waited, promised=1, kept=int(kept), off=off)


def overbooking(allowed: int, figure: Figure | None) -> int:
    """Give how many percent more than can be served may be booked: as many as do not come, and what is allowed at most.

    Nothing until enough bookings were counted: whoever comes has to be served.
    """
    if figure is None or figure.came + figure.missed < BOOKED_ENOUGH or not figure.came:
        return 0
    return min(allowed, 100 * figure.missed // figure.came)
