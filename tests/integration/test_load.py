"""Who is given a ticket: whoever has least to do, and is there."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel import actors, clock
from chalicelib.kernel.calls import internal
from chalicelib.kernel.clock import text
from tests.world import World


def assigned(world: World, ticket: str, owner: str, token: str) -> None:
    assert world.ask("POST", f"/v1/desk/tickets/{ticket}/assign", {"owner": owner}, token).status == 200


def registered(world: World, id_: str, **changed: Any) -> None:
    staff = world.services.people.staff(id_)
    assert staff is not None
    world.services.identity.register_staff(replace(staff, **changed), internal(actors.system("t"), "command", "t"))
    world.services.directory.forget("east")


def owners(world: World, token: str, times: int) -> Counter[str]:
    return Counter(world.complain(token)["owner"] for _ in range(times))


def test_whoever_has_least_to_do_is_given_the_next_ticket(world: World) -> None:
    customer, lead = world.sign_in(), world.staff("lead-east")
    for _ in range(4):
        assigned(world, world.complain(customer)["id"], "agent-east", lead)

    assert owners(world, customer, 4) == {"agent-east-2": 4}
    assert owners(world, customer, 10) == {"agent-east": 5, "agent-east-2": 5}


def test_what_is_closed_or_given_away_counts_no_more(world: World) -> None:
    customer, lead = world.sign_in(), world.staff("lead-east")
    first, second = (world.complain(customer)["id"] for _ in range(2))
    assigned(world, first, "agent-east", lead)
    assigned(world, second, "agent-east", lead)

    assigned(world, second, "agent-east-2", lead)
    assert world.ask("POST", f"/v1/complaints/{first}/withdraw", token=customer).status == 200

    assert world.complain(customer)["owner"] == "agent-east"


def test_half_a_person_takes_half_as_much(world: World) -> None:
    registered(world, "agent-east", capacity=0.5)

    assert owners(world, world.sign_in(), 9) == {"agent-east": 3, "agent-east-2": 6}


def test_what_other_processes_have_assigned_is_seen_within_a_minute(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer, lead = world.sign_in(), world.staff("lead-east")
    later = [0.0]
    monkeypatch.setattr(clock, "monotonic", lambda: 1000 + later[0])
    here = world.services._changing.store
    for _ in range(3):
        world.complain(customer)
    here._loads._units["east"].counts.update({"agent-east": 50})  # what this process believes is wrong
    assert world.complain(customer)["owner"] == "agent-east-2"

    later[0] = 61.0

    assert owners(world, customer, 2)["agent-east"] >= 1
    assert here.loads("east") == {"agent-east": 3, "agent-east-2": 3}
    assert lead


def test_nobody_absent_is_given_a_ticket_and_where_nobody_is_there_it_is_recorded(world: World) -> None:
    customer, lead = world.sign_in(), world.staff("lead-east")
    span = {"since": text(world.now), "until": text(world.now + timedelta(days=3))}
    assert world.ask("POST", "/v1/desk/staff/agent-east/absences", span, lead).status == 201
    assert owners(world, customer, 3) == {"agent-east-2": 3}
    for who in ("agent-east-2", "lead-east"):
        assert world.ask("POST", f"/v1/desk/staff/{who}/absences", span, lead).status == 201

    ticket = world.complain(customer)

    assert ticket["owner"] is None
    assert "ticket.assignment_failed" in world.events(ticket["id"])


def test_a_ticket_nobody_accepted_does_not_move_up_to_a_backup_who_is_away(world: World) -> None:
    customer, lead = world.sign_in(), world.staff("lead-east")
    ticket = world.complain(customer)["id"]
    body = {"owner": "agent-east", "backup": "agent-east-2"}
    assert world.ask("POST", f"/v1/desk/tickets/{ticket}/assign", body, lead).status == 200
    span = {"since": text(world.now), "until": text(world.now + timedelta(days=3))}
    assert world.ask("POST", "/v1/desk/staff/agent-east-2/absences", span, lead).status == 201

    world.pass_time(hours=5)

    assert world.ask("GET", f"/v1/tickets/{ticket}", token=lead).body["owner"] == "lead-east"


def test_a_handover_moves_the_ticket_and_tells_the_next_one_in_one_transaction(world: World) -> None:
    customer, lead = world.sign_in(), world.staff("lead-east")
    ticket = world.complain(customer)["id"]
    assigned(world, ticket, "agent-east", lead)
    note = {"to": "agent-east-2", "note": "Ask for the receipt on Thursday."}

    answer = world.ask("POST", f"/v1/desk/tickets/{ticket}/handover", note, lead)

    assert (answer.status, answer.body["owner"]) == (200, "agent-east-2")
    assert world.events(ticket)[-2:] == ["message.posted", "ticket.assigned"]
    assert len({record["request_id"] for record in world.records(ticket)[-2:]}) == 1
    said = world.ask("GET", f"/v1/tickets/{ticket}/messages", token=lead).body["items"]
    assert [(m["body"], m["visibility"]) for m in said] == [(note["note"], "internal")]
    assert world.ask("GET", f"/v1/tickets/{ticket}/messages", token=customer).body["items"] == []
    assert world.ask("POST", f"/v1/desk/tickets/{ticket}/handover", note, lead).code == "not_allowed_now"
    foreign = note | {"to": "agent-london"}
    assert world.ask("POST", f"/v1/desk/tickets/{ticket}/handover", foreign, lead).status == 422
