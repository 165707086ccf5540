"""Enquiries and requests: asked, answered, closed by silence, and what it does when the customer comes back."""

from datetime import timedelta

import pytest

from chalicelib.kernel.clock import moment
from chalicelib.kernel.clock import text as written
from tests.integration.matters import Desk, clocks, done, enquire, refused, states, told
from tests.world import LI, SMITH, World

HOUSE = {"house.acknowledge", "house.answer", "house.first_response", "house.accept"}


@pytest.fixture(scope="module")
def desk(standing: World) -> Desk:
    return Desk(standing)


@pytest.fixture
def world(standing: World) -> World:
    return standing


@pytest.fixture
def customer(desk: Desk) -> str:
    return desk.token(LI)


@pytest.fixture
def asked(world: World, customer: str) -> str:
    return str(enquire(world, customer)["id"])


@pytest.fixture
def resolved(world: World, desk: Desk, asked: str) -> str:
    world.drain()
    world.receipt(desk.heard(asked, "ticket_received")[0].id)
    done(desk.ticket(asked, "resolve", {"body": "Yes, from nine to twelve."}))
    world.drain()
    return asked


def test_an_enquiry_runs_under_house_rules_alone_and_is_acknowledged(world: World, desk: Desk, customer: str) -> None:
    shown = enquire(world, customer, kind="request", topic="branches")
    world.drain()

    assert (shown["kind"], shown["status"], shown["topic"]) == ("request", "received", "branches")
    assert set(clocks(shown)) == HOUSE
    (text,) = desk.heard(shown["id"], "ticket_received")
    assert clocks(shown)["house.answer"]["due_date"] in text.body
    assert "我们已收到" in text.body
    world.receipt(text.id)
    world.drain()
    assert (
        clocks(world.ask("GET", f"/v1/tickets/{shown['id']}", token=customer).body)["house.acknowledge"]["state"]
        == "met"
    )


def test_what_is_logged_counts_from_when_it_was_first_said(world: World, desk: Desk) -> None:
    first = world.now - timedelta(days=2)
    body = {"kind": "enquiry", "subject": "s", "body": "b", "channel": "phone", "received_at": written(first)}
    log = "/v1/desk/tickets"

    shown = done(
        world.ask("POST", log, body | {"customer": {"phone": SMITH}, "language": "en"}, desk.token("lead-east"))
    )

    assert moment(clocks(shown)["house.answer"]["started_at"]) == first
    world.drain()
    assert "have received your message" in desk.heard(shown["id"], "ticket_received")[0].body
    for wrong, answer in (
        ({"customer": {}}, (404, "not_found")),
        ({"customer": {"phone": "12345"}}, (422, "phone_invalid")),
        ({"customer": {"phone": SMITH}, "unit": "london"}, (404, "not_found")),
        ({"customer": {"phone": SMITH}, "received_at": written(world.now + timedelta(hours=1))}, (422, "invalid")),
    ):
        assert refused(world.ask("POST", log, body | wrong, desk.token("lead-east"))) == answer, wrong


def test_the_answer_is_a_message_meets_the_clocks_and_is_told(
    world: World, desk: Desk, customer: str, asked: str
) -> None:
    shown = done(desk.ticket(asked, "resolve", {"body": "Yes, from nine to twelve."}))
    world.drain()

    assert shown["status"] == "resolved"
    met = {id_ for id_, state in states(shown).items() if state == "met"}
    assert met == {"house.answer", "house.first_response", "house.accept"}
    messages = world.ask("GET", f"/v1/tickets/{asked}/messages", token=desk.token(LI)).body["items"]
    assert [(said["author"], said["body"], said["by"]) for said in messages] == [
        ("staff", "Yes, from nine to twelve.", None)
    ]
    assert len(desk.heard(asked, "ticket_resolved")) == 1
    (record,) = told(world, asked, "ticket.resolved")
    assert "nine" not in str(record)
    assert refused(desk.ticket(asked, "resolve", {"body": "again"})) == (409, "not_allowed_now")


def test_silence_closes_what_is_resolved_and_not_before_the_time(world: World, desk: Desk, resolved: str) -> None:
    due = desk.clocks(resolved)["house.silence_after_answer"]["due_at"]

    desk.until(due, resolved, milliseconds=1)
    assert desk.show(resolved)["status"] == "resolved"
    desk.until(due, resolved)

    shown = desk.show(resolved)
    assert shown["status"] == "closed"
    assert [body["why"] for body in told(world, resolved, "ticket.closed")] == ["silence"]
    assert "clock.missed" not in world.events(resolved)
    assert set(states(shown).values()) == {"met", "missed"} or states(shown)["house.silence_after_answer"] == "missed"


