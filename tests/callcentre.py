"""A call centre in memory: the real services and store of promised calls on tables that do as they are told."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.callbacks.model import Callback, Outcome, Purpose, Wish
from chalicelib.callbacks.service import (
    Barring,
    Changing,
    Figures,
    Following,
    Framing,
    Holding,
    Leasing,
    Moving,
    Offering,
    Promising,
    Proving,
    Scoring,
    Surveying,
    Trying,
    Wishing,
    Working,
)
from chalicelib.callbacks.store import DynamoCallbacks
from chalicelib.callbacks.store.items import from_item
from chalicelib.kernel import actors
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.tokens import Keys
from chalicelib.sla.contact import ContactRules
from chalicelib.sla.packs import Packs
from chalicelib.sla.questionnaires import Questionnaires
from tests.fakes.callbacks import FakeMatters, FakePeople, FakeTelephony
from tests.fakes.signals import FakeTrust
from tests.simulation.tables import MemoryTables

PACKS = Path(__file__).parents[1] / "chalicelib" / "packs"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai
KEYS = Keys(b"root")


@cache
def packs() -> Packs:
    """Read the calendars once."""
    return Packs.open(PACKS)


@cache
def rules() -> ContactRules:
    """Read the contact rules once."""
    return ContactRules(PACKS / "contact")


@cache
def questionnaires() -> Questionnaires:
    """Read what is asked in calls once."""
    return Questionnaires(PACKS / "questionnaires")


@dataclass
class CallCentre:
    """One institution's calls; its clock stands at `now` until somebody moves it."""

    now: datetime = MONDAY
    seed: Any = 0
    tables: MemoryTables = field(default_factory=MemoryTables)
    people: FakePeople = field(default_factory=FakePeople)
    matters: FakeMatters = field(default_factory=FakeMatters)
    telephony: FakeTelephony = field(default_factory=FakeTelephony)
    trust: FakeTrust = field(default_factory=FakeTrust)
    calls_per_agent: int = 2

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.store = DynamoCallbacks(self.tables)
        people, matters, telephony = self.people, self.matters, self.telephony
        self.framing = Framing(rules(), people, packs(), people, self.calls_per_agent)
        self.proving = Proving(self.store, KEYS)
        self.changing = Changing(self.store)
        self.offering = Offering(self.store, self.framing)
        self.promising = Promising(self.store, self.framing, self.offering, self.proving, people, people, matters)
        self.following = Following(self.promising, matters)
        self.moving = Moving(self.changing, self.offering)
        barring = Barring(self.framing)
        self.holding = Holding(self.changing, self.trust, self.proving)
        self.trying = Trying(self.changing, barring, telephony, self.holding)
        self.leasing = Leasing(self.changing, barring, self.trying)
        self.working = Working(self.changing, barring, self.trying, matters)
        self.wishing = Wishing(self.store)
        self.figures = Figures(self.store, self.framing)
        self.surveying = Surveying(self.changing, questionnaires())
        self.scoring = Scoring(self.figures, questionnaires())
        for agent in ("agent-1", "agent-2"):
            self.people.works(agent)

    # --- who ---------------------------------------------------------------------------------------------------------

    def call(self, who: str = "cus_li", **but: Any) -> Call:
        """Make the call of a customer (cus_…), of the system, or of staff of the unit east."""
        if who == "system":
            actor = actors.system("callbacks")
        elif who.startswith("cus_"):
            actor = Actor(who, frozenset({Role.CUSTOMER}), unit=but.pop("unit", "east"))
        else:
            unit = but.pop("unit", "east")
            actor = Actor(who, frozenset({but.pop("role", Role.AGENT)}), unit, frozenset({unit}))
        return Call(actor, self.now, "req", "test", self.chance.randbytes, **but)

    # --- what --------------------------------------------------------------------------------------------------------

    def promised(self, start: datetime | None = None, who: str = "cus_li", **what_matters: Any) -> Callback:
        """Have a call promised to a customer."""
        return self.promising.promise(Wish(start, "My card is blocked.", **what_matters), self.call(who))

    def logged(self, start: datetime | None = None, who: str = "cus_li", **what_matters: Any) -> Callback:
        """Note a call as staff."""
        wish = Wish(start, "Rang in vain.", **what_matters)
        return self.promising.log((who, ""), wish, self.call("agent-1"))

    def ready(self, **what_matters: Any) -> Callback:
        """Bring a call into the line."""
        made = self.promised(**what_matters)
        self.due(made)
        return self.get(made)

    def in_hand(self, agent: str = "agent-1", **what_matters: Any) -> Callback:
        """Bring a call into an agent's hand."""
        self.ready(**what_matters)
        return self.leasing.next("", self.call(agent))

    def tried(self, callback: Callback, outcome: Outcome, agent: str = "agent-1") -> Callback:
        """Ring, and say what came of it."""
        self.trying.dial(callback.id, self.call(agent))
        return self.trying.attempt(callback.id, outcome, "", self.call(agent))

    def again(self, callback: Callback, outcome: Outcome, agent: str = "agent-1") -> Callback:
        """Wait until the next try, however often it is put off, take it in hand, and try."""
        while (found := self.get(callback)).next_at is not None:
            self.now = found.next_at
            self.due(found)
        return self.tried(self.leasing.next("", self.call(agent)), outcome, agent)

    def due(self, callback: Callback) -> str:
        """Let the job look at a call."""
        return self.working.due(callback.id, self.call("system"))

    def get(self, callback: Callback) -> Callback:
        """Read a call as it is now."""
        return self.changing.found(callback.id)

    # --- looking -----------------------------------------------------------------------------------------------------

    def events(self, callback: Callback) -> list[str]:
        """Name what happened to a call, in order."""
        return [record.event.removeprefix("callback.") for record in self.tables.chains[callback.id]]

    def notices(self) -> list[str]:
        """Name the templates of every word that was asked for."""
        records = [record for chain in self.tables.chains.values() for record in chain]
        return [word["template"] for record in records for word in record.body.get("notices", ())]

    def all(self) -> list[Callback]:
        """Read every call there is."""
        return [from_item(item) for (_, sk), item in self.tables.items["callbacks"].items() if sk == "callback"]

    def pass_time(self, until: datetime) -> None:
        """Let time pass, and whatever is due be worked off when it is."""
        while True:
            due = min((it.due_at for it in self.all() if it.due_at), default=None)
            if due is None or due > until:
                break
            self.now = max(self.now, due)
            for callback in [it for it in self.all() if it.due_at and it.due_at <= self.now]:
                self.due(callback)
        self.now = until

    def check(self) -> None:
        """Count rooms, guards and hands once more from the calls there are."""
        found = self.all()
        cells: dict[str, int] = defaultdict(int)
        for callback in found:
            if callback.cell and (callback.open or callback.cell <= (callback.ended_at or self.now)):
                cells[f"window#{callback.unit}/{callback.cell.isoformat()}"] += 1
        kept = {
            f"{pk}/{datetime.fromisoformat(sk).isoformat()}": item["taken"]
            for (pk, sk), item in self.tables.items["callbacks"].items()
            if pk.startswith("window#") and item["taken"]
        }
        assert kept == dict(cells)
        guards = {item["callback"] for (pk, _), item in self._items("open#")}
        assert guards == {it.id for it in found if it.open}
        hands = {pk.removeprefix("lease#"): item["callback"] for (pk, _), item in self._items("lease#")}
        assert hands == {it.leased_by: it.id for it in found if it.leased_by}

    def _items(self, prefix: str) -> list[Any]:
        return [(key, item) for key, item in self.tables.items["callbacks"].items() if key[0].startswith(prefix)]


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    """Give an instant by the clocks of Shanghai, in November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


__all__ = ["KEYS", "MONDAY", "CallCentre", "Outcome", "Purpose", "Wish", "at", "packs", "rules"]
