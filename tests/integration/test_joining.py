"""Several tickets at once: merged, split, linked; and an enquiry that turns out to be a complaint."""

from datetime import timedelta

import pytest

from chalicelib.kernel.clock import moment
from chalicelib.kernel.clock import text as written
from tests.integration.matters import Desk, clocks, done, enquire, refused, states, told
from tests.world import LI, SMITH, World


@pytest.fixture(scope="module")
def desk(standing: World) -> Desk:
    return Desk(standing)


@pytest.fixture
def world(standing: World) -> World:
    return standing


@pytest.fixture
def earlier(world: World, desk: Desk) -> str:
    """A complaint of a day ago."""
    id_ = str(world.complain(desk.token(LI))["id"])
    world.now += timedelta(days=1)
    return id_


@pytest.fixture
def ticket(world: World, desk: Desk, earlier: str) -> str:
    """A complaint of now, about the same."""
    return str(world.complain(desk.token(LI))["id"])


def test_what_is_merged_goes_on_in_the_other_from_the_earlier_time(
    world: World, desk: Desk, earlier: str, ticket: str
) -> None:
    old, young = desk.show(earlier), desk.show(ticket)

    gone = done(desk.ticket(earlier, "merge", {"ticket": ticket}))

    assert (gone["id"], gone["status"]) == (earlier, "merged")
    assert not {"running", "paused"} & set(states(gone).values())
    assert gone["ties"] == [{"relation": "merged_into", "ticket": ticket}]
    kept = desk.show(ticket)
    assert kept["ties"] == [{"relation": "merged_from", "ticket": earlier}]
    assert kept["received_at"] == old["received_at"]
    for id_ in ("cn.nfra.decision", "house.resolve", "house.first_response"):
        assert clocks(kept)[id_]["due_at"] == clocks(old)[id_]["due_at"] != clocks(young)[id_]["due_at"], id_
    assert clocks(kept)["house.accept"]["started_at"] == clocks(young)["house.accept"]["started_at"]
    assert (world.events(earlier)[-1], world.events(ticket)[-1]) == ("ticket.merged", "ticket.tied")


def test_merged_into_an_earlier_one_the_time_stays(desk: Desk, earlier: str, ticket: str) -> None:
    before = desk.clocks(earlier)
    done(desk.ticket(ticket, "merge", {"ticket": earlier}))
    assert desk.clocks(earlier) == before


def test_what_is_merged_never_escalates_and_the_other_still_does(
    world: World, desk: Desk, earlier: str, ticket: str
) -> None:
    done(desk.ticket(earlier, "merge", {"ticket": ticket}))
    before = len(world.records(earlier))

    for id_ in (earlier, ticket):
        desk.until(written(world.now + timedelta(days=40)), id_)

    heard = [event for event in world.events(earlier)[before:] if event.startswith("clock.")]
    assert heard == []
    assert "cn.nfra.decision" in {body["clock"] for body in told(world, ticket, "clock.missed")}


def test_only_open_matters_of_one_customer_are_merged(world: World, desk: Desk, earlier: str, ticket: str) -> None:
    done(world.ask("POST", "/v1/desk/complaints", FOREIGN, desk.token("lead-east")))
    foreign = world.ask("GET", "/v1/tickets", token=desk.token("+447400123999")).body["items"][0]["id"]
    enquiry = enquire(world, desk.token(LI))["id"]
    records = len(world.items("records"))
    for one, two, code in (
        (ticket, foreign, (409, "not_of_one_customer")),
        (foreign, ticket, (409, "not_of_one_customer")),
        (ticket, enquiry, (409, "not_allowed_now")),  # a complaint goes on in a complaint only
        (ticket, ticket, (422, "invalid")),
        (ticket, "tkt_none", (404, "not_found")),
    ):
        assert refused(desk.ticket(one, "merge", {"ticket": two})) == code, (one, two)
    assert len(world.items("records")) == records
    done(desk.ticket(enquiry, "merge", {"ticket": ticket}))
    assert refused(desk.ticket(enquiry, "merge", {"ticket": earlier})) == (409, "not_allowed_now")
    assert refused(desk.ticket(earlier, "merge", {"ticket": enquiry})) == (409, "not_allowed_now")


FOREIGN = {
    "subject": "s",
    "body": "b",
    "channel": "phone",
    "customer": {"phone": "+447400123999"},
    "unit": "east",
}


