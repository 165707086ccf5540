"""Moves the clock from one due instant to the next, working everything off on the way."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from .clock import MovableClock

_PATIENCE = 60.0  # seconds without anything happening after which work is taken to be stuck
_LOOK = 0.005
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


class Agenda(Protocol):
    """Something that has instants at which it wants attention."""

    def next_after(self, moment: datetime) -> datetime | None: ...


class Stuck(Exception):
    """Work is left that does not get done; the text says where."""


@dataclass(frozen=True)
class Moved:
    """What a move of the clock brought about; `overdue` counts what is due and was tried, and still is not done."""

    now: datetime
    swept: int
    delivered: int
    overdue: int


class Settler:
    """Waits until nothing is under way any more."""

    def __init__(
        self,
        happened: Callable[[], int],
        resting: Callable[[], bool],
        caught_up: Callable[[float], bool],
        quiet: Callable[[], str | None],
        nudge: Callable[[], None],
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._happened = happened  # a count that changes with every call of a job, at its begin and its end
        self._resting = resting  # whether no job is in work
        self._caught_up = caught_up  # whether the streams were seen empty after that second
        self._quiet = quiet  # the name of a queue that still has work, if there is one
        self._nudge = nudge
        self._seconds = seconds
        self._sleep = sleep

    def settle(self) -> None:
        """Return when streams and queues are worked off; raises Stuck if they are not and nothing moves."""
        since, seen = self._seconds(), self._happened()
        while True:
            # Asking the engines costs more than looking here, so they are asked only in a quiet moment.
            where = self._left(seen) if self._resting() else "a job"
            if where is None:
                return
            if self._happened() != seen:
                since, seen = self._seconds(), self._happened()
            elif self._seconds() - since > _PATIENCE:
                raise Stuck(f"nothing happens, yet {where} is not worked off")
            self._sleep(_LOOK)

    def _left(self, seen: int) -> str | None:
        # In this order: a record that a job wrote is in the stream before its message leaves the queue.
        began = self._seconds()
        self._nudge()
        while not self._caught_up(began):
            if self._seconds() - began > 1:
                return "a stream"
            self._sleep(_LOOK)
        busy = self._quiet()
        if busy is None and self._happened() != seen:
            return "something"
        return busy


class Mover:
    """Moves the clock. Everybody is asked for the next instant; at each the schedules fire and everything is worked off."""

    def __init__(
        self,
        clock: MovableClock,
        agendas: Sequence[Agenda],
        overdue: Callable[[datetime], frozenset[Any]],
        fire: Callable[[], int],
        settle: Callable[[], None],
        delivered: Callable[[], int],
    ) -> None:
        self._clock = clock
        self._agendas = agendas
        self._overdue = overdue
        self._fire = fire
        self._settle = settle
        self._delivered = delivered
        self._fired = 0

    def move_to(self, target: datetime) -> Moved:
        """Bring the clock to a moment and return when everything due up to then has been worked off."""
        delivered, self._fired = self._delivered(), 0
        self._settle()
        place = self._clock.now()
        left, pause = self._work_off(), _MINUTE
        while (instant := self._next(place, pause if left else None)) is not None and instant <= target:
            self._clock.move_to(instant)
            before, left = left, self._work_off()
            pause = min(2 * pause, _DAY) if left == before else _MINUTE
            place = instant
        self._clock.move_to(target)
        left = self._work_off()
        return Moved(self._clock.now(), self._fired, self._delivered() - delivered, len(left))

    def _next(self, place: datetime, pause: timedelta | None) -> datetime | None:
        instants = [agenda.next_after(place) for agenda in self._agendas]
        if pause is not None:
            # What is left over had its hint lost: schedules take it up again in a minute, or more the longer it is late.
            instants.append(place + pause)
        return min((instant for instant in instants if instant is not None), default=None)

    def _work_off(self) -> frozenset[Any]:
        """Fire and settle until what is overdue is done, or does not change any more, and give what is left."""
        before: frozenset[Any] | None = None
        while True:
            self._fired += self._fire()
            self._settle()
            left = self._overdue(self._clock.now())
            if not left or left == before:
                return left
            before = left
