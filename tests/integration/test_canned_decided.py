"""Complaints are decided and answered in approved words, or not at all."""

import pytest

from tests.integration.matters import LETTER, REJECTED, UPHELD, Desk, done, refused, told
from tests.integration.wordings import WHY, Library
from tests.world import LI, World

DECIDED = {
    "kinds": ["complaint"],
    "wordings": {
        "en": "{number} is {outcome}. {reasons} We pay {redress}.\n{remedies}",
        "zh-CN": "{number}：{outcome}。{reasons}赔付 {redress}。\n{remedies}",
    },
}
AWARDED = UPHELD | {"redress": {"amount": 2_500, "currency": "CNY"}}


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


@pytest.fixture
def library(world: World) -> Library:
    return Library(world)


@pytest.fixture
def complaint(world: World, desk: Desk) -> str:
    return str(world.complain(desk.token(LI))["id"])


def test_a_decision_is_told_in_approved_words_that_the_customer_reads_once_it_is_on_its_way(
    world: World, desk: Desk, library: Library, complaint: str
) -> None:
    answer = library.approved(**DECIDED)
    number = desk.complaint(complaint)["number"]

    decided = done(desk.case(complaint, "decide", AWARDED | {"answer": {"id": answer}}))
    done(desk.case(complaint, "deliver", LETTER))

    text, *rights = decided["decision"]["text"].split("\n")
    assert text == f"{number}：投诉成立。{UPHELD['reasons']}赔付 CNY 25.00。"
    assert len(rights) == len(decided["decision"]["rights"]) > 2
    digest = told(world, answer, "answer.version_written")[0]["sha256"]
    for event in ("complaint.decided", "complaint.delivered"):
        assert told(world, complaint, event)[0]["answer"] == {"ref": f"{answer}@1", "sha256": digest}
    assert desk.complaint(complaint, LI)["decision"]["text"] == decided["decision"]["text"]


def test_an_unapproved_wording_decides_delivers_and_closes_no_complaint(
    world: World, desk: Desk, library: Library, complaint: str
) -> None:
    draft, proposed = library.create(**DECIDED).body["id"], library.proposed(**DECIDED)
    retired = library.approved(**DECIDED)
    done(library.step(retired, "retire", WHY))

    for answer in (draft, proposed, retired):
        decided = desk.case(complaint, "decide", AWARDED | {"answer": {"id": answer, "version": 1}})
        assert refused(decided) == (409, "answer_not_approved")
    assert desk.complaint(complaint)["status"] == "received"
    done(desk.case(complaint, "decide", AWARDED))
    for answer in (draft, proposed, retired):
        for way in (LETTER, {"channel": "sms"}):
            delivered = desk.case(complaint, "deliver", way | {"answer": {"id": answer, "version": 1}})
            assert refused(delivered) == (409, "answer_not_approved")
    assert desk.complaint(complaint)["status"] == "decided"
    assert refused(desk.case(complaint, "close", {"root_cause": "r"})) == (409, "not_allowed_now")


def test_a_wording_retired_since_the_decision_delivers_nothing_until_another_is_named(
    world: World, desk: Desk, library: Library, complaint: str
) -> None:
    first, second = library.approved(**DECIDED), library.approved(**DECIDED | {"title": "Better"})
    done(desk.case(complaint, "decide", AWARDED | {"answer": {"id": first}}))
    done(library.step(first, "retire", WHY))

    for way in (LETTER, {"channel": "sms"}):
        assert refused(desk.case(complaint, "deliver", way)) == (409, "answer_not_approved")
    delivered = done(desk.case(complaint, "deliver", LETTER | {"answer": {"id": second}}))

    assert delivered["decision"]["answer"]["ref"] == f"{second}@1"
    assert told(world, complaint, "complaint.delivered")[0]["answer"]["ref"] == f"{second}@1"
    done(desk.case(complaint, "close", {"root_cause": "r"}))


def test_a_decision_that_waits_for_approval_fills_no_wording_but_its_own(
    world: World, desk: Desk, library: Library, complaint: str
) -> None:
    wordings = {"en": "{number}: {outcome}.", "zh-CN": "{number}：{outcome}。"}
    answer = library.approved(kinds=["complaint"], wordings=wordings)
    proposed = done(desk.case(complaint, "decide", REJECTED | {"answer": {"id": answer}}))
    assert (proposed["status"], proposed["decision"]["text"][-6:]) == ("proposed", "投诉不成立。")

    said = library.say(complaint, answer)
    assert (refused(said), said.body["missing"]) == ((422, "fact_missing"), ["outcome"])

    done(desk.case(complaint, "approve", by="head-hq"))
    assert done(library.say(complaint, answer))["body"].endswith("投诉不成立。")
