"""How a device becomes a kiosk, and changes its key."""

from datetime import timedelta
from typing import Any

import pytest

from tests.integration.matters import told
from tests.kiosk import Device, ec_key, ed_key
from tests.world import Answer, World


def invalid(answer: Answer) -> bool:
    return (answer.status, answer.code) == (422, "enrolment_invalid")


def test_a_code_works_once_however_it_is_typed(world: World) -> None:
    device = Device(world)
    code = device.registered()["code"]
    assert code not in str(world.items("kiosks")) + str(world.items("records")) + str(world.items("idempotency"))

    assert device.enrol(code.lower().replace("-", " ").replace("0", "o").replace("1", "l")).status == 200

    assert invalid(device.enrol(code))
    assert world.events(device.id) == ["kiosk.registered", "kiosk.enrolled"]


def test_a_code_is_worth_nothing_after_half_an_hour(world: World) -> None:
    device = Device(world)
    code = device.registered()["code"]
    world.now += timedelta(minutes=30)

    assert invalid(device.enrol(code))


def test_five_tries_are_counted_before_they_are_compared(world: World) -> None:
    device = Device(world)
    code = device.registered()["code"]
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")

    assert [invalid(device.enrol(wrong)) for _ in range(5)] == [True] * 5
    assert invalid(device.enrol(code))

    fresh = device.desk("enrolment").body["code"]
    assert device.enrol(fresh).status == 200


def test_every_refusal_of_a_code_looks_the_same(world: World) -> None:
    device = Device(world)
    code = device.registered()["code"]
    answers = [device.enrol(typed) for typed in ("0000-0000-0000", code[:4], code + "0", "", "é" * 12, "x")]

    bodies = {(a.code, a.body["detail"]) for a in answers if a.code != "invalid"}
    assert len(bodies) == 1


def test_a_new_code_makes_the_one_before_worth_nothing(world: World) -> None:
    device = Device(world)
    first = device.registered()["code"]
    second = device.desk("enrolment").body["code"]

    assert invalid(device.enrol(first))
    assert device.enrol(second).status == 200


def test_another_key_ends_what_was_open_under_the_old_one(world: World) -> None:
    device = Device(world).signed_in()
    visitor = device.visit()["token"]
    old, device.key = device.key, ed_key()

    device.enrolled(device.desk("enrolment").body["code"])

    assert world.ask("GET", "/v1/me", token=device.token).status == 401
    assert world.ask("GET", "/v1/me", token=visitor).status == 401
    assert device.sign_in(device.proof(key=old)).code == "proof_invalid"
    assert device.sign_in().status == 201
    assert len(told(world, device.id, "kiosk.enrolled")[-1]["sessions"]) == 2


def test_the_key_of_an_enrolment_that_came_between_is_not_signed_in_with_the_old_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = Device(world).enrolled()
    code = device.desk("enrolment").body["code"]
    thief = Device(world, id=device.id, key=device.key)
    store = world.services.kiosk_enrolling.keeping.store
    save, device.key = store.save, ec_key()

    def late(*args: Any, **kwargs: Any) -> None:
        monkeypatch.setattr(store, "save", save)
        device.enrolled(code)
        save(*args, **kwargs)

    monkeypatch.setattr(store, "save", late)

    assert thief.sign_in().code == "proof_invalid"


def test_two_codes_that_begin_alike_do_not_wait_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.kiosks import policy

    drawn = iter(["AAAA", "AAAA", "BBBB"])
    monkeypatch.setattr(policy, "handle_of", lambda code: next(drawn))
    Device(world).registered()
    Device(world).registered()

    assert {item["pk"] for item in world.items("kiosks")} >= {"code#AAAA", "code#BBBB"}
