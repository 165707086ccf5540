"""R5 in memory: whatever operation is the last one before a crash, the call is neither lost nor made twice.

One call from the promise to its end. Each read, each commit and each ring in turn is the last thing that happens, done or not
done; then everything starts anew on the same tables, and whoever asked asks again under the same key. And seeds with several
crashes each.
"""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from chalicelib.callbacks.model import Outcome, Status, Wish
from chalicelib.kernel.calls import Call, Once, Replayed, Reply
from chalicelib.kernel.errors import Refusal
from tests.callcentre import CallCentre
from tests.fakes.callbacks import FakeMatter, FakeMatters, FakeTelephony
from tests.simulation.tables import MemoryTables

SEEDS = 2000 if os.environ.get("RELIABILITY") == "full" else 50


class Died(BaseException):
    """The process is gone; nothing catches that."""


@dataclass
class Fate:
    """Says when the process dies: before or after which of its operations."""

    left: list[tuple[int, bool]] = field(default_factory=list)
    count: int = 0

    def around(self, operation: Callable[..., Any]) -> Callable[..., Any]:
        """Make an operation one that may be the last."""

        def fated(*given: Any, **named: Any) -> Any:
            self.count += 1
            dies = bool(self.left) and self.left[0][0] == self.count
            if dies and not self.left[0][1]:
                self._die()
            result = operation(*given, **named)
            if dies:
                self._die()
            return result

        return fated

    def _die(self) -> None:
        self.left.pop(0)
        self.count = 0
        raise Died


@dataclass
class Life:
    """Processes one after another on the same tables, and people who ask again until they are answered."""

    fate: Fate
    tables: MemoryTables = field(default_factory=MemoryTables)
    telephony: FakeTelephony = field(default_factory=FakeTelephony)
    matters: FakeMatters = field(default_factory=FakeMatters)
    id: str = ""
    deaths: int = 0

    def __post_init__(self) -> None:
        self.matters.kept["tkt_1"] = FakeMatter("tkt_1")
        for name in ("get", "query", "commit"):
            setattr(self.tables, name, self.fate.around(getattr(self.tables, name)))
        self.telephony.ring = self.fate.around(self.telephony.ring)  # type: ignore[method-assign]
        self.matters.called_back = self.fate.around(self.matters.called_back)  # type: ignore[method-assign]
        self.born()

    def born(self) -> None:
        """Begin a process."""
        self.centre = CallCentre(seed=self.deaths, tables=self.tables, matters=self.matters, telephony=self.telephony)

    def live(self) -> "Life":
        """Promise, make ready, take, ring, reach, tell."""
        self.asked("promise", lambda c: self.centre.promising.promise(Wish(None, "r", about="tkt_1"), c), "cus_li")
        self.until(lambda: self.centre.working.due(self.id, self.centre.call("system")))
        self.asked("next", lambda c: self.centre.leasing.next("", c), "agent-1")
        self.asked("dial", lambda c: self.centre.trying.dial(self.id, c), "agent-1")
        self.asked("over", lambda c: self.centre.trying.attempt(self.id, Outcome.REACHED, "", c), "agent-1")
        self.until(lambda: self.centre.working.due(self.id, self.centre.call("system")))
        return self

    def asked(self, key: str, act: Callable[[Call], Any], who: str) -> None:
        """Ask under a key until there is an answer, be it the one that was given before."""

        def once() -> Any:
            call = self.centre.call(who, once=Once(key, "body"), answer=lambda it: Reply(200, it.id))
            try:
                return act(call).id
            except Replayed as known:
                return known.reply.body
            except Refusal:
                # As the HTTP edge does: what is refused now may have been done when it was asked for first.
                done = self.tables.replay(Once(key, "body"), self.centre.now)
                if done is None:
                    raise
                return done.body

        self.id = self.until(once)

    def until(self, act: Callable[[], Any]) -> Any:
        """Do something until no crash is between."""
        while True:
            try:
                return act()
            except Died:
                self.deaths += 1
                self.born()


def check(life: Life) -> None:
    life.fate.left.clear()
    found = life.centre.changing.found(life.id)
    assert (found.status, len(found.attempts), found.owes_ticket) == (Status.KEPT, 1, False)
    assert list(life.telephony.rung) == [f"{found.id}-1"]
    assert len(life.telephony.asked) <= 1 + life.deaths
    assert set(life.matters.told) == {("tkt_1", found.id, "kept")}
    assert len(life.centre.all()) == 1
    assert len(life.centre.store.book("cus_li").contacts) == 1
    life.centre.check()


OPERATIONS = Life(Fate()).live().fate.count


@pytest.mark.parametrize("done", [False, True])
def test_each_operation_in_turn_is_the_last_before_a_crash(done: bool) -> None:
    assert OPERATIONS > 15
    for number in range(1, OPERATIONS + 1):
        life = Life(Fate([(number, done)])).live()
        assert life.deaths == 1
        check(life)


def test_several_crashes_neither_lose_a_call_nor_make_it_twice() -> None:
    for seed in range(SEEDS):
        chance = random.Random(seed)
        crashes = [(chance.randint(1, 12), chance.random() < 0.5) for _ in range(chance.randint(1, 8))]
        check(Life(Fate(crashes)).live())
