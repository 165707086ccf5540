"""A customer in front of a kiosk, for some minutes, with what that kiosk offers."""

from datetime import timedelta
from typing import Any

import pytest

from infra.verify import Verifier
from tests.integration.matters import enquire
from tests.kiosk import SHOWN, Device
from tests.looking import PREFIX
from tests.world import LI, SMITH, World

ASKED = {"kind": "enquiry", "subject": "s", "body": "b"}


def status(world: World, token: str) -> int:
    return world.ask("GET", "/v1/me", token=token).status


def test_whoever_signs_in_there_is_the_customer_through_another_door(world: World) -> None:
    at_home = world.ask("GET", "/v1/me", token=world.sign_in()).body
    device = Device(world).signed_in()

    visit = device.visit()

    me = world.ask("GET", "/v1/me", token=visit["token"]).body
    assert (me["id"], me["roles"], me["unit"]) == (at_home["id"], ["customer"], at_home["unit"])
    asked = enquire(world, visit["token"])["id"]
    complaint = world.complain(visit["token"])["id"]
    for ticket in (asked, complaint):
        first = world.records(ticket)[0]
        assert (first["door"], first["actor"]) == ("kiosk", me["id"])
        assert '"channel":"kiosk"' in first["body"]
    assert world.events(me["id"])[-1] == "session.started"
    assert world.records(me["id"])[-1]["door"] == "kiosk"
    assert world.events(device.id)[-1] == "kiosk.visit_started"
    assert me["id"] not in str(world.records(device.id))
    assert Verifier(world.client, PREFIX).verify().faults == []


def test_somebody_new_becomes_a_customer_there(world: World) -> None:
    visit = Device(world).signed_in().visit(SMITH)

    assert world.events(visit["customer_id"]) == ["customer.registered", "session.started"]


def test_a_grant_opens_one_visit_and_no_session_after_it(world: World) -> None:
    device, other = Device(world).signed_in(), Device(world).signed_in()
    body = {"grant": device.grant(), "warning_acknowledged": SHOWN}
    assert device.ask("POST", "/v1/kiosks/visits", body).status == 201

    assert device.ask("POST", "/v1/kiosks/visits", body).code == "grant_invalid"
    assert other.ask("POST", "/v1/kiosks/visits", body).code == "grant_invalid"
    assert world.ask("POST", "/v1/sessions", body).code == "grant_invalid"
    unread = {"grant": device.grant(), "warning_acknowledged": {"id": "code-sharing", "version": 2}}
    assert device.ask("POST", "/v1/kiosks/visits", unread).code == "warning_not_acknowledged"


def test_two_minutes_without_a_touch_end_a_visit_and_a_heartbeat_is_no_touch(world: World) -> None:
    device = Device(world).signed_in()
    token = device.visit()["token"]
    for _ in range(4):
        world.now += timedelta(minutes=1, seconds=59)
        assert status(world, token) == 200
    world.now += timedelta(seconds=118)
    device.beat()
    world.now += timedelta(seconds=2)

    assert status(world, token) == 401
    assert device.ask("POST", "/v1/kiosks/visits/current/handover", {"to": "phone", "draft": {}}).code == "visit_over"


def test_ten_minutes_end_it_in_any_case(world: World) -> None:
    device = Device(world).signed_in()
    token = device.visit()["token"]
    for _ in range(9):
        world.now += timedelta(minutes=1)
        assert status(world, token) == 200
    world.now += timedelta(seconds=59)
    assert status(world, token) == 200
    world.now += timedelta(seconds=1)

    assert status(world, token) == 401


def test_a_visit_is_no_longer_than_the_session_it_began_in(world: World) -> None:
    device = Device(world).signed_in()
    world.now += timedelta(minutes=12)
    visit = device.visit()

    assert visit["expires_at"] == "2026-11-23T02:15:00.000Z"
    device.signed_in()
    world.now += timedelta(minutes=1)
    assert status(world, visit["token"]) == 200  # a new session of the kiosk disturbs nobody
    world.now += timedelta(minutes=1)
    assert status(world, visit["token"]) == 200
    world.now += timedelta(minutes=1)
    assert status(world, visit["token"]) == 401


