"""People who want to be called, agents who call, and what must never happen while they do."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.callbacks.model import Callback, Outcome, Purpose, Status
from chalicelib.kernel.errors import Refusal, Unavailable
from tests.callcentre import CallCentre
from tests.fakes.callbacks import FakeMatter

# Of a hundred tries.
CHANCES = {
    Outcome.REACHED: 51,
    Outcome.NO_ANSWER: 30,
    Outcome.BUSY: 8,
    Outcome.VOICEMAIL: 5,
    Outcome.WRONG_NUMBER: 1,
    Outcome.REFUSED: 3,
    Outcome.AGENT_NOT_READY: 2,
}


@dataclass
class Rung:
    """Looks at every call that rings: claimed before, within hours, in the hand of who rings, and only while it is promised."""

    centre: CallCentre
    asked: Counter[str] = field(default_factory=Counter)
    rung: Counter[str] = field(default_factory=Counter)
    away: bool = False
    shows_numbers: bool = False

    def ring(self, token: str, phone: str, agent: str, about: dict[str, str]) -> str:
        """Ring, after a look at what must hold."""
        self.asked[token] += 1
        if self.away:
            raise Unavailable
        centre, callback = self.centre, self.centre.changing.found(about["callback"])
        assert callback.status is Status.LEASED, "what is over, or in nobody's hand, rings"
        assert callback.leased_by == agent
        assert callback.running is not None, "it rings before it is claimed"
        self.rung[token] += 1
        if self.rung[token] == 1:
            frame = centre.framing.of(callback, centre.now)
            chosen = callback.chosen and callback.starts_at <= centre.now < callback.ends_at
            assert frame.allows(centre.now, chosen=chosen), "it rings outside the hours"
        return f"contact-{token}"

    @property
    def doubled(self) -> int:
        """How many tries were asked for more than once, under the same token."""
        return sum(1 for count in self.asked.values() if count > 1)


@dataclass
class Callers:
    """What people do, by chance; while one of them is about to be written, another one slips in."""

    centre: CallCentre
    chance: random.Random
    customers: int = 4
    depth: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.rung = Rung(self.centre)
        object.__setattr__(self.centre.trying, "telephony", self.rung)
        self.agents = ("agent-1", "agent-2", "agent-3")
        for n in range(self.customers):
            self.centre.people.phones[f"cus_{n}"] = ("+8613800138000", "zh-CN")
            self.centre.matters.kept[f"tkt_{n}"] = FakeMatter(f"tkt_{n}", customer_id=f"cus_{n}")
        for agent in self.agents:
            self.centre.people.works(agent, capacity=0.4)
        self.centre.tables.before_commit = self.slip_in

    def slip_in(self) -> None:
        """Let somebody else act between the reading and the writing of a step."""
        if self.depth < 2 and self.chance.random() < 0.15:
            self.step()

    def step(self) -> None:
        """Let somebody do something."""
        self.depth += 1
        work = (*[self.take] * 4, *[self.dial] * 3, *[self.end] * 4, self.release)
        act = self.chance.choice((*[self.promise] * 4, self.log, self.move, self.cancel, self.sweep, self.wait, *work))
        try:
            act()
        except Refusal as refused:
            self.seen[refused.code] += 1
        else:
            self.seen[act.__name__] += 1
        self.depth -= 1

    def promise(self) -> None:
        n = self.chance.randrange(self.customers)
        about = self.chance.choice(("", f"tkt_{n}"))
        self.centre.promised(self.window(), f"cus_{n}", about=about)

    def log(self) -> None:
        purpose = self.chance.choice((Purpose.SERVICE, Purpose.CAMPAIGN))
        self.centre.logged(self.window(), f"cus_{self.chance.randrange(self.customers)}", purpose=purpose)

    def window(self) -> datetime | None:
        """Choose now, or one of the windows to come."""
        found = self.centre.offering.windows("", None, 2, "", self.centre.call())
        return self.chance.choice([None, *[one.starts_at for one in found[:4]]])

    def move(self) -> None:
        callback = self.any()
        self.centre.moving.reschedule(
            callback.id, self.window() or self.centre.now, self.centre.call(callback.customer_id)
        )

    def cancel(self) -> None:
        callback = self.any()
        self.centre.moving.cancel(callback.id, self.centre.call(callback.customer_id))

    def take(self) -> None:
        self.centre.leasing.next("", self.centre.call(self.chance.choice(self.agents)))

    def dial(self) -> None:
        agent = self.chance.choice(self.agents)
        self.centre.trying.dial(self.held(agent), self.centre.call(agent))

    def end(self) -> None:
        agent = self.chance.choice(self.agents)
        self.centre.trying.attempt(self.held(agent), outcome(self.chance), "", self.centre.call(agent))

    def release(self) -> None:
        agent = self.chance.choice(self.agents)
        self.centre.leasing.release(self.held(agent), self.centre.call(agent))

    def sweep(self) -> None:
        """Look at what is due, and at something that is not."""
        due = [it for it in self.centre.all() if it.due_at and it.due_at <= self.centre.now]
        for callback in [*due, self.any()]:
            self.centre.due(callback)

    def wait(self) -> None:
        self.centre.now += timedelta(minutes=self.chance.choice((1, 5, 15, 60)))
        self.rung.away = self.chance.random() < 0.1

    def any(self) -> Callback:
        """Choose one of the newest calls."""
        found = sorted(self.centre.all(), key=lambda it: it.id)[-6:]
        if not found:
            raise Unavailable
        return self.chance.choice(found)

    def held(self, agent: str) -> str:
        """Name what an agent has in hand, or now and then something else."""
        return (self.chance.random() > 0.1 and self.centre.store.hand(agent)) or self.any().id


def outcome(chance: random.Random) -> Outcome:
    """Draw what comes of a try."""
    return chance.choices(list(CHANCES), weights=list(CHANCES.values()))[0]
