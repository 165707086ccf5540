"""Waiting: which clocks stand, for how long at the longest, what ends it, and what looks like an abuse of it."""

from datetime import timedelta

import pytest

from chalicelib.kernel.clock import moment
from chalicelib.kernel.clock import text as written
from tests.integration.matters import Desk, clocks, done, enquire, refused, states, told
from tests.world import LI, World


@pytest.fixture(scope="module")
def desk(standing: World) -> Desk:
    return Desk(standing)


@pytest.fixture
def world(standing: World) -> World:
    return standing


@pytest.fixture
def ticket(world: World, desk: Desk) -> str:
    return str(world.complain(desk.token(LI))["id"])


WAITING = {"reason": "waiting_for_customer"}


def test_house_clocks_stand_and_statutory_ones_run_on(world: World, desk: Desk, ticket: str) -> None:
    before = desk.clocks(ticket)

    shown = done(desk.case(ticket, "pause", WAITING))
    world.drain()

    assert {id_ for id_, state in states(shown).items() if state == "paused"} == {"house.resolve"}
    world.now += timedelta(days=3)
    shown = done(desk.case(ticket, "resume", WAITING))
    after = clocks(shown)
    assert after["cn.nfra.decision"]["due_at"] == before["cn.nfra.decision"]["due_at"]
    assert moment(after["house.resolve"]["due_at"]) > moment(before["house.resolve"]["due_at"])
    assert after["house.resolve"]["paused_for"] == "PT259200S"
    assert world.events(ticket)[-1] == "ticket.resumed"
    assert told(world, ticket, "ticket.resumed")[0]["why"] == "staff"
    (text,) = desk.heard(ticket, "ticket_waiting")
    assert text.to == LI


def test_a_statutory_clock_stands_only_for_what_its_pack_lists(world: World, desk: Desk, ticket: str) -> None:
    records = len(world.records(ticket))
    for body in (
        WAITING | {"clock": "cn.nfra.decision"},
        {"reason": "waiting_for_third_party", "clock": "cn.nfra.decision"},
    ):
        answer = desk.case(ticket, "pause", body)
        assert refused(answer) == (409, "not_pausable")
        assert answer.body["pausable_for"] == ["external_appraisal", "mediation"]
    assert refused(desk.case(ticket, "pause", WAITING | {"clock": "none"})) == (404, "not_found")
    assert len(world.records(ticket)) == records

    shown = done(desk.case(ticket, "pause", {"reason": "external_appraisal"}))

    assert {id_ for id_, state in states(shown).items() if state == "paused"} == {"cn.nfra.decision"}
    world.now += timedelta(days=2)
    before = clocks(shown)["cn.nfra.decision"]["due_at"]
    shown = done(desk.case(ticket, "resume", {"reason": "external_appraisal"}))
    assert moment(clocks(shown)["cn.nfra.decision"]["due_at"]) > moment(before)


def test_a_reason_that_holds_no_clock_and_that_nobody_limits_is_none(world: World, desk: Desk) -> None:
    enquiry = enquire(world, desk.token(LI))["id"]
    answer = desk.ticket(enquiry, "wait", {"reason": "mediation"})
    assert refused(answer) == (409, "not_pausable")
    assert answer.body["pausable_for"] == ["waiting_for_customer", "waiting_for_third_party"]


def test_waiting_ends_at_its_limit(world: World, desk: Desk) -> None:
    enquiry = enquire(world, desk.token(LI))["id"]
    limit = written(world.now + timedelta(days=2))
    for until, code in (
        (written(world.now), "in_the_past"),
        (written(world.now + timedelta(days=14, seconds=1)), "too_large"),
    ):
        answer = desk.ticket(enquiry, "wait", WAITING | {"until": until})
        assert (refused(answer), answer.body["errors"][0]["code"]) == ((422, "invalid"), code)

    shown = done(desk.ticket(enquiry, "wait", WAITING | {"until": limit}))
    assert shown["waiting"] == [{"reason": "waiting_for_customer", "since": written(world.now), "until": limit}]
    assert refused(desk.ticket(enquiry, "wait", WAITING)) == (409, "not_allowed_now")
    desk.until(limit, enquiry, milliseconds=1)
    assert states(desk.show(enquiry))["house.answer"] == "paused"
    desk.until(written(moment(limit) + timedelta(hours=1)), enquiry)

    shown = desk.show(enquiry)
    assert (shown["waiting"], states(shown)["house.answer"]) == ([], "running")
    assert clocks(shown)["house.answer"]["paused_for"] == "PT172800S"  # to the limit, however late we look
    assert [body["why"] for body in told(world, enquiry, "ticket.resumed")] == ["limit"]