def test_that_somebody_was_heard_of_is_noted_now_and_then(world: World) -> None:
    token = Device(world).signed_in().visit()["token"]
    seen = []
    for _ in range(5):
        status(world, token)
        seen.append(next(item["seen_at"] for item in world.items("identity") if "idle" in item))
        world.now += timedelta(seconds=4)

    assert len(set(seen)) == 2


def test_leaving_says_what_to_wipe_and_leaves_nothing(world: World) -> None:
    device = Device(world).signed_in()
    token = device.visit()["token"]

    left = device.ask("DELETE", "/v1/kiosks/visits/current")

    assert {"session_token", "form_data", "print_queue"} <= set(left.body["wipe"])
    assert status(world, token) == 401
    assert device.ask("DELETE", "/v1/kiosks/visits/current").code == "visit_over"
    assert device.beat().status == 200


def test_the_customer_may_sign_out_by_themselves(world: World) -> None:
    device = Device(world).signed_in()
    token = device.visit()["token"]

    assert world.ask("DELETE", "/v1/sessions/current", token=token).status == 200

    assert status(world, token) == 401
    assert device.ask("POST", "/v1/kiosks/visits/current/handover", {"to": "phone", "draft": {}}).code == "visit_over"


def test_a_request_that_comes_while_a_visit_ends_does_not_bring_it_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = Device(world).signed_in()
    token = device.visit()["token"]
    world.now += timedelta(seconds=30)
    people = world.services.people
    seen = people.seen

    def late(session: Any) -> None:
        monkeypatch.setattr(people, "seen", seen)
        assert device.ask("DELETE", "/v1/kiosks/visits/current").status == 200
        seen(session)

    monkeypatch.setattr(people, "seen", late)

    assert status(world, token) == 401
    assert status(world, token) == 401


def test_whoever_signs_in_next_ends_what_was_left_open(world: World) -> None:
    device = Device(world).signed_in()
    first, second = device.visit(LI)["token"], device.visit(SMITH)["token"]

    assert (status(world, first), status(world, second)) == (401, 200)
    assert [event for event in world.events(device.id) if "visit" in event] == [
        "kiosk.visit_started",
        "kiosk.visit_ended",
        "kiosk.visit_started",
    ]


@pytest.mark.parametrize(
    ("services", "asking", "complaining"),
    [(["requests"], 201, 403), (["complaints"], 403, 201), (["check_in"], 403, 403)],
)
def test_a_kiosk_does_what_it_offers_and_nothing_else(
    world: World, services: list[str], asking: int, complaining: int
) -> None:
    token = Device(world, services=services).signed_in().visit()["token"]

    assert world.ask("POST", "/v1/tickets", ASKED, token).status == asking
    assert world.ask("POST", "/v1/complaints", {"subject": "s", "body": "b"}, token).status == complaining


def test_what_belongs_on_the_own_device_is_refused_in_a_hall(world: World) -> None:
    device = Device(world).signed_in()
    ticket = world.complain(world.sign_in())["id"]
    token = device.visit()["token"]

    for step in ("withdraw", "accept"):
        assert world.ask("POST", f"/v1/complaints/{ticket}/{step}", token=token).status == 403
    handed = device.hand_over()
    assert world.ask("POST", f"/v1/handovers/{handed['token']}/take", token=token).status == 403
    assert world.ask("POST", "/v1/kiosks/heartbeat", {"software": "1"}, token).status == 403
    for path in ("/v1/tickets", f"/v1/tickets/{ticket}"):
        assert world.ask("GET", path, token=device.token).status == 403  # the kiosk itself is no customer
