"""What was half done at a kiosk goes on elsewhere: for whom it is meant, once, for a quarter of an hour."""

import hashlib
import json
import zlib
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.identity.model import Staff
from chalicelib.kernel import actors
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import internal
from tests.integration.matters import told
from tests.kiosk import Device
from tests.world import LI, SMITH, Answer, World

CANARY = "6222021234567890123"
DRAFT = {"kind": "request", "subject": "卡片", "amount": 12.5, "steps": [{"card": CANARY}, None, True]}
OFFER = "/v1/kiosks/visits/current/handover"


@pytest.fixture
def device(world: World) -> Device:
    device = Device(world).signed_in()
    device.visit(LI)
    return device


def clerk(world: World, unit: str) -> str:
    staff = Staff(f"clerk-{unit}", unit, frozenset({Role.CLERK}), "c", "c@dutydesk.test", "en")
    world.services.identity.register_staff(staff, internal(actors.system("seed"), "seed", "seed"))
    return world.staff(f"clerk-{unit}")


def take(world: World, handed: Any, token: str, **headers: str) -> Answer:
    return world.ask("POST", f"/v1/handovers/{handed['token']}/take", None, token, **headers)


def everything(world: World) -> str:
    """Read every table, with what is packed in it unpacked."""
    text = ""
    for table in ("kiosks", "records", "idempotency", "identity"):
        for item in world.items(table):
            text += str(item)
            text += zlib.decompress(bytes(item["reply"])).decode() if "reply" in item else ""
    return text


def test_the_customer_goes_on_with_it_on_their_phone(world: World, device: Device) -> None:
    handed = device.hand_over("phone", DRAFT)
    device.ask("DELETE", "/v1/kiosks/visits/current")

    taken = take(world, handed, world.sign_in(LI))

    assert (taken.status, taken.body["draft"], taken.body["branch"]) == (200, DRAFT, "shanghai-bund")
    assert take(world, handed, world.sign_in(LI)).code == "handover_over"
    assert world.events(handed["id"]) == ["handover.offered", "handover.taken"]


def test_a_clerk_of_the_branch_goes_on_with_it_at_the_counter(world: World, device: Device) -> None:
    handed = device.hand_over("counter", DRAFT)

    assert take(world, handed, clerk(world, "london")).status == 404
    taken = take(world, handed, clerk(world, "east"))

    assert (taken.status, taken.body["draft"]) == (200, DRAFT)
    me = world.ask("GET", "/v1/me", token=world.sign_in(LI)).body
    assert taken.body["customer_id"] == me["id"]


def test_it_is_for_nobody_else(world: World, device: Device) -> None:
    phone, counter = device.hand_over("phone", DRAFT), device.hand_over("counter", DRAFT)

    assert take(world, phone, world.sign_in(SMITH)).status == 404
    assert take(world, phone, clerk(world, "east")).status == 404
    assert take(world, counter, world.sign_in(LI)).status == 404
    assert take(world, phone, "").status == 401
    assert take(world, phone, device.token).status == 403
    for token in (phone["token"][:-1] + "!", phone["id"], "x" * 60, world.keys.token("status", phone["id"])):
        assert take(world, {"token": token}, world.sign_in(LI)).status == 404
    assert take(world, phone, world.sign_in(LI)).status == 200


def test_after_a_quarter_of_an_hour_it_is_gone(world: World, device: Device) -> None:
    handed = device.hand_over("phone", DRAFT)
    token = world.sign_in(LI)
    world.now += timedelta(minutes=15)

    assert (take(world, handed, token).status, take(world, handed, token).code) == (410, "handover_over")
    kept = next(item for item in world.items("kiosks") if item["pk"] == handed["id"])
    assert kept["expires"] <= world.now.timestamp()  # TTL may take it


def test_what_was_typed_lies_nowhere_in_clear_and_nowhere_at_all_once_taken(world: World, device: Device) -> None:
    body = {"to": "phone", "draft": DRAFT}
    handed = device.ask("POST", OFFER, body, Idempotency_Key="offer").body
    kept = next(item for item in world.items("kiosks") if item["pk"] == handed["id"])
    assert CANARY not in everything(world)
    assert CANARY.encode() not in bytes(kept["sealed"])
    assert handed["token"] not in everything(world)

    take(world, handed, world.sign_in(LI), Idempotency_Key="take")

    kept = next(item for item in world.items("kiosks") if item["pk"] == handed["id"])
    assert "sealed" not in kept
    assert CANARY not in everything(world)
    canonical = json.dumps(DRAFT, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert told(world, handed["id"], "handover.offered")[0]["sha256"] == hashlib.sha256(canonical).hexdigest()


def test_the_same_call_again_is_told_the_draft_again(world: World, device: Device) -> None:
    handed, token = device.hand_over("phone", DRAFT), world.sign_in(LI)
    first = take(world, handed, token, Idempotency_Key="k")

    again = take(world, handed, token, Idempotency_Key="k")

    assert (again.status, again.body) == (200, first.body)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert take(world, handed, token, Idempotency_Key="other").code == "handover_over"


def test_two_who_take_it_at_once_are_one_who_has_it(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed, token = device.hand_over("phone", DRAFT), world.sign_in(LI)
    store = world.services.kiosk_handing.handovers
    save = store.take

    def late(*args: Any) -> None:
        monkeypatch.setattr(store, "take", save)
        assert take(world, handed, token).status == 200
        save(*args)

    monkeypatch.setattr(store, "take", late)

    assert take(world, handed, token).code == "handover_over"


def test_a_draft_has_a_limit_and_nobody_there_has_none(world: World, device: Device) -> None:
    assert device.ask("POST", OFFER, {"to": "phone", "draft": {"a": "x" * 8185}}).status == 422
    assert device.ask("POST", OFFER, {"to": "phone", "draft": {"a": "x" * 8184}}).status == 201
    for odd in ('{"a": "\\ud800"}', '{"\\udfff": 1}', '{"a": NaN}', '{"a": [-Infinity]}'):
        answer = device.ask("POST", OFFER, f'{{"to": "phone", "draft": {odd}}}')
        assert (answer.status, answer.code) in ((422, "invalid"), (400, "malformed")), odd
    assert device.ask("POST", OFFER, {"to": "home", "draft": {}}).status == 422
    assert device.ask("POST", OFFER, {"to": "phone", "draft": ["a"]}).status == 422
    device.ask("DELETE", "/v1/kiosks/visits/current")

    answer = device.ask("POST", OFFER, {"to": "phone", "draft": {}})

    assert (answer.status, answer.code) == (410, "visit_over")
