"""P14: a durable try of a promised call against the same three steps as a workflow of DBOS, try by try in turn.

Ours: claim it, ring, note that it rang and what came of it; each with its records in the ledger. Theirs: a workflow of three
steps, whose progress DBOS keeps. Each try is asked for twice, and nobody may be rung twice.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from statistics import median

from chalicelib.callbacks import policy
from chalicelib.callbacks.model import Callback, Outcome, Status, Wish
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call

from . import goals
from .bank import Bank, settle
from .engines import tables
from .figures import Figure, figure
from .peers.process import Peer, running
from .ratios import calls

PEER = "dbos_attempt"
_TRIES = 40
_WARM = 15
_AGENT = Actor("agent-east", frozenset({Role.AGENT}), "east", frozenset({"east"}))
_DAY = "Asia/Shanghai"  # where it is ten in the morning by the clock of the bank


@dataclass
class Rings:
    """A telephony system that takes every call, and keeps how often it was asked for each."""

    shows_numbers: bool = False
    asked: Counter[str] = field(default_factory=Counter)

    def ring(self, token: str, *_: object) -> str:
        """Take a call."""
        self.asked[token] += 1
        return f"provider-{token}"


def measure(repeats: int) -> list[Figure]:
    """Measure both in one run."""
    with running(PEER) as peer, tables(1) as (product,):
        desk = Desk(Bank(product))
        settle()
        _turns(peer, desk, _WARM)
        rounds = [_turns(peer, desk, _TRIES) for _ in range(repeats)]
        theirs = peer.ask(do="count")
    ratios = [median(ours / dbos for ours, dbos in one) for one in rounds]
    ours, dbos = (median(pair[place] for one in rounds for pair in one) * 1e3 for place in (0, 1))
    twice = sum(times > 1 for times in desk.rings.asked.values())
    said = f"{ours:.2f} ms / {dbos:.2f} ms: {desk.made}"
    tried = f"{len(desk.rings.asked)} tries, each asked for twice; theirs: {theirs['rung_twice']} of {theirs['over']}"
    return [
        figure("P14", "a durable try / three steps of DBOS 3.4.0", ratios, "x", goals.PEER_TRY, said),
        figure("P14", "rung twice", [twice], "", goals.NOBODY_TWICE, tried),
    ]


def _turns(peer: Peer, desk: "Desk", tries: int) -> list[tuple[float, float]]:
    return [(desk.tried(), peer.ask(do="try", id=f"try-{next(desk.numbers)}")) for _ in range(tries)]


class Desk:
    """An agent who takes call after call."""

    def __init__(self, bank: Bank) -> None:
        self.bank, self.rings, self.made = bank, Rings(), ""
        self.numbers = iter(range(10**6))
        self.services = bank.world.services
        self.services.__dict__["telephony"] = self.rings
        object.__setattr__(self.services._framing, "calls_per_agent", 10**6)  # tries are measured, not the room

    def tried(self) -> float:
        """Dial a call and say that the customer was reached, each asked for twice; give the seconds of the first times."""
        held = self._held()
        self.bank.recorder.take()
        dialled = self._timed(lambda: self.services.trying.dial(held.id, self._call()))
        steps = self.bank.recorder.take()
        self.services.trying.dial(held.id, self._call())
        self.bank.recorder.take()
        over = self._timed(lambda: self.services.trying.attempt(held.id, Outcome.REACHED, "", self._call()))
        self.made = calls(steps + self.bank.recorder.take())
        return dialled + over

    def _timed(self, does: Callable[[], Callback]) -> float:
        began = time.perf_counter()
        does()
        return time.perf_counter() - began

    def _held(self) -> Callback:
        """Give the agent a call of somebody new."""
        self.bank.world.now += timedelta(seconds=1)
        customer = self.services.identity.by_phone(f"+86138{next(self.numbers):08}", self._call())
        who = Actor(customer, frozenset({Role.CUSTOMER}), unit="east")
        promised = self.services.promising.promise(Wish(None, "My card is blocked."), self._call(who))
        now = self.bank.world.now
        ready = replace(promised, status=Status.READY, timezone=_DAY, place=now, ready_at=now, version=2)
        self.services.callbacks.store.save(policy.scheduled(ready), promised, [], None)
        return self.services.leasing.next("east", self._call())

    def _call(self, actor: Actor = _AGENT) -> Call:
        return Call(actor, self.bank.world.now, "bench", "bench")
