"""Somebody is away: what they have moves on, and nothing is lost however the messages fare."""

from datetime import timedelta
from typing import Any

from chalicelib.kernel.clock import text
from infra.verify import Verifier
from tests.looking import PREFIX
from tests.world import Answer, World

AGENT = "/v1/desk/staff/agent-east/absences"


def away(world: World, token: str, path: str = AGENT, **span: Any) -> Answer:
    since = world.now + timedelta(minutes=span.get("in_minutes", 0))
    body = {"since": text(since), "until": text(since + timedelta(days=span.get("days", 3)))}
    return world.ask("POST", path, body | {k: v for k, v in span.items() if k == "reason"}, token)


def owned(world: World, token: str, lead: str, **but: str) -> str:
    ticket = world.complain(token)["id"]
    body = {"owner": "agent-east", **but}
    assert world.ask("POST", f"/v1/desk/tickets/{ticket}/assign", body, lead).status == 200
    return ticket


def owner(world: World, ticket: str, token: str) -> Any:
    return world.ask("GET", f"/v1/tickets/{ticket}", token=token).body["owner"]


def test_what_was_not_begun_moves_on_and_what_was_goes_to_the_backup(world: World) -> None:
    customer, lead, agent = world.sign_in(), world.staff("lead-east"), world.staff("agent-east")
    fresh = owned(world, customer, lead)
    begun = owned(world, customer, lead, backup="lead-east")
    assert world.ask("POST", f"/v1/desk/tickets/{begun}/accept", token=agent).status == 200

    assert away(world, lead, reason="illness").status == 201
    world.drain()

    assert (owner(world, fresh, lead), owner(world, begun, lead)) == ("agent-east-2", "lead-east")
    for ticket in (fresh, begun):
        last = next(r for r in reversed(world.records(ticket)) if r["event"] == "ticket.assigned")
        assert '"why":"absent"' in last["body"]
    assert "illness" not in str(world.items("records"))
    assert Verifier(world.client, PREFIX).verify().faults == []


def test_an_absence_ahead_moves_nothing_before_it_begins_and_needs_no_message_to_begin(world: World) -> None:
    customer, lead = world.sign_in(), world.staff("lead-east")
    ticket = owned(world, customer, lead)
    assert away(world, lead, in_minutes=60).status == 201
    world.publish()
    world.outlet.sent.clear()  # the record's message is lost
    world.now += timedelta(minutes=58)
    world.sweep()
    world.drain()
    assert owner(world, ticket, lead) == "agent-east"

    world.now += timedelta(minutes=2)
    world.sweep()
    world.drain()

    assert owner(world, ticket, lead) == "agent-east-2"
    moved = world.events(ticket).count("ticket.assigned")
    for _ in range(4):
        world.now += timedelta(minutes=1)
        world.sweep()
        world.drain(order=lambda waiting: [*waiting, *waiting])
    assert world.events(ticket).count("ticket.assigned") == moved
    assert world.events("agent-east").count("staff.absence_settled") == 1
    assert world.items("identity", "due") == []


def test_what_a_process_that_had_not_heard_gave_them_is_found_before_it_is_settled(world: World) -> None:
    customer, lead = world.sign_in(), world.staff("lead-east")
    assert away(world, lead).status == 201
    world.drain()
    late = owned_by_hand(world, world.complain(customer)["id"])
    world.now += timedelta(minutes=1)
    world.sweep()
    world.drain()

    assert owner(world, late, lead) == "agent-east-2"
    assert "staff.absence_settled" not in world.events("agent-east")


def owned_by_hand(world: World, ticket: str) -> str:
    """Write what another process would have written, that read the register a minute ago."""
    from dataclasses import replace

    from chalicelib.kernel import actors
    from chalicelib.kernel.calls import internal

    changing = world.services._changing
    routing = world.services.routing
    call = internal(actors.system("t"), "queue", "t")
    changing.apply(
        lambda: changing.store.get(ticket),
        call,
        lambda it: routing.given(replace(it, owner=""), "agent-east", "", "t", call),
    )
    return ticket


