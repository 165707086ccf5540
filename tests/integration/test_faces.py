"""Faces over HTTP: a story of each band, what is told to whom, and that no face is ever left anywhere (S11, S12)."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest

from tests.integration.mirror import AGREED, CHECK, CHECKS, Mirror
from tests.integration.visits import done, refused
from tests.world import LI, World

WAYS = ["code", "branch", "call"]
CANARY = b"CANARY-a-face-that-must-be-nowhere"


@pytest.fixture
def mirror(world: World) -> Mirror:
    return Mirror(world)


@pytest.fixture
def customer(world: World) -> str:
    return world.sign_in(LI)


def me(world: World, token: str) -> str:
    return str(done(world.ask("GET", "/v1/me", token=token))["id"])


def standing(world: World, token: str) -> dict[str, Any]:
    return dict(done(world.ask("GET", "/v1/faces", token=token)))


def test_a_customer_who_agrees_passes_and_is_given_a_grant_again_as_often_as_they_ask(
    world: World, mirror: Mirror, customer: str
) -> None:
    passed = mirror.looked(customer, 9900, 9900)
    again = done(world.ask("POST", f"{CHECKS}/{passed['id']}/result", token=customer))

    assert (passed["status"], passed["session"], passed["alternatives"]) == ("passed", None, WAYS)
    assert again["grant"] == passed["grant"]
    found = world.services.grants.grant(passed["grant"], "step_up")
    assert found is not None
    assert (found.id, found.phone) == (passed["id"], LI)
    assert passed["grant"] not in str(world.items("verification")) + str(world.items("idempotency"))
    world.now += timedelta(minutes=10)
    assert done(world.ask("POST", f"{CHECKS}/{passed['id']}/result", token=customer))["grant"] is None


def test_a_grant_of_a_face_opens_no_session(world: World, mirror: Mirror, customer: str) -> None:
    passed = mirror.looked(customer, 9900, 9900)
    shown = {"id": "code-sharing", "version": 1}

    answer = world.ask("POST", "/v1/sessions", {"grant": passed["grant"], "warning_acknowledged": shown})

    assert refused(answer) == (401, "grant_invalid")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_without_consent_the_other_ways_are_named_in_the_readers_language(
    world: World, mirror: Mirror, customer: str, language: str
) -> None:
    answer = world.ask("POST", CHECKS, CHECK, customer, Accept_Language=language)

    assert refused(answer) == (409, "face_consent_needed")
    assert (answer.body["version"], answer.body["alternatives"]) == (1, WAYS)
    assert answer.body["title"].isascii() == (language == "en")
    told = standing(world, customer)
    assert (told["offered"], told["consented"], told["terms"]["keep_days"]) == (True, False, 30)


def test_who_has_not_agreed_does_everything_else_as_before(world: World, mirror: Mirror, customer: str) -> None:
    assert done(world.ask("POST", "/v1/faces/instead", CHECK | {"way": "branch"}, customer))["consented"] is False
    assert world.complain(customer)["id"]
    assert world.sign_in(LI)


def test_when_nobody_can_look_it_is_503_with_other_ways_and_nothing_is_opened(
    world: World, mirror: Mirror, customer: str
) -> None:
    check = mirror.started(customer)
    world.faces.away = True
    for answer in (
        world.ask("POST", CHECKS, CHECK, customer),
        world.ask("POST", f"{CHECKS}/{check}/result", token=customer),
    ):
        assert refused(answer) == (503, "face_unavailable")
        assert (answer.headers["Retry-After"], answer.body["alternatives"]) == ("60", WAYS)


def test_after_five_failures_it_is_another_way(world: World, mirror: Mirror, customer: str) -> None:
    for left in (4, 3, 2, 1, 0):
        assert mirror.looked(customer, 9900, 100)["remaining"] == left

    answer = world.ask("POST", CHECKS, CHECK, customer)

    assert refused(answer) == (429, "too_many_faces")
    assert (answer.headers["Retry-After"], answer.body["alternatives"]) == ("86400", WAYS)
    assert standing(world, customer)["closed_until"] == "2026-11-24T02:00:00.000Z"


def test_what_is_unclear_is_told_to_compliance_decided_and_collected(
    world: World, mirror: Mirror, customer: str
) -> None:
    check = mirror.looked(customer, 8000, 9000)
    assert check["status"] == "review"
    world.drain()
    assert world.provider.to("compliance-hq@dutydesk.test", "face_review")

    decided = {"outcome": "confirmed", "how": "call", "reason": "Called back."}
    path = f"/v1/desk/faces/{me(world, customer)}/checks/{check['id']}/decide"
    done(world.ask("POST", path, decided, world.staff("compliance-hq")))
    world.drain()

    assert world.provider.to(LI, "face_confirmed")
    passed = done(world.ask("POST", f"{CHECKS}/{check['id']}/result", token=customer))
    assert (passed["status"], passed["grant"][:4]) == ("passed", "cus_")


def test_what_nobody_decides_is_found_by_the_sweep_and_both_sides_are_told(
    world: World, mirror: Mirror, customer: str
) -> None:
    check = mirror.looked(customer, 8000, 9000)
    world.drain()
    world.now += timedelta(hours=8)
    world.sweep()
    world.drain()

    assert world.provider.to(LI, "face_refused")
    assert world.provider.to("compliance-hq@dutydesk.test", "face_review_missed")
    assert done(world.ask("POST", f"{CHECKS}/{check['id']}/result", token=world.sign_in(LI)))["status"] == "ended"


def test_whoever_a_customer_complains_about_decides_nothing_about_them(
    world: World, mirror: Mirror, customer: str
) -> None:
    world.complain(customer, about={"staff": "compliance-hq"})
    path = mirror.waiting(customer)

    answer = world.ask("POST", path, {"outcome": "refused", "how": "call", "reason": "r"}, world.staff("compliance-hq"))

    assert refused(answer) == (403, "conflict_of_interest")


def test_taking_it_back_deletes_what_was_kept_and_leaves_the_receipt(
    world: World, mirror: Mirror, customer: str
) -> None:
    mirror.looked(customer, 9900, 9900)
    kept = [item for item in world.items("verification") if "sha256" in item]
    assert kept

    done(world.ask("DELETE", "/v1/faces/consent", token=customer))

    assert not [item for item in world.items("verification") if "sha256" in item or "face-image" in item["pk"]]
    assert world.events(f"face_{me(world, customer)}")[-2:] == ["face.withdrawn", "face.deleted"]
    assert refused(world.ask("DELETE", "/v1/faces/consent", token=customer)) == (404, "not_found")


def test_no_face_is_left_in_tables_records_answers_messages_or_logs(
    world: World, mirror: Mirror, customer: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    said = []
    for scores in ((9900, 9900), (8000, 9000), (100, 100)):
        check = mirror.started(customer) if scores != (100, 100) else None
        if check:
            world.faces.shows(check, *scores, CANARY + str(scores).encode())
            said.append(world.ask("POST", f"{CHECKS}/{check}/result", token=customer).text)
    world.drain()

    tables = ("verification", "records", "idempotency", "notifications")
    left = (
        "".join(str(world.items(table)) for table in tables)
        + "".join(said)
        + caplog.text
        + "".join(capsys.readouterr())
    )
    assert "CANARY" not in left
    assert CANARY.hex() not in left


def test_agreeing_is_never_silent(world: World, mirror: Mirror, customer: str) -> None:
    for body in ({}, AGREED | {"agreed": False}, AGREED | {"language": "fr"}, AGREED | {"version": 0}):
        assert world.ask("POST", "/v1/faces/consent", body, customer).code == "invalid", json.dumps(body)
    assert standing(world, customer)["consent"] is None


def test_at_a_kiosk_nobodys_face_is_looked_at(world: World, mirror: Mirror) -> None:
    from tests.kiosk import Device

    device = Device(world).signed_in()
    visitor = device.visit()["token"]

    answer = world.ask("POST", "/v1/faces/consent", AGREED, visitor)
    assert refused(answer) == (403, "forbidden")
