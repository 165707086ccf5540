"""A complaint that nobody called one is heard, asked about, and counted from the day it was written."""

from datetime import timedelta

import pytest

from tests.integration.matters import Desk, clocks, done, enquire, refused, states, told
from tests.world import LI, World

ANGRY = "I have waited for three weeks. This is unacceptable."


@pytest.fixture(scope="module")
def desk(standing: World) -> Desk:
    return Desk(standing)


@pytest.fixture
def world(standing: World) -> World:
    return standing


@pytest.fixture
def angry(world: World, desk: Desk) -> str:
    return str(enquire(world, desk.token(LI), body=ANGRY)["id"])


def test_its_owner_is_asked_once_whether_it_is_one(world: World, desk: Desk, angry: str) -> None:
    world.drain()
    done(desk.write(angry, "I want to complain!"))
    world.drain()

    (mail,) = desk.heard(angry, "complaint_suspected")
    shown = desk.show(angry)
    assert mail.to.startswith(shown["owner"])
    assert (shown["suspected_at"], states(shown)["house.recognise"]) == (shown["received_at"], "running")
    (record,) = told(world, angry, "ticket.complaint_suspected")
    assert (record["words"], record["heard"]) == ("house@2020-01-01.1", ["unacceptable"])


def test_the_customer_is_not_told_what_we_make_of_their_words(desk: Desk, angry: str) -> None:
    assert desk.show(angry, LI)["suspected_at"] is None


def test_an_ordinary_question_starts_nothing(world: World, desk: Desk) -> None:
    shown = enquire(world, desk.token(LI))
    assert "house.recognise" not in clocks(shown)
    assert desk.show(shown["id"])["suspected_at"] is None


def test_what_staff_write_is_no_dissatisfaction_of_the_customer(world: World, desk: Desk) -> None:
    id_ = enquire(world, desk.token(LI))["id"]
    done(desk.say(id_, "We are sorry that you are unhappy. You may complain at any time."))
    assert desk.show(id_)["suspected_at"] is None


def test_a_promoted_matter_counts_from_the_first_angry_word_and_not_from_the_question(world: World, desk: Desk) -> None:
    id_ = enquire(world, desk.token(LI))["id"]
    world.now += timedelta(days=2)
    written = world.now
    done(desk.write(id_, ANGRY))
    world.now += timedelta(days=1)

    shown = done(desk.ticket(id_, "promote", {}))

    assert clocks(shown)["cn.nfra.decision"]["started_at"] == written.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    assert (states(shown)["house.recognise"], shown["suspected_at"]) == ("met", None)
    (record,) = told(world, id_, "ticket.promoted")
    assert record["first_expressed_at"].startswith(written.strftime("%Y-%m-%dT%H:%M:%S"))


def test_what_is_none_is_said_to_be_none_with_the_reason_and_heard_anew_if_it_goes_on(
    world: World, desk: Desk, angry: str
) -> None:
    shown = done(desk.ticket(angry, "no-complaint", {"reason": "It is about another bank."}))
    assert (states(shown)["house.recognise"], shown["suspected_at"]) == ("met", None)
    assert refused(desk.ticket(angry, "no-complaint", {"reason": "r"})) == (409, "not_allowed_now")
    (record,) = told(world, angry, "ticket.complaint_denied")
    assert "another bank" not in str(record)

    world.now += timedelta(hours=1)
    done(desk.write(angry, "But I am still unhappy."))

    assert states(desk.show(angry))["house.recognise"] == "running"
    assert len(told(world, angry, "ticket.complaint_suspected")) == 2


def test_a_question_nobody_answers_moves_up(world: World, desk: Desk, angry: str) -> None:
    due = clocks(desk.show(angry))["house.recognise"]["due_at"]
    desk.until(due, angry)

    missed = [record["clock"] for record in told(world, angry, "clock.missed")]
    assert "house.recognise" in missed


def test_what_staff_take_down_is_heard_from_when_it_was_said(world: World, desk: Desk) -> None:
    said = world.now - timedelta(days=1)
    body = {
        "kind": "enquiry",
        "subject": "Fee",
        "body": "He says he was misled.",
        "channel": "phone",
        "customer": {"phone": LI},
        "received_at": said.isoformat(),
    }
    logged = done(world.ask("POST", "/v1/desk/tickets", body, desk.token("lead-east")))

    assert logged["suspected_at"] == logged["received_at"]