def test_where_nobody_is_left_the_ticket_has_no_owner_and_the_lead_hears_of_it(world: World) -> None:
    customer, lead = world.sign_in(), world.staff("lead-east")
    ticket = owned(world, customer, lead)
    for who in ("agent-east-2", "lead-east", "agent-east"):
        assert away(world, lead, f"/v1/desk/staff/{who}/absences").status == 201

    world.drain()

    assert owner(world, ticket, lead) is None
    assert world.events(ticket).count("ticket.assignment_failed") == 1


def test_an_absence_that_is_called_off_moves_nothing_and_one_that_is_over_cannot_be_ended(world: World) -> None:
    customer, lead, agent = world.sign_in(), world.staff("lead-east"), world.staff("agent-east")
    ticket = owned(world, customer, lead)
    entered = away(world, agent, in_minutes=60).body["away"][0]
    assert world.ask("DELETE", f"{AGENT}/{entered['id']}", token=agent).body["away"] == []
    world.now += timedelta(minutes=60)
    world.sweep()
    world.drain()
    assert owner(world, ticket, lead) == "agent-east"

    assert world.ask("DELETE", f"{AGENT}/{entered['id']}", token=lead).code == "not_found"
    running = away(world, lead).body["away"][-1]
    world.now += timedelta(hours=1)
    (ended,) = world.ask("DELETE", f"{AGENT}/{running['id']}", token=lead).body["away"]
    assert ended["until"] == text(world.now)
    assert world.ask("DELETE", f"{AGENT}/{running['id']}", token=lead).code == "not_found"
    assert world.ask("POST", f"/v1/desk/tickets/{ticket}/assign", {"owner": "agent-east"}, lead).status == 200


def test_an_absence_that_is_over_before_it_begins_or_lasts_for_ever_is_refused(world: World) -> None:
    lead = world.staff("lead-east")
    now = world.now
    for since, until, code in (
        (now, now, "too_early"),
        (now - timedelta(days=3), now, "too_early"),
        (now, now + timedelta(days=367), "too_large"),
    ):
        answer = world.ask("POST", AGENT, {"since": text(since), "until": text(until)}, lead)
        assert (answer.status, answer.body["errors"]) == (422, answer.body["errors"]), until
        assert answer.body["errors"][0]["code"] == code
    assert world.events("agent-east") == ["staff.registered"]


def test_everybody_enters_their_own_and_supervisors_those_of_their_unit(world: World) -> None:
    assert away(world, world.staff("agent-east")).status == 201
    assert away(world, world.staff("agent-east-2")).code == "not_found"
    assert away(world, world.staff("lead-london")).code == "not_found"
    assert away(world, world.staff("head-hq")).status == 201
    assert away(world, world.sign_in()).status == 403


def test_the_list_of_a_unit_says_who_is_there_and_what_they_have_to_do(world: World) -> None:
    customer, lead = world.sign_in(), world.staff("lead-east")
    owned(world, customer, lead)
    away(world, lead, "/v1/desk/staff/agent-east-2/absences", reason="leave")

    rows = world.ask("GET", "/v1/desk/staff", token=lead).body["items"]

    assert [(row["id"], row["away"], row["open_tickets"]) for row in rows] == [
        ("agent-east", False, 1),
        ("agent-east-2", True, 0),
        ("lead-east", False, 0),
    ]
    assert rows[1]["away_until"] == text(world.now + timedelta(days=3))
    assert rows[0]["languages"] == ["en"]
    assert "leave" not in str(rows)


def test_the_institutions_file_does_not_call_absences_off(world: World) -> None:
    from dataclasses import replace

    from chalicelib.kernel import actors
    from chalicelib.kernel.calls import internal

    assert away(world, world.staff("lead-east")).status == 201
    staff = world.services.people.staff("agent-east")
    assert staff is not None
    told = replace(staff, away=(), skills=frozenset({"cards"}))

    assert world.services.identity.register_staff(told, internal(actors.system("t"), "command", "t"))

    again = world.services.people.staff("agent-east")
    assert (len(again.away), again.skills) == (1, {"cards"})
