"""The wiring of a deployment on tables, queues and a provider in memory, and the time that passes there."""

import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from heapq import heappop, heappush
from typing import Any

from chalicelib import bootstrap
from chalicelib.kernel import clock
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.calls import Call
from chalicelib.kernel.tokens import Keys
from chalicelib.kernel.wording import Wording
from chalicelib.sla.escalation import Escalations
from chalicelib.sla.packs import Packs
from tests.fakes import FakeIssuer, FakeProvider

from .tables import MemoryTables

KEYS = Keys(b"a root secret for simulations")
Round = list[tuple[str, dict[str, Any]]]


@dataclass
class Queues:
    """Queues with delays on the simulation's own clock; `mess` rearranges, doubles or drops what is ready in a round."""

    now: Callable[[], datetime]
    waiting: list[tuple[datetime, int, str, dict[str, Any]]] = field(default_factory=list)
    count: int = 0
    sent: Counter[str] = field(default_factory=Counter)

    def send(self, queue: str, messages: Sequence[Mapping[str, Any]], delays: Sequence[int] = ()) -> None:
        for number, message in enumerate(messages):
            at = self.now() + timedelta(seconds=delays[number] if delays else 0)
            self.put(queue, json.loads(json.dumps(message)), at)

    def put(self, queue: str, message: dict[str, Any], at: datetime) -> None:
        """Let a message be visible from an instant on."""
        self.count += 1
        self.sent[queue] += 1
        heappush(self.waiting, (at, self.count, queue, message))

    def ready(self) -> list[tuple[str, dict[str, Any]]]:
        """Take out what is visible now, oldest first."""
        found = []
        while self.waiting and self.waiting[0][0] <= self.now():
            _, _, queue, message = heappop(self.waiting)
            found.append((queue, message))
        return found

    def next_at(self) -> datetime | None:
        """Tell when the next message is to be seen."""
        return self.waiting[0][0] if self.waiting else None

    def depth(self, queue: str) -> dict[str, int]:
        return {"waiting": sum(1 for _, _, name, _ in self.waiting if name == queue), "in_flight": 0, "dead": 0}


class House:
    """Every service on tables in memory; its clock stands at `now`, and whatever is random comes from `seed`."""

    def __init__(self, tables: MemoryTables, seed: int | str, now: datetime) -> None:
        self.now = now
        self.chance = random.Random(seed)
        clock.use(lambda: self.now)
        self.tables = tables
        self.queues = Queues(lambda: self.now)
        self.provider = FakeProvider()
        self.actors: dict[str, Actor] = {}
        self.requests = 0
        bootstrap.services.cache_clear()
        self.services = bootstrap.services()
        self.services.__dict__.update(wired(self.tables, self.queues, self.provider))

    def call(self, who: str) -> Call:
        """Make the call of somebody, now."""
        self.requests += 1
        return Call(self.actors[who], self.now, f"req-{self.requests}", "simulation", self.chance.randbytes)

    # --- queues and time ---------------------------------------------------------------------------------------------

    def work(self, queue: str, message: dict[str, Any]) -> str:
        """Hand one message to the job of its queue, without what Lambda wraps around it; what it raises is its failure."""
        return str(_jobs()[queue](message))

    def publish(self) -> None:
        """Hand what was recorded to the queues, as the stream of the ledger does."""
        fresh, self.tables.stream[:] = list(self.tables.stream), []
        if fresh:
            self.services.publishing.publish(fresh)

    def drain(self, mess: Callable[[Round], Round] | None = None) -> int:
        """Publish and work off what is visible, until nothing moves; give how many messages there were."""
        worked = 0
        while True:
            self.publish()
            waiting = self.queues.ready()
            if not waiting:
                return worked
            for queue, message in mess(waiting) if mess else waiting:
                self.work(queue, message)
                worked += 1

    def sweep(self) -> None:
        """Run the sweep once, now."""
        self.services.sweeping.sweep(self.now)

    def next_due(self) -> datetime | None:
        """Tell when something is due next, or a message is to be seen."""
        rows = [self.tables.rows[place] for place in self.tables.due_places]
        found = [clock.moment(shard[0][0]) for shard in rows if shard] + (
            [self.queues.waiting[0][0]] if self.queues.waiting else []
        )
        return min(found, default=None)

    def pass_time(self, until: datetime, mess: Callable[[Round], Round] | None = None) -> None:
        """Let time pass: stop wherever something is due, sweep there and work everything off; overdue things each minute."""
        while self.now < until:
            due = self.next_due()
            self.now = min(until, max(due, self.now + timedelta(minutes=1)) if due else until)
            self.sweep()
            self.drain(mess)


@cache
def packs() -> Packs:
    """Read what is shipped, once."""
    return Packs.load(bootstrap.foundations.HERE / "packs")


@cache
def _shared() -> dict[str, Any]:
    here = bootstrap.foundations.HERE
    return {
        "packs": packs(),
        "escalations": Escalations(here / "packs"),
        "_wording": Wording(here / "notifications" / "texts"),
        "keys": KEYS,
    }


def wired(tables: MemoryTables, queues: Any, provider: FakeProvider) -> dict[str, Any]:
    return {
        **_shared(),
        "tables": tables,
        "queues": queues,
        "sms": provider,
        "mail": provider,
        "issuer": FakeIssuer(),
    }


@cache
def _jobs() -> dict[str, Callable[[dict[str, Any]], str]]:
    from chalicelib.appointments.jobs import book
    from chalicelib.attachments.jobs import examine
    from chalicelib.callbacks.jobs import callback
    from chalicelib.notifications.jobs import notify, receipt
    from chalicelib.tickets.jobs import escalate

    jobs = {"attachments": examine, "bookings": book, "callbacks": callback, "escalations": escalate}
    jobs |= {"notifications": notify, "receipts": receipt}
    return {queue: _handler(job) for queue, job in jobs.items()}


def _handler(job: Any) -> Callable[[dict[str, Any]], str]:
    """Find the handler of one message under its decorators."""
    job = getattr(job, "func", job)
    while hasattr(job, "__wrapped__"):
        job = job.__wrapped__
    return job  # type: ignore[no-any-return]
