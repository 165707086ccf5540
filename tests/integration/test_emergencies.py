"""Reaching another unit for an hour, over HTTP: one unit more, each record says so, and it ends."""

from datetime import timedelta
from typing import Any

from tests.integration.visits import done, refused
from tests.world import SMITH, World

NEED = {"unit": "london", "reason": "London's desk has no line; a card has to be stopped.", "minutes": 30}
PATH = "/v1/desk/emergencies"


def begun(world: World, token: str, **but: Any) -> dict[str, Any]:
    return dict(done(world.ask("POST", PATH, NEED | but, token)))


def test_another_unit_is_reached_by_that_session_alone_and_each_record_says_so(world: World) -> None:
    case = world.complain(world.sign_in(SMITH))["id"]
    agent = world.staff("agent-east")
    path = f"/v1/desk/tickets/{case}/messages"
    assert refused(world.ask("GET", f"/v1/tickets/{case}", token=agent)) == (404, "not_found")

    session = begun(world, agent)

    assert done(world.ask("GET", f"/v1/tickets/{case}", token=session["token"]))["id"] == case
    said = {"body": "Stopped.", "visibility": "internal"}
    done(world.ask("POST", path.replace("/desk", ""), said, session["token"]))
    assert world.records(case)[-1]["role"] == "agent+emergency"
    assert refused(world.ask("GET", f"/v1/tickets/{case}", token=agent)) == (404, "not_found")
    assert refused(world.ask("POST", PATH, NEED | {"unit": "hq"}, session["token"])) == (403, "forbidden")


def test_it_is_over_when_its_time_is(world: World) -> None:
    session = begun(world, world.staff("agent-east"))
    world.now += timedelta(minutes=30)

    assert refused(world.ask("GET", "/v1/me", token=session["token"])) == (401, "not_signed_in")


def test_what_was_not_justified_is_over_with_the_next_request_and_the_lead_is_told(world: World) -> None:
    session = begun(world, world.staff("agent-east"))
    world.drain()
    assert world.provider.to("compliance-hq@dutydesk.test", "emergency_review")
    compliance = world.staff("compliance-hq")
    (line,) = done(world.ask("GET", PATH, token=compliance))["items"]
    assert (line["id"], line["reason"]) == (session["id"], NEED["reason"])

    done(world.ask("POST", f"{PATH}/{line['id']}/answer", {"justified": False, "note": "n"}, compliance))
    world.drain()

    assert refused(world.ask("GET", "/v1/me", token=session["token"])) == (401, "not_signed_in")
    assert world.provider.to("lead-east@dutydesk.test", "emergency_unjustified")
    assert done(world.ask("GET", PATH, token=compliance))["items"] == []
    assert len(done(world.ask("GET", f"{PATH}?unanswered=false", token=compliance))["items"]) == 1


def test_whoever_is_disabled_loses_that_session_too(world: World) -> None:
    from dataclasses import replace

    from chalicelib.kernel import actors
    from chalicelib.kernel.calls import internal

    session = begun(world, world.staff("agent-east"))
    staff = world.services.people.staff("agent-east")
    world.services.identity.register_staff(replace(staff, active=False), internal(actors.system("t"), "t", "t"))

    assert refused(world.ask("GET", "/v1/me", token=session["token"])) == (401, "not_signed_in")


def test_nobody_has_answered_yet_is_found_by_the_sweep(world: World) -> None:
    begun(world, world.staff("agent-east"))
    world.drain()
    world.now += timedelta(hours=24)
    world.sweep()
    world.drain()

    assert len(world.provider.to("compliance-hq@dutydesk.test", "emergency_review")) == 2


def test_only_the_unit_that_was_named_is_reached(world: World) -> None:
    session = begun(world, world.staff("agent-london"), unit="hq")
    me = done(world.ask("GET", "/v1/me", token=session["token"]))

    assert sorted(me["units"]) == ["hq", "london"]
