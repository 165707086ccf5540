"""A week of a call centre: 3,000 promised calls, 12 agents, 30 of 100 tries unanswered, and the telephony system away twice.

`python -m tests.simulation.week` prints what became of them.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.callbacks.model import DUE_SHARDS, Callback, Status
from chalicelib.callbacks.service.trying import token
from chalicelib.kernel.errors import Refusal, Unavailable
from chalicelib.operations.store import DynamoDueIndex
from tests.callcentre import CallCentre, at
from tests.simulation.callers import Rung, outcome

CALLS, AGENTS = 3_000, 12
MINUTE = timedelta(minutes=1)
OUTAGES = ((at(10, 0, 24), at(10, 30, 24)), (at(14, 0, 26), at(15, 0, 26)))
# Wanted on five days, and given a weekend and two days more to be tried.
FIRST, LAST, END = at(9), at(17, 0, 27), at(18, 0, 2) + timedelta(days=30)


@dataclass
class Agent:
    """Somebody who calls all day; now and then they vanish in the middle of it."""

    id: str
    free_at: datetime
    held: str = ""


@dataclass
class Week:
    """One seed's week."""

    seed: int = 0
    calls: int = CALLS
    staff: int = AGENTS
    refused: Counter[str] = field(default_factory=Counter)
    vanished: int = 0
    waited: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.centre = CallCentre(FIRST, self.seed, calls_per_agent=8)
        self.centre.people.duty.clear()
        self.rung = Rung(self.centre)
        object.__setattr__(self.centre.trying, "telephony", self.rung)
        self.agents = [Agent(f"agent-{n}", FIRST) for n in range(self.staff)]
        for agent in self.agents:
            self.centre.people.works(agent.id)
        self.index = DynamoDueIndex(self.centre.tables, {"callbacks": DUE_SHARDS})
        self.wanted = sorted(self._wanted_at() for _ in range(self.calls))

    def _wanted_at(self) -> datetime:
        """Draw when somebody wants to be called: on a working day, mostly by day."""
        day, minute = self.chance.randrange(5), int(self.chance.triangular(0, 510, 200))
        return at(9, 0, 23 + day) + MINUTE * minute

    def live(self) -> "Week":
        """Let the week pass, minute by minute."""
        centre, number = self.centre, 0
        while centre.now < END:
            self.rung.away = any(begins <= centre.now < ends for begins, ends in OUTAGES)
            while number < self.calls and self.wanted[number] <= centre.now:
                number += 1
                self._ask(f"cus_{number}")
            for due in list(self.index.until(centre.now)):
                centre.working.due(due.id, centre.call("system"))
            if centre.framing.doors("east").is_open(centre.now):
                for agent in self.agents:
                    self._work(agent)
            quiet = number == self.calls or not centre.framing.doors("east").is_open(centre.now)
            centre.now += MINUTE * (1 if not quiet or centre.framing.doors("east").is_open(centre.now) else 30)
        return self

    def _ask(self, customer: str) -> None:
        """Ask for a call now, or for a window; who finds it full takes the nearest that is offered."""
        self.centre.people.phones[customer] = ("+8613800138000", "zh-CN")
        start: datetime | None = None
        if self.chance.random() < 0.6:
            windows = self.centre.offering.windows("", None, 3, "", self.centre.call(customer))
            free = [window.starts_at for window in windows if window.free > 0]
            start = self.chance.choice(free[:8]) if free else None
        for wish in (start, *self._next_free(customer)):
            try:
                self.centre.promised(wish, customer)
            except Refusal as refusal:
                self.refused[refusal.code] += 1
            else:
                return

    def _next_free(self, customer: str) -> list[datetime]:
        windows = self.centre.offering.windows("", None, 4, "", self.centre.call(customer))
        return [window.starts_at for window in windows if window.free > 0][:3]

    def _work(self, agent: Agent) -> None:
        """Take the next call, ring, and say what came of it some minutes later."""
        centre = self.centre
        if centre.now < agent.free_at:
            return
        call = centre.call(agent.id)
        try:
            if agent.held:
                centre.trying.attempt(agent.held, outcome(self.chance), "", call)
                agent.held = ""
                return
            held = centre.leasing.next("", call)
            if self.chance.random() < 0.01:
                self.vanished += 1
                agent.free_at = centre.now + timedelta(minutes=60)
                if self.chance.random() < 0.5:
                    centre.trying.dial(held.id, call)
                return
            centre.trying.dial(held.id, call)
        except Unavailable:
            self.waited += 1
            return
        except Refusal:
            agent.held = ""
            return
        agent.held, agent.free_at = held.id, centre.now + MINUTE * self.chance.choice((1, 1, 2, 3, 5))

    # --- what became of them -----------------------------------------------------------------------------------------

    def table(self) -> dict[str, int]:
        """Count what became of every promise."""
        found = self.centre.all()
        kept = [it for it in found if it.status is Status.KEPT]
        in_time = sum(1 for it in kept if (it.tried_at or it.ends_at) <= it.ends_at)
        ends = Counter(it.status for it in found)
        return {
            "promised": len(found),
            "kept, first tried in the promised time": in_time,
            "kept, first tried later": len(kept) - in_time,
            "unreached: tried as often as promised, told in writing": ends[Status.UNREACHED],
            "declined by the customer": ends[Status.DECLINED],
            "broken: never tried": ends[Status.BROKEN],
            "still open": sum(1 for it in found if it.open),
            "tries": sum(len(it.tries) for it in found),
            "leases lost": sum(it.lost for it in found),
            "agents who vanished": self.vanished,
            "times an agent found the telephony system away": self.waited,
            "tries asked for again under the same token, which rings once": self.rung.doubled,
            "rung without a try of its own": len(self.rung.rung.keys() - self._tokens()),
        }

    def _tokens(self) -> set[str]:
        return {token(callback, attempt) for callback in self.centre.all() for attempt in callback.attempts}

    def unexplained(self) -> list[Callback]:
        """Give what is over without its customer having been reached, told in writing, or having said no."""
        over = [it for it in self.centre.all() if it.status in (Status.UNREACHED, Status.BROKEN)]
        return [it for it in over if not any("callback_" in notice.template for notice in it.notices)]


def main() -> None:
    """Print the table of a week."""
    for name, count in Week().live().table().items():
        print(f"| {name} | {count:,} |")


if __name__ == "__main__":
    main()
