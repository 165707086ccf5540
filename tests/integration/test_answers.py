"""What the customer answers to a decision: yes, no, nothing; and that they let the matter go."""

from datetime import timedelta

import pytest

from chalicelib.identity.model import Staff
from chalicelib.kernel import actors
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import internal
from chalicelib.kernel.clock import moment
from tests.integration.matters import LETTER, UPHELD, Desk, clocks, done, refused, states, told
from tests.world import LI, SMITH, World


@pytest.fixture(scope="module")
def desk(standing: World) -> Desk:
    return Desk(standing)


@pytest.fixture
def world(standing: World) -> World:
    return standing


@pytest.fixture(scope="module", autouse=True)
def others(standing: World) -> None:
    """Somebody else at the head office, who may look at what the head has decided."""
    second = Staff("head-hq-2", "hq", frozenset({Role.SUPERVISOR}), "h", "head-hq-2@dutydesk.test", "en")
    standing.services.identity.register_staff(second, internal(actors.system("seed"), "seed", "seed"))


@pytest.fixture
def ticket(world: World, desk: Desk) -> str:
    return str(world.complain(desk.token(LI))["id"])


@pytest.fixture
def delivered(desk: Desk, ticket: str) -> str:
    return desk.delivered(ticket)


WHY = {"reason": "You did not look at the second booking."}


def test_the_customer_agrees_and_the_silence_ends(world: World, desk: Desk, delivered: str) -> None:
    shown = done(desk.own(delivered, "accept"))

    assert (shown["status"], states(shown)["house.silence_after_post"]) == ("accepted", "met")
    assert refused(desk.own(delivered, "accept")) == (409, "not_allowed_now")
    assert refused(desk.own(delivered, "reject", WHY)) == (409, "not_allowed_now")
    assert done(desk.case(delivered, "close", {"root_cause": "double_booking"}))["status"] == "closed"


def test_who_does_not_agree_is_heard_above_by_somebody_new_under_a_clock_of_its_own(
    world: World, desk: Desk, delivered: str
) -> None:
    world.now += timedelta(days=1)

    shown = done(desk.own(delivered, "reject", WHY))
    world.drain()

    assert (shown["status"], shown["unit"], shown["in_review"]) == ("in_review", "hq", True)
    assert shown["owner"] in ("head-hq", "head-hq-2")
    review = clocks(shown)["cn.nfra.review"]
    assert (moment(review["started_at"]), review["state"]) == (world.now, "running")
    assert clocks(shown)["cn.nfra.decision"]["state"] == "met"
    assert clocks(shown)["house.accept"]["state"] == "running"
    assert shown["decision"]["outcome"] == "upheld"
    assert [mail.to for mail in desk.heard(delivered, "case_assigned")][-1] == f"{shown['owner']}@dutydesk.test"
    assert "second booking" not in str(told(world, delivered, "complaint.review_asked"))
    assert refused(desk.case(delivered, "decide", UPHELD, "agent-east")) == (404, "not_found")


def test_a_review_is_decided_by_another_delivered_and_final(world: World, desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "decide", UPHELD, "head-hq"))
    done(desk.case(ticket, "deliver", LETTER, "head-hq"))
    shown = done(desk.own(ticket, "reject", WHY))
    assert refused(desk.case(ticket, "decide", UPHELD, "head-hq")) == (403, "conflict_of_interest")

    other = UPHELD | {"findings": "Both bookings were wrong."}
    decided = done(desk.case(ticket, "decide", other, "head-hq-2"))
    own = world.ask("GET", f"/v1/complaints/{ticket}", token=desk.token(LI)).body
    assert (decided["status"], own["decision"]["findings"]) == ("decided", UPHELD["findings"])
    shown = done(desk.case(ticket, "deliver", LETTER, "head-hq-2"))

    assert (states(shown)["cn.nfra.review"], states(shown)["house.review_answer"]) == ("met", "met")
    own = world.ask("GET", f"/v1/complaints/{ticket}", token=desk.token(LI)).body
    assert own["decision"]["findings"] == other["findings"]
    assert refused(desk.own(ticket, "reject", WHY)) == (409, "review_window_over")  # once


def test_a_review_that_is_returned_goes_back_to_the_review(desk: Desk, delivered: str) -> None:
    owner = done(desk.own(delivered, "reject", WHY))["owner"]
    done(desk.case(delivered, "decide", UPHELD | {"outcome": "rejected"}, owner))
    assert done(desk.case(delivered, "return", {"reason": "r"}, "compliance-hq"))["status"] == "in_review"


