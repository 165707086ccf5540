"""Reaching beyond one's unit: for whom, how far, how long, and until somebody else has answered for it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.emergencies.model import Emergency, State
from chalicelib.emergencies.service import Reaching
from chalicelib.emergencies.store import DynamoEmergencies
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import ConflictOfInterest, Forbidden, Invalid, NotAllowedNow, NotFound
from tests.simulation.tables import MemoryTables
from tests.world import START

AGENT = Actor("agent-east", frozenset({Role.AGENT}), "east", frozenset({"east"}))
OFFICER = Actor("compliance-hq", frozenset({Role.COMPLIANCE}), "hq")
WHY = "London's desk has no line."


@dataclass(frozen=True)
class Begun:
    id: str
    mark: str
    writes: tuple[Any, ...] = ()
    records: tuple[Any, ...] = ()


@dataclass
class Cabinet:
    """The glass, and sessions that are only noted."""

    tables: MemoryTables = field(default_factory=MemoryTables)
    now: datetime = START
    ended: dict[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.store = DynamoEmergencies(self.tables)
        self.reaching = Reaching(self.store, self)

    def widened(self, unit: str, emergency: str, until: datetime, call: Call) -> Begun:
        if unit == "nowhere":
            raise NotFound
        return Begun(f"ses_{emergency}", f"session#{emergency}")

    def ending(self, marks: Any) -> list[Any]:
        self.ended |= marks
        return []

    def call(self, actor: Actor = AGENT) -> Call:
        return Call(actor, self.now, "request", "desk")

    def begin(self, unit: str = "london", minutes: int = 30, actor: Actor = AGENT) -> Emergency:
        return self.reaching.begin(unit, WHY, minutes, self.call(actor))

    def answer(self, of: Emergency, *, justified: bool, actor: Actor = OFFICER) -> Emergency:
        return self.reaching.answer(of.id, justified, "Looked at.", self.call(actor))

    def body(self, of: Emergency) -> Any:
        return self.tables.chains[of.id][-1].body

    def open(self) -> list[str]:
        page = self.reaching.newest(25, None, self.call(OFFICER), unanswered=True)
        return [one.id for one in page.items]


@pytest.fixture
def cabinet() -> Cabinet:
    return Cabinet()


def test_compliance_is_told_at_once_and_the_reason_stands_in_no_record(cabinet: Cabinet) -> None:
    begun = cabinet.begin()

    (word,) = cabinet.body(begun)["notices"]
    assert (word["to"], word["template"], word["facts"]["staff"]) == ("compliance", "emergency_review", "agent-east")
    assert WHY not in str(cabinet.tables.chains)
    assert cabinet.open() == [begun.id]
    assert cabinet.reaching.newest(25, None, cabinet.call(OFFICER), unanswered=True).items[0].reason == WHY


def test_it_is_over_within_the_hour_whatever_is_asked_for(cabinet: Cabinet) -> None:
    assert cabinet.begin(minutes=30).until == START + timedelta(minutes=30)
    assert cabinet.begin(minutes=600).until == START + timedelta(minutes=60)


def test_nobody_reaches_their_own_unit_that_way_nor_from_one_emergency_another(cabinet: Cabinet) -> None:
    with pytest.raises(Invalid):
        cabinet.begin("east")
    with pytest.raises(NotFound):
        cabinet.begin("nowhere")
    with pytest.raises(Forbidden):
        cabinet.begin(actor=replace(AGENT, emergency="emg_1"))


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.COMPLIANCE, Role.AUDITOR, Role.ADMIN, Role.KIOSK])
def test_only_who_works_with_cases_may(cabinet: Cabinet, role: Role) -> None:
    with pytest.raises(Forbidden):
        cabinet.begin(actor=Actor("x", frozenset({role}), "east"))


def test_nobody_answers_for_themselves(cabinet: Cabinet) -> None:
    begun = cabinet.begin()
    both = replace(AGENT, roles=frozenset({Role.AGENT, Role.COMPLIANCE}))

    with pytest.raises(ConflictOfInterest):
        cabinet.answer(begun, justified=True, actor=both)
    with pytest.raises(Forbidden):
        cabinet.answer(begun, justified=True, actor=AGENT)
    assert cabinet.open() == [begun.id]


def test_what_was_justified_is_answered_once(cabinet: Cabinet) -> None:
    begun = cabinet.begin()

    assert cabinet.answer(begun, justified=True).state is State.JUSTIFIED
    assert (cabinet.open(), cabinet.ended, cabinet.body(begun)["notices"]) == ([], {}, [])
    with pytest.raises(NotAllowedNow):
        cabinet.answer(begun, justified=False)


def test_what_was_not_ends_at_once_and_the_lead_hears(cabinet: Cabinet) -> None:
    begun = cabinet.begin()

    cabinet.answer(begun, justified=False)

    (word,) = cabinet.body(begun)["notices"]
    assert (word["to"], word["unit"]) == ("lead", "east")
    assert cabinet.ended == {begun.mark: begun.until}
    assert cabinet.reaching.owes(begun.id, word["key"])


def test_it_is_asked_for_every_day_until_somebody_answers(cabinet: Cabinet) -> None:
    begun = cabinet.begin()
    asked = []
    for _ in range(3):
        assert cabinet.reaching.due(begun.id, cabinet.call(OFFICER)) == "settled"
        cabinet.now += timedelta(hours=24)
        assert cabinet.reaching.due(begun.id, cabinet.call(OFFICER)) == "asked"
        asked.append(cabinet.body(begun)["notices"][0]["key"])

    assert asked == ["emergency_review/2", "emergency_review/3", "emergency_review/4"]
    assert cabinet.reaching.owes(begun.id, asked[-1])
    cabinet.answer(begun, justified=True)
    cabinet.now += timedelta(hours=24)
    assert cabinet.reaching.due(begun.id, cabinet.call(OFFICER)) == "settled"
    assert not cabinet.reaching.owes(begun.id, asked[-1])


def test_all_of_them_can_be_looked_at_the_newest_first(cabinet: Cabinet) -> None:
    first = cabinet.begin()
    cabinet.now += timedelta(minutes=1)
    second = cabinet.begin()
    cabinet.answer(second, justified=True)

    page = cabinet.reaching.newest(1, None, cabinet.call(OFFICER), unanswered=False)
    assert [one.id for one in page.items] == [second.id]
    rest = cabinet.reaching.newest(1, page.next, cabinet.call(OFFICER), unanswered=False)
    assert [one.id for one in rest.items] == [first.id]