def test_without_a_limit_given_the_house_sets_one(world: World, desk: Desk, ticket: str) -> None:
    shown = done(desk.case(ticket, "pause", WAITING))
    assert moment(shown["waiting"][0]["until"]) == world.now + timedelta(days=14)
    unlimited = done(desk.case(ticket, "pause", {"reason": "mediation"}))
    assert unlimited["waiting"][1]["until"] is None


def test_the_customers_reply_ends_the_waiting_for_them_and_for_nobody_else(
    world: World, desk: Desk, ticket: str
) -> None:
    done(desk.case(ticket, "pause", WAITING))
    done(desk.case(ticket, "pause", {"reason": "mediation"}))
    done(desk.say(ticket, "Please send the receipt."))
    assert len(desk.show(ticket)["waiting"]) == 2

    done(desk.write(ticket, "Here it is."))

    shown = desk.show(ticket)
    assert [wait["reason"] for wait in shown["waiting"]] == ["mediation"]
    assert states(shown)["house.resolve"] == "running"
    assert told(world, ticket, "ticket.resumed")[0]["why"] == "customer"


def test_a_second_pause_for_one_reason_is_flagged_to_the_lead(world: World, desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "pause", WAITING, "agent-east"))
    done(desk.case(ticket, "resume", WAITING, "agent-east"))
    world.drain()
    assert desk.heard(ticket, "pause_flagged") == []

    done(desk.case(ticket, "pause", WAITING, "agent-east"))
    world.drain()

    (mail,) = desk.heard(ticket, "pause_flagged")
    assert (mail.to, "repeated" in mail.body) == ("lead-east@dutydesk.test", True)
    assert [body["flags"] for body in told(world, ticket, "ticket.waiting")] == [[], ["repeated"]]


def test_a_pause_just_before_the_breach_is_flagged(world: World, desk: Desk, ticket: str) -> None:
    desk.until(desk.clocks(ticket)["house.resolve"]["due_at"], ticket, hours=3)
    done(desk.case(ticket, "pause", WAITING))
    assert told(world, ticket, "ticket.waiting")[0]["flags"] == ["late"]


def test_nothing_that_is_over_waits_and_nothing_that_does_not_wait_goes_on(
    world: World, desk: Desk, ticket: str
) -> None:
    assert refused(desk.case(ticket, "resume", WAITING)) == (409, "not_allowed_now")
    done(desk.own(ticket, "withdraw"))
    assert refused(desk.case(ticket, "pause", WAITING)) == (409, "not_allowed_now")


def test_clocks_as_of_a_past_time_are_those_that_were_known_then(world: World, desk: Desk, ticket: str) -> None:
    before, path = world.now, f"/v1/desk/tickets/{ticket}/clocks"
    at_first = done(world.ask("GET", f"{path}?as_of={written(before)}", token=desk.token("lead-east")))["items"]
    world.now += timedelta(days=1)
    paused_at = world.now
    done(desk.case(ticket, "pause", WAITING))
    world.now += timedelta(days=1)
    done(desk.case(ticket, "resume", WAITING))

    def known(at: str) -> dict[str, str]:
        items = done(world.ask("GET", f"{path}?as_of={at}", token=desk.token("lead-east")))["items"]
        return {clock["id"]: clock["state"] for clock in items}

    now = done(world.ask("GET", f"{path}?as_of={written(before)}", token=desk.token("lead-east")))["items"]
    assert now == at_first
    assert known(written(paused_at))["house.resolve"] == "paused"
    assert known(written(paused_at - timedelta(seconds=1)))["house.resolve"] == "running"
    assert known(written(world.now))["house.resolve"] == "running"
    assert known(written(before - timedelta(seconds=1))) == {}
    wrong = world.ask("GET", f"{path}?as_of=yesterday", token=desk.token("lead-east"))
    assert wrong.status == 422
