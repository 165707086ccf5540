"""A wording does not rot unseen: when its review is due its owner is told, once, whatever becomes of the messages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kernel import actors
from chalicelib.kernel.calls import internal
from tests.integration.matters import done, told
from tests.integration.wordings import WHY, Library
from tests.world import World

DUE = "2026-12-01"


@pytest.fixture
def answer(world: World) -> str:
    return Library(world).approved(review_on=DUE)


def reminded(world: World) -> list[str]:
    return [it.to for it in world.provider.sent.values() if it.template == "answer_review"]


def test_the_owner_is_told_when_the_day_begins_and_never_again(world: World, answer: str) -> None:
    world.drain()
    world.pass_time(days=7, hours=13)  # until an hour before midnight in Shanghai
    assert reminded(world) == []

    world.pass_time(hours=2)

    assert reminded(world) == ["lead-east@dutydesk.test"]
    (due,) = told(world, answer, "answer.review_due")
    assert due["version"] == 1
    world.pass_time(days=400)
    assert reminded(world) == ["lead-east@dutydesk.test"]
    assert done(Library(world).show(answer))["in_force"] == 1


def test_hints_that_come_early_twice_or_too_late_change_nothing(world: World, answer: str) -> None:
    world.drain()
    before = len(world.records(answer))
    for _ in range(3):
        assert world.work("escalations", {"due": answer}) == []
    assert len(world.records(answer)) == before

    world.now += timedelta(days=30)
    for _ in range(3):
        assert world.work("escalations", {"due": answer}) == []
    assert world.events(answer)[before:] == ["answer.review_due"]


def test_word_that_got_lost_is_asked_for_again_and_sent_once(world: World, answer: str) -> None:
    world.drain()
    world.now += timedelta(days=30)
    world.work("escalations", {"due": answer})
    world.unpublished.clear()  # the stream loses it

    world.now += timedelta(minutes=10)
    world.sweep()
    world.drain()

    assert reminded(world) == ["lead-east@dutydesk.test"]
    assert world.events(answer)[-3:] == ["answer.review_due", "answer.reminder_repeated", "answer.reminder_taken"]
    world.pass_time(days=2)
    assert len(reminded(world)) == 1


def test_what_is_retired_or_overtaken_is_not_reviewed(world: World, answer: str) -> None:
    library = Library(world)
    other = library.approved(review_on=DUE, title="Another")
    done(library.step(answer, "retire", WHY))
    library.next(other, review_on="2027-12-01")
    world.drain()

    world.pass_time(days=30)

    assert reminded(world) == []


def test_where_the_owner_has_gone_the_lead_is_told(world: World) -> None:
    library = Library(world)
    answer = library.approved("head-hq", unit="east", review_on=DUE)
    world.drain()
    gone = world.services.people.staff("head-hq")
    seeding = internal(actors.system("seed"), "seed", "seed")
    world.services.identity.register_staff(replace(gone, active=False), seeding)
    world.pass_time(days=10)

    assert reminded(world) == ["lead-east@dutydesk.test"], answer