def test_what_is_not_resolved_is_not_closed_and_a_complaint_is_not_resolved_by_a_word(
    world: World, desk: Desk, customer: str, asked: str
) -> None:
    assert refused(desk.ticket(asked, "close")) == (409, "not_allowed_now")
    assert refused(desk.own(asked, "reopen", {"reason": "r"}, "tickets")) == (409, "not_allowed_now")
    complaint = world.complain(customer)["id"]
    for step, body in (("resolve", {"body": "b"}), ("close", None), ("reopen", {"reason": "r"})):
        answer = desk.ticket(complaint, step, body)
        assert refused(answer) == (409, "not_allowed_now"), step
    assert world.events(complaint) == ["complaint.received"]


def test_the_customers_word_puts_a_resolved_one_back_to_work(
    world: World, desk: Desk, customer: str, resolved: str
) -> None:
    before = desk.clocks(resolved)["house.answer"]
    world.now += timedelta(days=1)

    done(desk.write(resolved, "And on Sunday?"))

    shown = desk.show(resolved)
    assert shown["status"] == "in_progress"
    after = clocks(shown)["house.answer"]
    assert (after["started_at"], after["due_at"], after["state"]) == (before["started_at"], before["due_at"], "running")
    assert states(shown)["house.silence_after_answer"] == "met"
    assert world.events(resolved)[-1] == "ticket.reopened"
    world.now += timedelta(days=1)
    again = done(desk.ticket(resolved, "resolve", {"body": "No."}))
    assert states(again)["house.silence_after_answer"] == "running"
    assert moment(clocks(again)["house.silence_after_answer"]["started_at"]) == world.now


def test_the_word_of_staff_does_not_reopen(world: World, desk: Desk, resolved: str) -> None:
    done(desk.say(resolved, "The door is at the back."))
    assert desk.show(resolved)["status"] == "resolved"


def test_reopening_keeps_the_old_start_and_tells_the_owner_within_thirty_days(
    world: World, desk: Desk, customer: str, resolved: str
) -> None:
    done(desk.ticket(resolved, "close"))
    start = desk.clocks(resolved)["house.answer"]["started_at"]
    world.now += timedelta(days=30)

    shown = done(desk.own(resolved, "reopen", {"reason": "It is still shut."}, "tickets"))
    world.now += timedelta(hours=1)
    world.drain()

    assert (shown["status"], clocks(shown)["house.answer"]["started_at"]) == ("in_progress", start)
    assert clocks(shown)["house.answer"]["state"] == "missed"  # nothing of the time that went by is given back
    (mail,) = desk.heard(resolved, "case_reopened")
    assert mail.to == f"{shown['owner']}@dutydesk.test"


def test_after_thirty_days_nothing_is_reopened(world: World, desk: Desk, customer: str, resolved: str) -> None:
    done(desk.ticket(resolved, "close"))
    world.now += timedelta(days=30, seconds=1)
    assert refused(desk.own(resolved, "reopen", {"reason": "r"}, "tickets")) == (409, "reopen_window_over")
    assert refused(desk.ticket(resolved, "reopen", {"reason": "r"})) == (409, "reopen_window_over")


def test_a_message_on_a_closed_one_opens_a_follow_up_tied_to_it(
    world: World, desk: Desk, customer: str, resolved: str
) -> None:
    done(desk.ticket(resolved, "close"))
    records = len(world.records(resolved))

    said = done(desk.write(resolved, "And on holidays?"))

    assert said["ticket"] != resolved
    new = desk.show(said["ticket"])
    assert new["ties"] == [{"relation": "follow_up_of", "ticket": resolved}]
    assert (new["kind"], new["status"], new["body"]) == ("enquiry", "received", "And on holidays?")
    assert moment(clocks(new)["house.answer"]["started_at"]) == world.now
    old = desk.show(resolved)
    assert (old["status"], old["ties"]) == ("closed", [{"relation": "followed_by", "ticket": said["ticket"]}])
    assert len(world.records(resolved)) == records + 1
    kept = world.ask("GET", f"/v1/tickets/{said['ticket']}/messages", token=desk.token(LI)).body["items"]
    assert [message["id"] for message in kept] == [said["id"]]


def test_which_state_may_follow_which_is_published(world: World, customer: str) -> None:
    kinds = done(world.ask("GET", "/v1/states", token=customer))["kinds"]

    assert set(kinds) == {"enquiry", "request", "complaint", "task", "appointment", "waitlist", "callback"}
    assert kinds["enquiry"]["resolved"] == ["closed", "in_progress"]
    assert kinds["complaint"]["delivered"] == ["accepted", "closed", "in_review"]
    assert kinds["complaint"]["withdrawn"] == []
