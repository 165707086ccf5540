"""The sweep."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.kernel.clock import text

from .. import policy
from ..model import DueThing, Sweep
from ..ports import DueIndex, Heartbeat, Outlet

_BATCH = 500


@dataclass(frozen=True)
class Sweeping:
    """Finds what is due; `queues` says, by the prefix of its id, which queue works it off."""

    due: DueIndex
    heartbeat: Heartbeat
    outlet: Outlet
    queues: Mapping[str, str]

    def sweep(self, now: datetime) -> Sweep:
        """Send a hint for everything due within the next minute; the heartbeat is set only when all of it was seen."""
        last = self.heartbeat.last()
        waiting: dict[str, list[DueThing]] = {}
        looked = sent = 0
        oldest = now
        for thing in self.due.until(now + policy.AHEAD):
            looked += 1
            oldest = min(oldest, thing.due_at)
            if policy.hint_now(thing.due_at, now, last):
                sent += 1
                queue = waiting.setdefault(self.queues[thing.id.partition("_")[0]], [])
                queue.append(thing)
                if len(queue) >= _BATCH:
                    self._send(waiting, now)
        self._send(waiting, now)
        self.heartbeat.beat(now)
        return Sweep(looked, sent, int((now - oldest).total_seconds()))

    def _send(self, waiting: dict[str, list[DueThing]], now: datetime) -> None:
        for queue, things in waiting.items():
            hints = [{"due": t.id, "pk": t.pk, "sk": t.sk, "at": text(t.due_at)} for t in things]
            self.outlet.send(queue, hints, [policy.delay(t.due_at, now) for t in things])
        waiting.clear()
