"""What may go wrong between the parts: messages twice, in any order, late; jobs that die before, after and half-way."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from chalicelib.kernel.errors import Unavailable

from .desk import Desk
from .house import Round

FAILING = 0.2


class Died(Exception):
    """The job died; its message comes again."""


@dataclass
class Chaos:
    """Works a round off in the worst of ways; in the end every message has been worked off at least once."""

    desk: Desk
    chance: random.Random
    halfway: bool = False
    late: Round = field(default_factory=list)

    def mess(self, waiting: Round) -> Round:
        """Deliver every message two to five times, shuffled, a fifth of them to a job that dies; give back nothing."""
        copies = [message for message in waiting for _ in range(self.chance.randint(2, 5))] + self.late
        # Some come once more hours later, when much else has happened.
        self.late = [message for message in waiting if self.chance.random() < 0.1]
        self.chance.shuffle(copies)
        again = [message for message in copies if not self._worked(*message)]
        while again:
            again = [message for message in again if not self._worked(*message)]
        return []

    def _worked(self, queue: str, message: dict[str, Any]) -> bool:
        how = self.chance.choice(("before", "after", "halfway" if self.halfway else "after"))
        if self.chance.random() >= FAILING:
            self.desk.work(queue, message)
            return True
        if how == "after":
            self.desk.work(queue, message)
        elif how == "halfway":
            self._halfway(queue, message)
        return False

    def _halfway(self, queue: str, message: dict[str, Any]) -> None:
        """Let the tables be away from the second commit of the job on, which is as if it died there."""
        left = [self.chance.randint(0, 1)]

        def away() -> None:
            if not left[0]:
                raise Unavailable
            left[0] -= 1

        self.desk.tables.before_commit = away
        try:
            self.desk.work(queue, message)
        except Unavailable:
            pass
        finally:
            self.desk.tables.before_commit = lambda: None


def unreliable(desk: Desk, chance: random.Random) -> Callable[[], None]:
    """Make a sweep that runs 0 to 3 times, and now and then dies in the middle of a page."""

    def sweep() -> None:
        for _ in range(chance.choice((0, 0, 1, 1, 1, 2, 3))):
            if chance.random() < 0.2:
                _killed(desk, chance.randint(0, 3))
            else:
                desk.sweep()

    return sweep


def _killed(desk: Desk, after: int) -> None:
    """Sweep as far as some due things, then die: some hints may be out, the heartbeat is not set."""
    sweeping = desk.services.sweeping
    until = sweeping.due.until

    def breaking(moment: Any) -> Any:
        for number, thing in enumerate(until(moment)):
            if number == after:
                raise Died
            yield thing

    sweeping.due.until = breaking
    try:
        sweeping.sweep(desk.now)
    except Died:
        pass
    finally:
        del sweeping.due.until


def minutes(desk: Desk, sweep: Callable[[], None], count: int) -> None:
    """Let minutes pass one by one, each with as many sweeps as there happen to be."""
    for _ in range(count):
        desk.now += timedelta(minutes=1)
        sweep()
        desk.drain()
