"""Two people at one answer at the same moment: nobody's step is lost, and none is taken twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from chalicelib.answers.model import Answer, Kind, Scope, State, Version, Wanted
from chalicelib.answers.service import Changing, Reviewing, Writing
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotAllowedNow
from tests.fakes import MemoryAnswers
from tests.world import START


class Units:
    """One unit and the head office above it."""

    def of(self, unit: str) -> tuple[str, str, Sequence[str], str, str]:
        return {"hq": ("Asia/Shanghai", "CN", (), "", "en"), "east": ("Asia/Shanghai", "CN", (), "hq", "en")}[unit]


@dataclass
class Crossed(MemoryAnswers):
    """A store in which somebody else is quicker, as often as there are steps in `meanwhile`."""

    meanwhile: list[Callable[[], Any]] = field(default_factory=list)

    def write(self, answer: Answer, records: Any, stamp: Any, new: Version | None = None) -> None:
        if self.meanwhile:
            self.meanwhile.pop(0)()
        super().write(answer, records, stamp, new)


def make_call(who: str, *roles: Role) -> Call:
    return Call(Actor(who, frozenset(roles), "hq", frozenset({"hq", "east"})), START, "req", "desk")


LEAD, COMPLIANCE = make_call("lead", Role.SUPERVISOR), make_call("compliance", Role.COMPLIANCE)


@pytest.fixture
def store() -> Crossed:
    return Crossed()


@pytest.fixture
def writing(store: Crossed) -> Writing:
    return Writing(Changing(store, Units()))


@pytest.fixture
def answer(writing: Writing) -> str:
    return writing.create("t", Scope("east", (Kind.ENQUIRY,)), Wanted({"en": "Hello."}), LEAD).id


def test_what_two_do_at_once_is_all_kept(store: Crossed, writing: Writing, answer: str) -> None:
    store.meanwhile.append(lambda: writing.propose(answer, 1, LEAD))

    with pytest.raises(NotAllowedNow):
        writing.propose(answer, 1, LEAD)

    kept = store.get(answer)
    assert kept is not None
    assert (kept.version, kept.newest.state, kept.link.seq) == (2, State.PROPOSED, 3)


def test_two_new_versions_at_once_are_two(store: Crossed, writing: Writing, answer: str) -> None:
    store.meanwhile.append(lambda: writing.rewrite(answer, Wanted({"en": "Theirs."}), LEAD))

    mine = writing.rewrite(answer, Wanted({"en": "Mine."}), LEAD)

    assert [(one.n, one.wordings["en"], one.state) for one in mine.versions] == [
        (1, "Hello.", State.RETIRED),
        (2, "Theirs.", State.RETIRED),
        (3, "Mine.", State.DRAFT),
    ]


def test_who_is_overtaken_again_and_again_is_told(store: Crossed, writing: Writing, answer: str) -> None:
    writing.propose(answer, 1, LEAD)
    reviewing = Reviewing(writing.changing)
    kept = store.get(answer)
    assert kept is not None

    def touched() -> None:
        now = store.kept[answer]
        store.kept[answer] = Answer(**{**vars(now), "version": now.version + 1})

    store.meanwhile += [touched] * 4
    with pytest.raises(Changed):
        writing.approve(answer, 1, COMPLIANCE)
    assert reviewing.owes(answer, kept.notices[0].key)
    assert not reviewing.owes(answer, "another")
