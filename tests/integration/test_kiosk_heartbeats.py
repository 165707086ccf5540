"""Hearing of kiosks, and of nothing."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import Changed
from infra.verify import Verifier
from tests.kiosk import Device
from tests.looking import PREFIX
from tests.world import World

LEAD = "lead-east@dutydesk.test"


def test_a_heartbeat_is_shown_and_not_recorded(world: World) -> None:
    device = Device(world).signed_in()
    records = len(world.records(device.id))
    since = "2026-11-23T01:00:00.000Z"

    assert device.beat(paper="low", offline_since=since).body["again_in"] == 60

    seen = device.shown()
    assert (seen["software"], seen["paper"], seen["offline_since"]) == ("2.4.1", "low", since)
    assert len(world.records(device.id)) == records


def test_silence_is_told_to_the_lead_once_and_its_end_recorded(world: World) -> None:
    device = Device(world).signed_in()
    device.beat()
    world.drain()

    world.pass_time(step=timedelta(minutes=1), hours=2)

    assert len(world.provider.to(LEAD, "kiosk_silent")) == 1
    assert world.events(device.id).count("kiosk.silent") == 1
    assert device.shown()["silent_since"] == "2026-11-23T02:00:00.000Z"
    assert device.signed_in().beat().status == 200
    assert device.shown()["silent_since"] is None
    assert world.events(device.id)[-1] == "kiosk.heard_again"
    world.pass_time(step=timedelta(minutes=1), minutes=10)
    assert world.events(device.id).count("kiosk.silent") == 2
    assert len(world.provider.to(LEAD, "kiosk_silent")) == 2


def test_who_is_heard_of_in_time_is_never_silent(world: World) -> None:
    device = Device(world).signed_in()
    for _ in range(12):
        world.now += timedelta(minutes=4, seconds=59)
        device.signed_in().beat()
        assert world.work("escalations", {"due": device.id}) == []

    assert "kiosk.silent" not in world.events(device.id)


def test_hints_that_come_early_or_twice_change_nothing_and_a_lost_word_is_asked_for_again(world: World) -> None:
    device = Device(world).signed_in()
    for _ in range(2):
        world.work("escalations", {"due": device.id})
    world.now += timedelta(minutes=5)
    for _ in range(3):
        world.work("escalations", {"due": device.id})
    world.unpublished.clear()  # and nobody hears of it
    assert world.events(device.id).count("kiosk.silent") == 1

    world.pass_time(step=timedelta(minutes=1), minutes=30)

    assert world.events(device.id).count("kiosk.word_repeated") == 1
    assert world.events(device.id)[-1] == "kiosk.word_taken"
    assert len(world.provider.to(LEAD, "kiosk_silent")) == 1


def test_word_of_a_silence_that_is_over_is_not_sent(world: World) -> None:
    device = Device(world).signed_in()
    device.fall_silent()
    device.beat()

    world.drain()

    assert world.provider.to(LEAD, "kiosk_silent") == []


@pytest.mark.parametrize("step", ["disable", "retire"])
def test_who_is_silent_by_order_is_not_called_silent(world: World, step: str) -> None:
    device = Device(world).signed_in()
    device.desk(step)
    world.drain()

    world.pass_time(step=timedelta(minutes=1), minutes=20)

    assert "kiosk.silent" not in world.events(device.id)


def test_a_kiosk_opened_by_force_is_over_at_once_and_has_to_be_enrolled_anew(world: World) -> None:
    device = Device(world).signed_in()
    visitor = device.visit()["token"]

    assert device.beat(tamper=True).body["state"] == "disabled"

    for token in (device.token, visitor):
        assert world.ask("GET", "/v1/me", token=token).status == 401
    assert device.sign_in().code == "proof_invalid"
    world.drain()
    assert len(world.provider.to(LEAD, "kiosk_tampered")) == 1
    assert device.desk("enable").body["state"] == "registered"
    assert device.sign_in().code == "proof_invalid"
    device.enrolled(device.desk("enrolment").body["code"])
    assert device.sign_in().status == 201
    assert Verifier(world.client, PREFIX).verify().faults == []


def test_a_heartbeat_does_not_bring_a_disabled_kiosk_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    device = Device(world).signed_in()
    store = world.services.kiosk_beating.keeping.store
    save = store.save

    def late(*args: Any, **kwargs: Any) -> None:
        monkeypatch.setattr(store, "save", save)
        device.desk("disable")
        save(*args, **kwargs)

    monkeypatch.setattr(store, "save", late)

    assert device.beat().code == "kiosk_disabled"
    assert device.shown()["state"] == "disabled"


def test_a_kiosk_that_changes_all_the_time_is_given_up_after_three_tries(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = Device(world).signed_in()
    tries: list[int] = []

    def never(*_: Any, **__: Any) -> None:
        tries.append(1)
        raise Changed

    monkeypatch.setattr(world.services.kiosk_beating.keeping.store, "save", never)

    assert (device.beat().code, len(tries)) == ("changed", 3)


def test_no_more_than_four_sessions_are_open_and_the_oldest_goes_first(world: World) -> None:
    device = Device(world).signed_in()
    visitor = device.visit()["token"]
    tokens = [device.token, *(device.sign_in().body["token"] for _ in range(4))]

    statuses = [world.ask("GET", "/v1/me", token=token).status for token in tokens]

    assert statuses == [401, 200, 200, 200, 200]
    assert world.ask("GET", "/v1/me", token=visitor).status == 401  # it was in the first


def test_a_kiosk_signs_out_by_its_own_call(world: World) -> None:
    device = Device(world).signed_in()
    visitor, kept = device.visit()["token"], device.sign_in().body["token"]
    assert device.ask("DELETE", "/v1/sessions/current").code == "forbidden"

    assert device.ask("DELETE", "/v1/kiosks/sessions/current").status == 200

    statuses = [world.ask("GET", "/v1/me", token=token).status for token in (device.token, visitor, kept)]
    assert statuses == [401, 401, 200]
