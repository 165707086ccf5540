"""More time: asked for by one, approved by another of the right role and unit, told to the customer; and new facts."""

from datetime import timedelta

import pytest

from chalicelib.kernel.clock import moment
from tests.integration.matters import UPHELD, Desk, clocks, done, refused, told
from tests.world import LI, SMITH, Answer, World


@pytest.fixture(scope="module")
def desk(standing: World) -> Desk:
    return Desk(standing)


@pytest.fixture
def world(standing: World) -> World:
    return standing


@pytest.fixture
def ticket(world: World, desk: Desk) -> str:
    return str(world.complain(desk.token(LI))["id"])


DECISION = "cn.nfra.decision"
COMPLEX = {"clock": DECISION, "step": "complex", "reason": "Three branches have to be asked."}
SPECIAL = COMPLEX | {"step": "special"}


def approve(desk: Desk, ticket: str, n: int = 1, by: str = "lead-east") -> Answer:
    return desk.case(ticket, f"extensions/{n}/approve", None, by)


def test_what_is_asked_for_moves_nothing_until_another_approves_it(world: World, desk: Desk, ticket: str) -> None:
    due = desk.clocks(ticket)[DECISION]["due_at"]

    asked = done(desk.case(ticket, "extensions", COMPLEX, "agent-east"))
    world.drain()

    assert clocks(asked)[DECISION]["due_at"] == due
    assert [(it["n"], it["step"], it["approved"]) for it in asked["extensions"]] == [(1, "complex", False)]
    assert [mail.to for mail in desk.heard(ticket, "approval_needed")] == ["lead-east@dutydesk.test"]
    assert desk.heard(ticket, "extension_granted") == []

    granted = done(approve(desk, ticket))
    world.drain()

    assert moment(clocks(granted)[DECISION]["due_at"]) == moment(due) + timedelta(days=15)
    assert granted["extensions"][0]["approved"] is True
    (text,) = desk.heard(ticket, "extension_granted")
    assert (text.to, clocks(granted)[DECISION]["due_date"] in text.body) == (LI, True)
    assert [body["due_at"] for body in told(world, ticket, "complaint.extension_approved")] == [
        clocks(granted)[DECISION]["due_at"]
    ]
    assert "branches" not in str(told(world, ticket, "complaint.extension_asked"))


def test_nobody_approves_what_they_asked_for_and_no_agent_approves(world: World, desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "extensions", COMPLEX, "lead-east"))
    records = len(world.records(ticket))

    assert refused(approve(desk, ticket)) == (403, "conflict_of_interest")
    assert refused(approve(desk, ticket, by="agent-east")) == (403, "forbidden")
    assert refused(approve(desk, ticket, 2)) == (404, "not_found")
    assert len(world.records(ticket)) == records


def test_a_step_the_text_wants_approved_above_is_approved_there(world: World, desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "extensions", SPECIAL, "agent-east"))

    assert refused(approve(desk, ticket)) == (403, "approval_needed")
    granted = done(approve(desk, ticket, by="head-hq"))

    assert moment(clocks(granted)[DECISION]["due_at"]) - moment(granted["received_at"]) >= timedelta(days=60)


def test_a_step_is_taken_once_and_never_back_to_less(world: World, desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "extensions", COMPLEX, "agent-east"))
    waiting = desk.case(ticket, "extensions", SPECIAL, "agent-east")
    assert refused(waiting) == (409, "extension_not_possible")  # one at a time
    due = clocks(done(approve(desk, ticket)))[DECISION]["due_at"]
    again = desk.case(ticket, "extensions", COMPLEX, "agent-east")
    assert (refused(again), again.body["steps"]) == ((409, "extension_not_possible"), ["special"])
    assert clocks(done(approve(desk, ticket)))[DECISION]["due_at"] == due  # approved twice, granted once
    assert len(told(world, ticket, "complaint.extension_approved")) == 1
    done(desk.case(ticket, "extensions", SPECIAL, "agent-east"))
    done(approve(desk, ticket, 2, "head-hq"))
    last = desk.case(ticket, "extensions", COMPLEX, "agent-east")
    assert (refused(last), last.body["steps"]) == ((409, "extension_not_possible"), [])


