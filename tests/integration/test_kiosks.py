"""What a branch does with its kiosks."""

from datetime import timedelta
from typing import Any

import pytest

from infra.verify import Verifier
from tests.integration.matters import told
from tests.kiosk import Device
from tests.looking import PREFIX
from tests.world import World


def test_a_disabled_kiosk_and_whoever_is_there_are_refused_on_the_next_request(world: World) -> None:
    device, other = Device(world).signed_in(), Device(world).signed_in()
    visitor = device.visit()["token"]
    second = device.sign_in().body["token"]

    assert device.desk("disable").body["state"] == "disabled"

    for token in (device.token, second, visitor):
        assert world.ask("GET", "/v1/me", token=token).status == 401
    assert (device.sign_in().status, device.sign_in().code) == (403, "kiosk_disabled")
    assert other.beat().status == 200
    assert len(told(world, device.id, "kiosk.disabled")[0]["sessions"]) == 3
    assert Verifier(world.client, PREFIX).verify().faults == []


def test_what_is_disabled_twice_is_disabled_once_and_enabled_again_it_signs_in(world: World) -> None:
    device = Device(world).signed_in()
    for _ in range(2):
        assert device.desk("disable").body["state"] == "disabled"
    assert device.desk("enrolment").code == "not_allowed_now"

    for _ in range(2):
        assert device.desk("enable").body["state"] == "active"

    assert device.beat().status == 401
    assert device.sign_in().status == 201
    assert world.events(device.id)[-3:] == ["kiosk.disabled", "kiosk.enabled", "kiosk.session_started"]


def test_a_code_that_was_shown_before_is_no_way_around_being_disabled(world: World) -> None:
    device = Device(world).enrolled()
    code = device.desk("enrolment").body["code"]
    device.desk("disable")

    assert device.enrol(code).code == "enrolment_invalid"
    device.desk("enable")
    assert device.enrol(code).code == "enrolment_invalid"


def test_a_session_that_begins_while_a_kiosk_is_disabled_does_not_escape(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = Device(world).enrolled()
    store = world.services.kiosk_enrolling.keeping.store
    save = store.save

    def late(*args: Any, **kwargs: Any) -> None:
        monkeypatch.setattr(store, "save", save)
        assert device.desk("disable").status == 200
        save(*args, **kwargs)

    monkeypatch.setattr(store, "save", late)

    assert device.sign_in().code == "kiosk_disabled"


def test_what_is_retired_stays_so(world: World) -> None:
    device = Device(world).signed_in()
    for _ in range(2):
        assert device.desk("retire").body["state"] == "retired"

    assert device.beat().status == 401
    assert device.sign_in().code == "proof_invalid"
    for step in ("enable", "disable", "enrolment"):
        answer = device.desk(step)
        assert (answer.status, answer.code, answer.body["allowed"]) == (409, "not_allowed_now", [])


def test_who_saw_another_version_changes_nothing(world: World) -> None:
    device = Device(world).enrolled()

    assert device.desk("disable", If_Match='"1"').status == 412
    assert device.shown()["state"] == "active"


def test_kiosks_are_registered_only_for_units_there_are(world: World) -> None:
    body = {"branch": "b", "name": "n", "services": ["requests"], "unit": "nowhere"}

    assert world.ask("POST", "/v1/desk/kiosks", body, world.staff("admin-hq")).status == 404
    assert world.ask("POST", "/v1/desk/kiosks", body | {"services": []}, world.staff("admin-hq")).status == 422
    assert world.ask("POST", "/v1/desk/kiosks", body | {"services": ["atm"]}, world.staff("admin-hq")).status == 422


def test_the_list_is_paged_and_of_one_unit(world: World) -> None:
    devices = [Device(world, unit=unit) for unit in ("east", "east", "london")]
    for device in devices:
        device.registered()
        world.now += timedelta(seconds=1)
    admin, path = world.staff("admin-hq"), "/v1/desk/kiosks?unit=east&limit=1"

    first = world.ask("GET", path, token=admin).body
    second = world.ask("GET", f"{path}&cursor={first['next_cursor']}", token=admin).body

    assert [page["items"][0]["id"] for page in (first, second)] == [device.id for device in devices[:2]]
    other = f"/v1/desk/kiosks?unit=london&cursor={first['next_cursor']}"
    assert world.ask("GET", other, token=admin).code == "cursor_invalid"