def test_a_review_is_asked_for_within_thirty_days_of_the_delivery(world: World, desk: Desk, ticket: str) -> None:
    second = world.complain(desk.token(LI))["id"]
    for case in (ticket, second):
        done(desk.case(case, "decide", UPHELD))
    world.now += timedelta(days=2)  # what counts is the delivery
    for case in (ticket, second):
        done(desk.case(case, "deliver", LETTER))
    world.now += timedelta(days=30)
    assert done(desk.own(ticket, "reject", WHY))["status"] == "in_review"
    world.now += timedelta(seconds=1)
    assert refused(desk.own(second, "reject", WHY)) == (409, "review_window_over")


def test_a_late_acknowledgement_does_not_shorten_the_time_for_a_review(world: World, desk: Desk, ticket: str) -> None:
    world.drain()
    text = desk.heard(ticket, "complaint_received")[0]
    done(desk.case(ticket, "decide", UPHELD))
    world.now += timedelta(hours=1)
    world.receipt(text.id)
    world.drain()
    world.now += timedelta(days=3)
    done(desk.case(ticket, "deliver", LETTER))
    world.now += timedelta(days=30)

    assert done(desk.own(ticket, "reject", WHY))["status"] == "in_review"


def test_what_has_not_arrived_is_not_answered(world: World, desk: Desk, ticket: str) -> None:
    for state in ("received", "decided"):
        for step, body in (("accept", None), ("reject", WHY)):
            assert refused(desk.own(ticket, step, body)) == (409, "not_allowed_now"), (state, step)
        desk.case(ticket, "decide", UPHELD)
    for step, body in (("accept", None), ("reject", WHY), ("withdraw", None)):
        assert refused(desk.own(ticket, step, body, by=SMITH)) == (404, "not_found"), step


def test_silence_is_reminded_of_half_way_and_closes_at_the_end(world: World, desk: Desk, ticket: str) -> None:
    world.drain()
    world.receipt(desk.heard(ticket, "complaint_received")[0].id)
    desk.delivered(ticket)
    world.drain()
    silence = desk.clocks(ticket)["house.silence_after_post"]

    desk.until(silence["due_at"], ticket, milliseconds=1)
    (text,) = desk.heard(ticket, "decision_reminder")
    assert (text.to, text.body.startswith("您")) == (LI, True)
    assert world.events(ticket).count("complaint.customer_reminded") == 1
    assert desk.complaint(ticket)["status"] == "delivered"
    desk.until(silence["due_at"], ticket)

    assert desk.complaint(ticket)["status"] == "closed"
    assert [body["why"] for body in told(world, ticket, "complaint.closed")] == ["silence"]
    assert len(desk.heard(ticket, "decision_reminder")) == 1
    missed = {body["clock"] for body in told(world, ticket, "clock.missed")}
    assert "house.silence_after_post" not in missed  # it was the customer's time
    # Within the thirty days the customer may still ask for a review.
    assert done(desk.own(ticket, "reject", WHY))["status"] == "in_review"


def test_an_english_customer_is_reminded_in_english(world: World, desk: Desk) -> None:
    ticket = world.complain(desk.token(SMITH))["id"]
    done(desk.case(ticket, "decide", UPHELD, "lead-london"))
    done(desk.case(ticket, "deliver", LETTER, "lead-london"))
    due = clocks(desk.show(ticket, "lead-london"))["house.silence_after_post"]["due_at"]
    desk.until(due, ticket, hours=1)
    assert "You have not answered our decision" in desk.heard(ticket, "decision_reminder")[0].body


def test_letting_go_stops_every_clock_and_the_owner_hears_of_it(world: World, desk: Desk, ticket: str) -> None:
    shown = done(desk.own(ticket, "withdraw"))
    world.drain()

    assert (shown["status"], set(states(shown).values())) == ("withdrawn", {"stopped"})
    assert [mail.to for mail in desk.heard(ticket, "complaint_withdrawn")] == [f"{shown['owner']}@dutydesk.test"]
    assert refused(desk.own(ticket, "withdraw")) == (409, "not_allowed_now")
    for step, body in (("take-up", None), ("decide", UPHELD), ("deliver", LETTER), ("close", {"root_cause": "r"})):
        assert refused(desk.case(ticket, step, body)) == (409, "not_allowed_now"), step
    records = len(world.records(ticket))
    desk.until("2027-06-01T00:00:00Z", ticket)
    assert "clock.missed" not in world.events(ticket)[records:]
    assert [row for row in world.items("tickets", "due") if row["id"] == ticket] == []


def test_a_decision_that_has_arrived_is_not_let_go(desk: Desk, delivered: str) -> None:
    assert refused(desk.own(delivered, "withdraw")) == (409, "not_allowed_now")