def test_a_case_in_another_unit_is_not_merged_by_who_does_not_reach_it(world: World, desk: Desk, ticket: str) -> None:
    london = world.complain(desk.token(SMITH))["id"]
    for one, two in ((ticket, london), (london, ticket)):
        for step in ("merge", "link"):
            assert refused(desk.ticket(one, step, {"ticket": two})) == (404, "not_found")


def test_what_is_said_on_a_merged_one_is_refused(desk: Desk, earlier: str, ticket: str) -> None:
    done(desk.ticket(earlier, "merge", {"ticket": ticket}))
    assert refused(desk.write(earlier, "Hello?")) == (409, "not_allowed_now")


def test_linked_matters_go_their_own_way(world: World, desk: Desk, earlier: str, ticket: str) -> None:
    before = desk.clocks(ticket)
    linked = done(desk.ticket(ticket, "link", {"ticket": earlier}))
    assert linked["ties"] == [{"relation": "related", "ticket": earlier}]
    assert desk.show(earlier)["ties"] == [{"relation": "related", "ticket": ticket}]
    assert clocks(linked) == before
    records = len(world.items("records"))
    done(desk.ticket(ticket, "link", {"ticket": earlier}))
    assert len(world.items("records")) == records


def test_what_is_split_off_keeps_its_time_and_gets_an_owner(world: World, desk: Desk) -> None:
    old = enquire(world, desk.token(LI))
    world.now += timedelta(days=1)

    new = done(desk.ticket(old["id"], "split", {"subject": "A second card", "body": "Please send one."}))
    world.drain()

    assert (new["id"] != old["id"], new["received_at"], new["subject"]) == (True, old["received_at"], "A second card")
    assert clocks(new)["house.answer"]["due_at"] == clocks(old)["house.answer"]["due_at"]
    assert new["owner"]
    assert new["ties"] == [{"relation": "split_from", "ticket": old["id"]}]
    assert desk.show(old["id"])["ties"] == [{"relation": "split_to", "ticket": new["id"]}]
    assert len(desk.heard(new["id"], "ticket_received")) == 1
    assert {row["id"] for row in world.ask("GET", "/v1/tickets", token=desk.token(LI)).body["items"]} >= {new["id"]}


def test_a_complaint_is_not_split_but_linked(desk: Desk, ticket: str) -> None:
    answer = desk.ticket(ticket, "split", {"subject": "s", "body": "b"})
    assert (refused(answer), answer.body["allowed"]) == ((409, "not_allowed_now"), ["link"])


def test_an_enquiry_that_is_a_complaint_keeps_number_and_first_time(world: World, desk: Desk) -> None:
    enquiry = enquire(world, desk.token(LI), product="cards")
    world.now += timedelta(days=2)

    shown = done(desk.ticket(enquiry["id"], "promote", {}))
    world.drain()

    assert (shown["kind"], shown["number"], shown["status"]) == ("complaint", enquiry["number"], "received")
    found = clocks(shown)
    assert found["cn.nfra.decision"]["started_at"] == enquiry["received_at"]
    assert (found["house.answer"]["state"], found["house.resolve"]["state"]) == ("stopped", "running")
    assert found["house.accept"]["state"] == "running"
    assert found["house.acknowledge"]["state"] != "stopped"  # complaints have that promise, too
    assert len(desk.heard(enquiry["id"], "complaint_received")) == 1
    assert world.events(enquiry["id"])[-1] in ("notice.taken", "ticket.promoted")
    (record,) = told(world, enquiry["id"], "ticket.promoted")
    assert (record["before"], record["first_expressed_at"]) == ("enquiry", enquiry["received_at"])
    assert done(desk.case(enquiry["id"], "take-up"))["status"] == "in_progress"
    assert refused(desk.ticket(enquiry["id"], "promote", {})) == (409, "not_allowed_now")


def test_dissatisfaction_was_expressed_between_the_first_word_and_now(world: World, desk: Desk) -> None:
    enquiry = enquire(world, desk.token(LI))
    received = moment(enquiry["received_at"])
    world.now += timedelta(days=2)
    for at in (received - timedelta(seconds=1), world.now + timedelta(seconds=1)):
        answer = desk.ticket(enquiry["id"], "promote", {"first_expressed_at": written(at)})
        assert (answer.status, answer.body["errors"][0]["field"]) == (422, "first_expressed_at")

    shown = done(desk.ticket(enquiry["id"], "promote", {"first_expressed_at": written(received + timedelta(days=1))}))

    assert moment(clocks(shown)["cn.nfra.decision"]["started_at"]) == received + timedelta(days=1)
