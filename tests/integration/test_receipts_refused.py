"""Receipts of SMS providers are believed only if they are signed, just now, and say something."""

import hmac
import json
import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.kernel.clock import text as written
from tests.world import Answer, World

PATH = "/v1/webhooks/sms/dutydesk"
LIMIT = timedelta(minutes=5)


@pytest.fixture
def world(standing: World) -> World:
    return standing


def make_report(world: World, **what_matters: Any) -> str:
    said = {"id": "provider-1", "message": "msg_unknown", "status": "delivered", "at": written(world.now)}
    return json.dumps(said | what_matters)


def signature(world: World, body: str, *, at: datetime | None = None, key: bytes | None = None) -> str:
    stamp = int((at or world.now).timestamp())
    used = world.keys.key("receipts") if key is None else key
    return f"t={stamp},v1={hmac.digest(used, f'{stamp}.{body}'.encode(), 'sha256').hex()}"


def post(world: World, body: str, header: str | None = None) -> Answer:
    signed = signature(world, body) if header is None else header
    return world.ask("POST", PATH, body, Dutydesk_Signature=signed)


def kept(world: World) -> list[dict[str, Any]]:
    return [item for item in world.items("notifications") if item["sk"] == "receipt"]


def test_a_signature_that_is_forged_or_of_another_body_is_not_believed(world: World) -> None:
    body, other = make_report(world), make_report(world, status="failed")
    before = kept(world)

    for header in (
        "",
        "t=,v1=",
        "nonsense",
        signature(world, body, key=b"another secret"),
        signature(world, body, key=world.keys.key("cursors")),
        signature(world, body).partition(",")[2],
        signature(world, body).partition(",")[0],
        signature(world, other),
    ):
        answer = post(world, body, header)
        assert (answer.status, answer.code) == (401, "signature_invalid"), header
    assert kept(world) == before


def test_a_receipt_changed_in_any_byte_is_not_believed(world: World) -> None:
    body = make_report(world)
    header = signature(world, body)
    chance = random.Random(11)
    before = kept(world)

    for _ in range(400):
        whole = header + body
        place = chance.randrange(len(whole))
        put = chance.choice(["", *(chr(code) for code in range(32, 127) if chr(code) != whole[place])])
        cut = len(header) + (len(put) - 1 if place < len(header) else 0)
        changed = whole[:place] + put + whole[place + 1 :]
        answer = post(world, changed[cut:], changed[:cut])
        assert (answer.status, answer.code) == (401, "signature_invalid"), changed

    assert kept(world) == before
    assert post(world, body, header).status == 200


@pytest.mark.parametrize(
    ("off", "status"),
    [
        (-LIMIT, 200),
        (LIMIT, 200),
        (-LIMIT - timedelta(seconds=1), 401),
        (LIMIT + timedelta(seconds=1), 401),
        (timedelta(days=-3650), 401),
    ],
)
def test_a_signature_is_believed_for_five_minutes_before_and_after(world: World, off: timedelta, status: int) -> None:
    body = make_report(world, id=f"provider-{off}")

    assert post(world, body, signature(world, body, at=world.now + off)).status == status


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"id": "p", "message": "msg_1", "status": "delivered"}',
        '{"id": "p", "message": "msg_1", "status": "lost", "at": "2026-11-23T02:00:00Z"}',
        '{"id": "p", "message": "msg_1", "status": "delivered", "at": "2026-11-23T02:00:00"}',
        '{"id": "p", "message": "msg_1", "status": "delivered", "at": "0001-01-01T00:00:00+14:00"}',
        '{"id": "p", "message": "msg_1", "status": "delivered", "at": "1899-01-01T00:00:00Z"}',
        '{"id": "p", "message": "", "status": "delivered", "at": "2026-11-23T02:00:00Z"}',
        '{"id": "p", "message": "\\ud800", "status": "delivered", "at": "2026-11-23T02:00:00Z"}',
        json.dumps({"id": "p", "message": "m" * 257, "status": "delivered", "at": "2026-11-23T02:00:00Z"}),
    ],
)
def test_what_is_signed_and_says_nothing_is_refused_for_good(world: World, body: str) -> None:
    before = kept(world)

    answer = post(world, body)

    assert (answer.status, answer.code) == (400, "receipt_malformed")
    assert kept(world) == before


def test_a_provider_nobody_knows_is_refused(world: World) -> None:
    body = make_report(world)

    answer = world.ask("POST", "/v1/webhooks/sms/other", body, Dutydesk_Signature=signature(world, body))

    assert (answer.status, answer.code) == (422, "invalid")
