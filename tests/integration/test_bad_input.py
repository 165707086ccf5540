"""Each route refuses what makes no sense, with its stable code, and writes nothing."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

import app as whole
from tests.integration.bodies import BODILESS
from tests.integration.places import filled
from tests.integration.stages import CLOSING, LETTER, STAGES
from tests.integration.trusting import sure
from tests.kiosk import Device
from tests.lambda_events import Context, event
from tests.world import SMITH, World

TABLES = ("appointments", "tickets", "records", "identity", "verification", "notifications", "answers", "attachments")
TABLES += ("kiosks", "idempotency", "callbacks")
PATHS = sorted((method, path) for path, methods in whole.app.routes.items() for method in methods)
POSTS = [path for method, path in PATHS if method == "POST"]
OPEN = (
    "/v1/verifications",
    "/v1/sessions",
    "/v1/staff/sessions",
    "/v1/webhooks",
    "/v1/words",
    "/v1/status",
    "/v1/health",
)
OPEN += ("/v1/opening-hours", "/v1/services", "/v1/branches", "/v1/visits", "/v1/waits", "/docs", "/v1/kiosks/enrol")
OPEN += ("/v1/kiosks/sessions", "/v1/calendars", "/v1/callbacks/verify", "/v1/warnings")
SIGNED_IN = [
    (method, path)
    for method, path in PATHS
    if path.endswith(("/sessions/current", "/display", "/tickets")) or not path.startswith((*OPEN, "/v1/openapi.json"))
]
FOR_STAFF = "/v1/desk"
OF_COMPLIANCE = ("/v1/desk/faces", "/v1/desk/emergencies/")


def stored(world: World) -> dict[str, Any]:
    return {table: sorted(map(str, world.items(table))) for table in TABLES}


@pytest.fixture
def tokens(world: World) -> dict[str, str]:
    device = Device(world).signed_in()
    staff = {"staff": world.staff("lead-east"), "compliance": world.staff("compliance-hq")}
    return {"customer": sure(world), "kiosk": device.token, **staff}


def whose(path: str) -> str:
    if path.startswith("/v1/kiosks"):
        return "kiosk"
    staff = "compliance" if path.startswith(OF_COMPLIANCE) else "staff"
    return staff if path.startswith(FOR_STAFF) else "customer"


def test_without_a_session_nothing_that_needs_one_is_served(world: World) -> None:
    before = stored(world)
    for method, path in SIGNED_IN:
        for token in ("", "nonsense"):
            answer = world.ask(method, filled(path), {} if method == "POST" else None, token)
            assert (answer.status, answer.code) == (401, "not_signed_in"), (method, path)
    assert stored(world) == before


def test_an_expired_or_ended_session_is_none(world: World, tokens: dict[str, str]) -> None:
    other = world.sign_in(SMITH)
    assert world.ask("DELETE", "/v1/sessions/current", token=other).status == 200
    assert world.ask("GET", "/v1/me", token=other).status == 401

    world.now += timedelta(hours=12)

    for method, path in SIGNED_IN:
        answer = world.ask(method, filled(path), {} if method == "POST" else None, tokens[whose(path)])
        assert (answer.status, answer.code) == (401, "not_signed_in"), (method, path)


def test_what_cannot_be_read_is_refused_before_it_is_looked_at(world: World, tokens: dict[str, str]) -> None:
    before = stored(world)
    for path in POSTS:
        if path.endswith(BODILESS):
            continue
        token = tokens[whose(path)]
        for body, kind, status, code in (
            ("{", "application/json", 400, "malformed"),
            ('{"a": "\ufffd"}', "application/json", 400, "malformed"),
            ("a=b", "application/x-www-form-urlencoded", 415, "unsupported"),
            ('{"zz": 1}', "application/json", 422, "invalid"),
            ('"text"', "application/json", 422, "invalid"),
        ):
            answer = world.ask("POST", filled(path), body, token, Content_Type=kind)
            assert (answer.status, answer.code) == (status, code), (path, body, answer.text)
            assert answer.headers["Content-Type"] == "application/problem+json"
    assert stored(world) == before


def test_what_would_break_the_parser_is_refused_and_brackets_in_a_text_are_not(
    world: World, tokens: dict[str, str]
) -> None:
    for body in ("[" * 100_000, '{"a":' * 33 + "1" + "}" * 33, '{"a": [' + "[" * 32, f'{{"subject": {"1" * 5000}}}'):
        for token, path in (("", "/v1/verifications"), (tokens["customer"], "/v1/complaints")):
            for key in ({}, {"Idempotency_Key": "k"}):
                answer = world.ask("POST", path, body, token, **key)
                assert (answer.status, answer.code) == (400, "malformed"), (path, body[:20])
    world.complain(tokens["customer"], body='[{"' * 1000 + '\\"' + "1" * 1000)


def test_what_breaks_outside_a_route_is_answered_like_any_other_fault(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr(type(world.services.sessions), "actor", broken)
    answer = world.ask("GET", "/v1/me", token="any")

    assert (answer.status, answer.code) == (500, "internal")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Request-Id"] == answer.body["request_id"]
    assert "bug of ours" not in answer.text


def padded(size: int) -> str:
    """Make a body of so many bytes that says nothing any route knows."""
    return json.dumps({"zz": "x" * (size - len('{"zz": ""}'))})


def test_a_body_of_more_than_256_kib_is_refused_before_it_is_looked_at(world: World) -> None:
    before = stored(world)
    for path in POSTS:
        answer = world.ask("POST", filled(path), padded(262_145))
        assert (answer.status, answer.code, answer.body["limit"]) == (413, "request_too_large", 262_144), path
    assert stored(world) == before


@pytest.mark.parametrize("encoded", [False, True])
@pytest.mark.parametrize(("size", "status"), [(262_144, 422), (262_145, 413), (262_146, 413), (262_147, 413)])
def test_the_limit_is_in_bytes_however_the_gateway_hands_them_over(
    world: World, tokens: dict[str, str], size: int, status: int, encoded: bool
) -> None:
    body = padded(size - 2).replace("x", "\u00e9", 2)  # two bytes each
    assert len(body.encode()) == size
    sent = base64.b64encode(body.encode()).decode() if encoded else body
    headers = {"Authorization": f"Bearer {tokens['customer']}", "Content-Type": "application/json"}
    given = event(whole.app, "POST", "/v1/complaints", sent, headers) | {"isBase64Encoded": encoded}

    assert whole.app(given, Context())["statusCode"] == status


def test_what_is_too_large_is_said_in_the_readers_language(world: World) -> None:
    answer = world.ask("POST", "/v1/sessions", padded(300_000), Accept_Language="zh-CN")

    assert answer.body["title"] == "请求过大"


def test_bytes_that_are_no_utf8_are_refused(world: World, tokens: dict[str, str]) -> None:
    headers = {"Authorization": f"Bearer {tokens['customer']}", "Content-Type": "application/json"}
    broken = event(whole.app, "POST", "/v1/complaints", "/////w==", headers) | {"isBase64Encoded": True}

    answer = whole.app(broken, Context())

    assert answer["statusCode"] == 400


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"subject": "s"}, "body", "missing"),
        ({"subject": "s", "body": "b", "extra": 1}, "extra", "unknown_field"),
        ({"subject": 1, "body": "b"}, "subject", "wrong_type"),
        ({"subject": "s" * 201, "body": "b"}, "subject", "too_long"),
        ({"subject": "", "body": "b"}, "subject", "too_short"),
        ({"subject": "s", "body": "b" * 20_001}, "body", "too_long"),
        ({"subject": "s", "body": "b", "amount": {"amount": -1, "currency": "CNY"}}, "amount.amount", "too_small"),
        ({"subject": "s", "body": "b", "amount": {"amount": 1, "currency": "yuan"}}, "amount.currency", "format"),
        ({"subject": "s", "body": "b", "language": "fr"}, "language", "not_one_of"),
    ],
)
def test_a_complaint_names_the_field_that_is_wrong(
    world: World, tokens: dict[str, str], body: dict[str, Any], field: str, code: str
) -> None:
    answer = world.ask("POST", "/v1/complaints", body, tokens["customer"], Accept_Language="zh-CN")

    assert answer.status == 422
    assert [(error["field"], error["code"]) for error in answer.body["errors"]] == [(field, code)]
    assert world.items("tickets") == []


def of_tickets(for_staff: bool) -> list[tuple[str, str, Any]]:
    found = []
    for method, path in PATHS:
        if "{ticket}" in path and path.startswith(FOR_STAFF) == for_staff:
            found.append((method, path, STAGES[path].body if method == "POST" else None))
    return found


def test_a_ticket_that_is_foreign_or_unknown_looks_absent(world: World, tokens: dict[str, str]) -> None:
    ticket = world.complain(tokens["customer"])["id"]
    strangers = {False: world.sign_in(SMITH), True: world.staff("lead-london")}
    before = stored(world)
    for for_staff, stranger in strangers.items():
        for method, path, body in of_tickets(for_staff):
            for id_ in (ticket, "tkt_01M8323B80R71NV7ECMN7C58DA", "nonsense"):
                answer = world.ask(method, filled(path, id_), body, stranger)
                assert (answer.status, answer.code) == (404, "not_found"), (method, path, id_)
    assert stored(world) == before


def test_a_step_out_of_turn_says_which_are_allowed(world: World, tokens: dict[str, str]) -> None:
    ticket = world.complain(tokens["customer"])["id"]
    before = stored(world)

    for step, body in (("deliver", LETTER), ("close", CLOSING)):
        answer = world.ask("POST", f"/v1/desk/complaints/{ticket}/{step}", body, tokens["staff"])
        assert (answer.status, answer.code) == (409, "not_allowed_now")
        assert answer.body["allowed"] == ["decided", "in_progress", "merged", "proposed", "withdrawn"]
    assert stored(world) == before


def test_a_customer_has_no_business_at_the_desk(world: World, tokens: dict[str, str]) -> None:
    ticket = world.complain(tokens["customer"])["id"]
    for method, path, body in of_tickets(for_staff=True):
        answer = world.ask(method, filled(path, ticket), body, tokens["customer"])
        assert (answer.status, answer.code) == (403, "forbidden"), (method, path)
    hidden = world.ask(
        "POST", f"/v1/tickets/{ticket}/messages", {"body": "b", "visibility": "internal"}, tokens["customer"]
    )
    assert hidden.status == 403


def test_an_auditor_reads_and_changes_nothing(world: World, tokens: dict[str, str]) -> None:
    ticket = world.complain(tokens["customer"])["id"]
    auditor = world.staff("auditor-hq")
    assert world.ask("GET", f"/v1/desk/tickets/{ticket}/history", token=auditor).status == 200
    for method, path, body in of_tickets(for_staff=True):
        if method == "POST":
            assert world.ask(method, filled(path, ticket), body, auditor).status == 403, path
