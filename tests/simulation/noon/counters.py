"""The clerks of both branches: they call, serve, put aside, send on, and mark who does not follow."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from chalicelib.appointments.model import NobodyWaiting, Proof

if TYPE_CHECKING:
    from .day import NoonDay

SEEN = Proof("id-card", True, "9f" * 32)
Line = tuple[str, str]  # a branch, and a kind of counter


class Counters:
    """Each is free, or has one visitor; whoever comes, and whoever is free, makes them look at the queue."""

    def __init__(self, day: "NoonDay", staffed: dict[Line, int]) -> None:
        self.day = day
        self.free = {line: [f"{line[1][0]}{number}" for number in range(many, 0, -1)] for line, many in staffed.items()}
        self.stirred: set[Line] = set()
        self.followed: dict[str, int] = defaultdict(int)

    def stir(self, branch: str, pool: str) -> None:
        """Let the counters of a line look once more."""
        self.stirred.add((branch, pool))

    def look(self) -> None:
        """Call for every free counter of the lines in which something moved."""
        for line in sorted(self.stirred):
            while self.free[line] and self._call(line):
                pass
        self.stirred.clear()

    def _call(self, line: Line) -> bool:
        branch, pool = line
        try:
            called = self.day.services.calling.call_next(branch, self.free[line][-1], (), pool, self.day.clerk(branch))
        except NobodyWaiting:
            return False
        counter = self.free[line].pop()
        self.day.diary(called.id, "called")
        follows = self.day.chance.random() < 0.95
        self.day.after(1 if follows else 3, lambda: self._serve(called.id, line, counter, follows))
        return True

    def _serve(self, id_: str, line: Line, counter: str, follows: bool) -> None:
        day, clerk = self.day, self.day.clerk(line[0])
        if not follows:
            day.services.calling.recall(id_, clerk)
            return day.after(3, lambda: self._once_more(id_, line, counter))
        if day.chance.random() < 0.04 and self.followed[id_] == 0:
            day.services.calling.park(id_, "fetches", clerk)
            day.diary(id_, "fetches something")
            day.after(12, lambda: self._back(id_, line))
            return self._free(line, counter)
        self.followed[id_] += 1
        served = day.services.calling.serve(id_, SEEN, clerk)
        usual = (served.ends_at - served.starts_at).total_seconds() / 60
        return day.after(usual * day.chance.uniform(0.5, 1.1), lambda: self._done(id_, line, counter))

    def _once_more(self, id_: str, line: Line, counter: str) -> None:
        if self.day.chance.random() < 0.6:
            return self._serve(id_, line, counter, follows=True)
        self.day.services.missing.no_show(id_, self.day.clerk(line[0]))
        self.day.diary(id_, "left without a word")
        return self._free(line, counter)

    def _done(self, id_: str, line: Line, counter: str) -> None:
        day, (branch, pool) = self.day, line
        others = [to for of, to in self.free if of == branch and to != pool]
        if self.followed[id_] == 1 and day.chance.random() < 0.03:
            day.services.calling.transfer(id_, "", others[0], "", day.clerk(branch))
            day.diary(id_, "sent on")
            self.stir(branch, others[0])
        else:
            day.services.calling.done(id_, day.clerk(branch))
            day.diary(id_, "served")
        self._free(line, counter)

    def _back(self, id_: str, line: Line) -> None:
        self.day.services.calling.back(id_, self.day.clerk(line[0]))
        self.stir(*line)

    def _free(self, line: Line, counter: str) -> Any:
        self.free[line].append(counter)
        self.stir(*line)
