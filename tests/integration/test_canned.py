"""Canned answers: written by one, approved by another, never changed, and found by who may see them."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.answers.model import KNOWN
from chalicelib.identity.model import Staff
from chalicelib.kernel import actors
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import internal
from chalicelib.kernel.clock import text
from tests.integration.matters import done, refused, told
from tests.integration.wordings import EN, NEW, SECOND, WHY, WORDS, ZH, Library
from tests.world import World


@pytest.fixture
def library(world: World) -> Library:
    second = Staff("compliance-hq-2", "hq", frozenset({Role.COMPLIANCE}), "c", "c2@dutydesk.test", "en")
    world.services.identity.register_staff(second, internal(actors.system("seed"), "seed", "seed"))
    return Library(world)


def test_an_answer_begins_as_a_draft_and_every_step_is_recorded(world: World, library: Library) -> None:
    created = done(library.create())
    answer = created["id"]
    assert (created["owner"], created["unit"], created["in_force"]) == ("lead-east", "east", None)
    assert created["versions"][0]["variables"] == ["number", "due_date"]
    assert created["versions"][0]["wordings"] == {"en": EN, "zh-CN": ZH}

    done(library.step(answer, "propose"))
    done(library.step(answer, "return", WHY, by="compliance-hq"))
    assert done(library.show(answer))["versions"][0]["returned"] == "r"
    done(library.step(answer, "propose"))
    approved = done(library.step(answer, "approve", by="compliance-hq"))
    assert (approved["in_force"], approved["versions"][0]["approved_by"]) == (1, "compliance-hq")
    done(library.step(answer, "retire", WHY))

    assert world.events(answer) == [
        *("answer.created", "answer.version_written", "answer.proposed", "answer.returned"),
        *("answer.proposed", "answer.approved", "answer.retired"),
    ]
    written, approval = (told(world, answer, f"answer.{event}")[0] for event in ("version_written", "approved"))
    assert written["sha256"] == approval["sha256"] == created["versions"][0]["sha256"]
    assert (approval["effective_from"], approval["review_on"]) == (text(world.now), "2027-11-23")
    assert all(EN not in str(record) and "尊敬" not in str(record) for record in world.records(answer))


def test_an_unknown_variable_is_refused_when_it_is_written_with_the_list(world: World, library: Library) -> None:
    answer = done(library.create())["id"]
    wrong = {"en": "{number} {sum}"}

    for refusal in (library.create(wordings=wrong), library.rewrite(answer, wordings=wrong)):
        assert refused(refusal) == (422, "variable_unknown")
        assert (refusal.body["unknown"], refusal.body["known"]) == (["sum"], list(KNOWN))
    assert library.create(wordings={"en": "An open { brace"}).body["errors"][0]["code"] == "format"
    assert library.seen(answer) == [(1, "draft")]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"wordings": {}}, "wordings"),
        ({"wordings": {"fr": "Bonjour"}}, "wordings.fr.[key]"),
        ({"wordings": {"en": ""}}, "wordings.en"),
        ({"kinds": []}, "kinds"),
        ({"kinds": ["mass"]}, "kinds.0"),
        ({"effective_from": "2026-11-23T01:59:59Z"}, "effective_from"),
        ({"review_on": "2026-11-23"}, "review_on"),
        ({"review_on": "2028-11-23"}, "review_on"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(library: Library, wrong: dict[str, Any], field: str) -> None:
    answer = library.create(**wrong)

    assert (answer.status, answer.body["errors"][0]["field"]) == (422, field), answer.text


def test_nobody_approves_or_returns_what_they_wrote_or_proposed(library: Library) -> None:
    for writer, proposer in (
        ("compliance-hq", "compliance-hq"),
        ("compliance-hq", "head-hq"),
        ("head-hq", "compliance-hq"),
    ):
        answer = done(library.create(writer))["id"]
        done(library.step(answer, "propose", by=proposer))
        for step, body in (("approve", None), ("return", WHY)):
            for own in {writer, proposer}:
                assert refused(library.step(answer, step, body, by=own)) == (403, "conflict_of_interest"), (step, own)
        assert done(library.step(answer, "approve", by="compliance-hq-2"))["in_force"] == 1


def test_a_supervisor_approves_for_units_below_and_never_what_complainants_read(library: Library) -> None:
    below = library.proposed()
    assert done(library.step(below, "approve", by="head-hq"))["in_force"] == 1

    for answer in (library.proposed(kinds=["complaint"]), library.proposed("compliance-hq", unit="hq")):
        assert refused(library.step(answer, "approve", by="head-hq")) == (403, "approval_needed")
    london = library.proposed("head-hq", unit="london")
    assert refused(library.step(london, "approve", by="lead-east")) == (404, "not_found")
    assert refused(library.step(london, "approve", by="lead-london")) == (403, "approval_needed")


@pytest.mark.parametrize("state", ["draft", "proposed", "approved", "retired"])
def test_a_step_out_of_turn_says_which_are_allowed(library: Library, state: str) -> None:
    answer = done(library.create())["id"]
    steps = {"propose": None, "approve": None, "return": WHY, "retire": WHY}
    way = {"draft": [], "proposed": ["propose"], "approved": ["propose", "approve"]}
    for step in way.get(state, ["propose", "approve", "retire"]):
        done(
            library.step(
                answer, step, steps[step], by="lead-east" if step in ("propose", "retire") else "compliance-hq"
            )
        )
    allowed = {"draft": {"propose", "retire"}, "proposed": {"approve", "return"}, "approved": {"retire"}}

    for step in steps.keys() - allowed.get(state, set()):
        refusal = library.step(answer, step, steps[step], by="compliance-hq")
        assert refused(refusal) == (409, "not_allowed_now"), step
        assert refusal.body["state"] == state
    assert refused(library.step(answer, "propose", n=7)) == (404, "not_found")


def test_another_version_takes_the_place_of_a_draft_and_waits_while_one_is_proposed(
    world: World, library: Library
) -> None:
    answer = done(library.create())["id"]
    done(library.rewrite(answer, "head-hq", **SECOND))
    assert library.seen(answer) == [(1, "retired"), (2, "draft")]
    assert [it.get("replaces") for it in told(world, answer, "answer.version_written")] == [None, 1]
    assert done(library.show(answer))["owner"] == "head-hq"

    done(library.step(answer, "propose", n=2))
    refusal = library.rewrite(answer)
    assert (refused(refusal), refusal.body["allowed"]) == ((409, "not_allowed_now"), ["approve", "return"])


def test_an_approved_version_keeps_its_words_and_gives_way_at_the_time_of_the_next(
    world: World, library: Library
) -> None:
    answer = library.approved()
    begins = world.now + timedelta(days=10)
    assert library.next(answer, effective_from=text(begins), **SECOND) == 2

    assert done(library.show(answer))["in_force"] == 1
    world.now = begins - timedelta(milliseconds=1)
    assert done(Library(world).show(answer))["in_force"] == 1
    world.now = begins
    shown = done(Library(world).show(answer))
    assert (shown["in_force"], shown["versions"][0]["wordings"]) == (2, {"en": EN, "zh-CN": ZH})


def test_a_version_that_is_approved_late_begins_when_it_is_approved(world: World, library: Library) -> None:
    answer = library.proposed(effective_from=text(world.now + timedelta(hours=1)))
    world.now += timedelta(hours=5)

    approved = done(library.step(answer, "approve", by="compliance-hq"))

    assert approved["versions"][0]["effective_from"] == text(world.now)


def test_who_has_not_seen_the_newest_changes_nothing(library: Library) -> None:
    answer = done(library.create())["id"]
    seen = library.show(answer).headers["ETag"]
    done(library.step(answer, "propose"))

    stale = library.step(answer, "approve", by="compliance-hq", If_Match=seen)
    assert refused(stale) == (412, "outdated")
    assert done(library.step(answer, "approve", by="compliance-hq", If_Match='"2"'))["version"] == 3


def test_whoever_has_to_approve_and_whose_words_came_back_hears_of_it_once(world: World, library: Library) -> None:
    answer = library.proposed()
    world.drain()
    done(library.step(answer, "return", WHY, by="compliance-hq"))
    world.drain()

    sent = [(it.to, it.template) for it in world.provider.sent.values()]
    assert ("compliance-hq@dutydesk.test", "answer_proposed") in sent
    assert [to for to, template in sent if template == "answer_returned"] == ["lead-east@dutydesk.test"]
    world.pass_time(days=2)
    again = [(it.to, it.template) for it in world.provider.sent.values()]
    assert [it for it in again if it[1].startswith("answer")] == [it for it in sent if it[1].startswith("answer")]
    assert NEW["title"] in next(it.subject for it in world.provider.sent.values() if it.template == "answer_returned")
    assert WORDS["wordings"]["en"] not in str(world.provider.sent)