def test_a_clock_that_is_not_there_or_has_no_such_step_is_not_extended(desk: Desk, ticket: str) -> None:
    assert refused(desk.case(ticket, "extensions", COMPLEX | {"clock": "none"})) == (404, "not_found")
    for body, steps in (
        (COMPLEX | {"step": "none"}, ["complex", "special"]),
        (COMPLEX | {"clock": "house.resolve"}, []),
    ):
        answer = desk.case(ticket, "extensions", body)
        assert (refused(answer), answer.body["steps"]) == ((409, "extension_not_possible"), steps)


def test_nothing_is_extended_after_the_clock_ran_out(world: World, desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "extensions", COMPLEX, "agent-east"))
    world.now = moment(desk.clocks(ticket)[DECISION]["due_at"])

    assert refused(approve(desk, ticket)) == (409, "extension_not_possible")
    assert desk.clocks(ticket)[DECISION]["state"] == "missed"


def test_the_last_instant_is_not_too_late(world: World, desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "extensions", COMPLEX, "agent-east"))
    world.now = moment(desk.clocks(ticket)[DECISION]["due_at"]) - timedelta(milliseconds=1)

    assert clocks(done(approve(desk, ticket)))[DECISION]["state"] == "running"


def test_what_is_decided_is_not_extended(desk: Desk, ticket: str) -> None:
    desk.delivered(ticket)
    assert refused(desk.case(ticket, "extensions", COMPLEX)) == (409, "extension_not_possible")


def test_a_british_customer_is_told_of_the_holding_response_in_english(world: World, desk: Desk) -> None:
    payment = world.complain(desk.token(SMITH), product="payments")["id"]
    step = {"clock": "uk.disp.payments.final", "step": "exceptional", "reason": "The other bank does not answer."}
    done(desk.case(payment, "extensions", step, "agent-london"))

    granted = done(desk.case(payment, "extensions/1/approve", None, "lead-london"))
    world.drain()

    (text,) = desk.heard(payment, "extension_granted")
    assert (text.to, "needs more time" in text.body) == (SMITH, True)
    assert clocks(granted)["uk.disp.payments.final"]["due_date"] in text.body
    # The holding reply is word to the customer: it answers, and the time without an update begins anew.
    before = clocks(granted)["house.update"]["started_at"]
    world.now += timedelta(hours=1)
    world.receipt(text.id)
    world.drain()
    after = clocks(desk.show(payment, "lead-london"))
    assert (after["house.first_response"]["state"], after["house.update"]["started_at"] > before) == ("met", True)


def test_new_facts_begin_the_statutory_time_anew_and_leave_ours(world: World, desk: Desk, ticket: str) -> None:
    before = desk.clocks(ticket)
    world.now += timedelta(days=3)

    shown = done(desk.case(ticket, "new-facts", {"what": "A second booking of the same day."}))

    after = clocks(shown)
    assert moment(after[DECISION]["started_at"]) == world.now
    assert moment(after[DECISION]["due_at"]) - moment(before[DECISION]["due_at"]) == timedelta(days=3)
    assert after["house.resolve"]["due_at"] == before["house.resolve"]["due_at"]
    assert told(world, ticket, "complaint.new_facts")[0].keys() >= {"ticket", "sha256"}
    assert "second booking" not in str(told(world, ticket, "complaint.new_facts"))


def test_new_facts_do_not_wake_what_is_decided(world: World, desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "decide", UPHELD))
    desk.world.now += timedelta(hours=1)
    done(desk.case(ticket, "deliver", {"channel": "branch", "proof": "Signed on 23 November."}))
    met = desk.clocks(ticket)[DECISION]["met_at"]

    done(desk.case(ticket, "new-facts", {"what": "w"}))

    assert desk.clocks(ticket)[DECISION]["met_at"] == met
