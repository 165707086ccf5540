"""Codes over HTTP: how often, where to, at what price, for what; and who can see or use what."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.aws.tables import Tables
from chalicelib.kernel.errors import Changed
from tests.integration.test_signing_in import check, resend, wrong
from tests.lambda_events import event
from tests.world import LI, SMITH, Answer, World

PAYMENT = {"amount": {"amount": 123_456, "currency": "CNY"}, "payee": "Wang Wei"}


def ask(world: World, phone: str = LI, **more: Any) -> Answer:
    headers = {name: more.pop(name) for name in ("Device_Id", "Accept_Language") if name in more}
    return world.ask("POST", "/v1/verifications", {"purpose": "sign_in", "phone": phone, **more}, **headers)


def stop(world: World) -> None:
    """Let codes go to Li's prefix until it is closed, none of them typed."""
    for n in range(40):
        world.now += timedelta(minutes=6)
        ask(world, f"+8613800{n:06}")


def test_the_fourth_code_for_a_phone_waits_and_other_ways_are_named(world: World) -> None:
    for _ in range(3):
        assert ask(world).status == 202
    answer = ask(world)

    assert (answer.status, answer.code, answer.headers["Retry-After"]) == (429, "too_many_codes", "600")
    assert (answer.body["retry_after"], answer.body["remaining"]) == (600, 0)
    assert answer.body["alternatives"] == ["app", "branch", "staff"]
    assert len(world.provider.to(LI)) == 3
    assert ask(world, SMITH).status == 202


def test_a_device_that_names_itself_is_counted_wherever_it_is(world: World) -> None:
    for n in range(20):
        assert ask(world, f"+86138{n:02}000000", Device_Id="pump").status == 202
    for item in world.items("verification"):
        # As if each had come from a network of its own.
        if item["pk"].startswith("limit#") and len(item["times"]) == 20 and item["pk"] != device(world):
            world.client.delete_item(TableName="dutydesk-test-verification", Key=key(item))

    assert ask(world, SMITH, Device_Id="pump").code == "too_many_codes"
    assert ask(world, SMITH, Device_Id="another").status == 202


def device(world: World) -> str:
    return f"limit#{world.keys.digest('limit', 'device', 'pump')[:40]}"


def key(item: dict[str, Any]) -> dict[str, Any]:
    return {name: {"S": item[name]} for name in ("pk", "sk")}


@pytest.mark.parametrize(
    ("phone", "code"),
    [("+12015550123", "destination_closed"), ("+442071838750", "number_unsuitable"), ("+86138", "phone_invalid")],
)
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_where_no_code_goes_nothing_is_written_and_it_is_said(
    world: World, phone: str, code: str, language: str
) -> None:
    before = len(world.items("verification"))
    answer = ask(world, phone, Accept_Language=language)

    assert (answer.status, answer.code) == (422, code)
    assert answer.body["title"].isascii() == (language == "en")
    assert (len(world.items("verification")), world.provider.asked) == (before, [])


def test_where_hardly_a_code_is_typed_it_is_closed_and_compliance_hears_once(world: World) -> None:
    stop(world)
    answer = ask(world, LI)
    assert (answer.status, answer.code) == (503, "sms_unavailable")
    assert answer.body["alternatives"] == ["app", "branch", "staff"]
    assert answer.body["retry_after"] > 80_000
    assert ask(world, SMITH).status == 202

    world.drain(lambda waiting: [*waiting, *waiting])
    (mail,) = world.provider.to("compliance-hq@dutydesk.test", "codes_stopped")
    assert (mail.template, mail.subject) == ("codes_stopped_conversion", "Codes stopped: prefix_8613800")
    shown = world.ask("GET", "/v1/desk/operations/codes", token=world.staff("compliance-hq")).body
    (closed,) = shown["closed"]
    assert (closed["name"], closed["why"], closed["texts"], closed["proven"]) == (
        "prefix_8613800",
        "conversion",
        30,
        0,
    )
    british, chinese = shown["destinations"]
    assert (british["texts"], british["spent"], chinese["spent"]) == (1, 35, 150)
    assert (shown["spent"], shown["currency"]) == (185, "CNY")


def test_an_administrator_opens_it_again_with_a_record(world: World) -> None:
    stop(world)
    path = "/v1/desk/operations/codes/prefix_8613800/reopen"
    assert world.ask("POST", path, token=world.staff("compliance-hq")).status == 403
    admin = world.staff("admin-hq")
    assert world.ask("POST", path, token=admin).status == 200

    assert world.ask("POST", path, token=admin).code == "not_allowed_now"
    assert ask(world, LI).status == 202
    (subject,) = {item["id"] for item in world.items("verification") if item["pk"] == "closed"}
    assert world.events(subject) == ["codes.stopped", "codes.reopened"]
    assert world.records(subject)[1]["actor"] == "admin-hq"


def test_word_of_what_was_opened_again_meanwhile_is_not_sent(world: World) -> None:
    stop(world)
    path = "/v1/desk/operations/codes/prefix_8613800/reopen"
    world.ask("POST", path, token=world.staff("admin-hq"))
    world.drain()

    assert world.provider.to("compliance-hq@dutydesk.test") == []


def test_what_is_counted_together_cannot_be_passed_by_who_read_before(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, others = Tables.commit, [1, 2]

    def overtaken(self: Tables, *asked: Any) -> None:
        if others:
            others.pop()
            monkeypatch.setattr(Tables, "commit", commit)
            assert ask(world).status == 202
            monkeypatch.setattr(Tables, "commit", overtaken)
        commit(self, *asked)

    monkeypatch.setattr(Tables, "commit", overtaken)
    assert ask(world).status == 202
    assert ask(world).status == 429
    assert len(world.provider.to(LI)) == 3


def test_where_it_moves_all_the_time_one_is_asked_to_wait(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def moved(*_: Any) -> None:
        raise Changed

    monkeypatch.setattr(Tables, "commit", moved)
    answer = ask(world)

    assert (answer.status, answer.code, answer.body["retry_after"]) == (429, "too_many_codes", 1)
    assert world.provider.asked == []


def test_a_payment_is_confirmed_by_its_own_code_only(world: World) -> None:
    started = ask(world, purpose="step_up", transaction=PAYMENT, language="en")
    assert "confirms CNY 1,234.56 to Wang Wei." in world.provider.to(LI)[-1].body
    path, code = f"/v1/verifications/{started.body['id']}/check", world.code(LI)

    for other in (None, PAYMENT | {"payee": "Wang Fang"}, PAYMENT | {"amount": {"amount": 1, "currency": "CNY"}}):
        body = {"code": code} | ({"transaction": other} if other else {})
        assert world.ask("POST", path, body).code == "code_wrong"
    assert world.ask("POST", path, {"code": code, "transaction": PAYMENT}).status == 200


@pytest.mark.parametrize(
    "payee",
    ["http://evil.example", "evil.example", "call +44 20 7946", "a/b", "Bank@home", "x" * 41, "", "two\nlines"],
)
def test_no_stranger_writes_to_people_in_our_name(world: World, payee: str) -> None:
    answer = ask(world, purpose="step_up", transaction=PAYMENT | {"payee": payee})

    assert (answer.status, answer.body["errors"][0]["field"]) == (422, "transaction.payee")


@pytest.mark.parametrize("payee", ["Wang Wei", "王伟", "Anne-Marie O'Neil", "Marks & Spencer", "J. Smith", "Öz"])
def test_names_of_people_and_shops_are_written(world: World, payee: str) -> None:
    assert ask(world, purpose="step_up", transaction=PAYMENT | {"payee": payee}).status == 202


def test_only_a_step_up_confirms_a_transaction(world: World) -> None:
    answer = ask(world, transaction=PAYMENT)

    assert (answer.status, answer.body["errors"][0]["field"]) == (422, "transaction")


def test_the_name_under_which_a_code_can_be_tried_stands_nowhere(
    world: World, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    logger = logging.getLogger("dutydesk")
    level = logger.level
    logger.setLevel("INFO")
    try:
        started = world.ask(
            "POST", "/v1/verifications", {"purpose": "sign_in", "phone": LI}, Idempotency_Key="k", Device_Id="my-device"
        )
        id_, code = started.body["id"], world.code(LI)
        check(world, id_, wrong(code))
        world.now += timedelta(seconds=30)
        resend(world, id_)
        world.ask("POST", f"/v1/verifications/{id_}/check", {"code": world.code(LI)}, Idempotency_Key="k2")
    finally:
        logger.setLevel(level)
    world.publish()

    tables = {table: str(world.items(table)) for table in ("records", "verification", "idempotency", "identity")}
    secret = id_[30:]
    assert len(secret) == 32
    logs = capsys.readouterr().out + caplog.text
    for where, text in {
        **tables,
        "queues": str(world.outlet.sent),
        "logs": logs,
        "sms": str(world.provider.sent),
    }.items():
        assert secret not in text, where
    for where in ("records", "idempotency"):
        assert LI not in tables[where]
    kept = [item for item in world.items("verification") if item["pk"].startswith(("limit#", "proven#", "day#"))]
    assert kept
    for told in (LI, LI[1:], "127.0.0.1", "my-device"):
        assert told not in str(kept)
    again = world.ask(
        "POST", "/v1/verifications", {"purpose": "sign_in", "phone": LI}, Idempotency_Key="k", Device_Id="my-device"
    )
    assert (again.body["id"], again.headers["Idempotent-Replayed"]) == (id_, "true")


def test_an_id_out_of_the_records_neither_uses_up_tries_nor_reads_the_table(world: World) -> None:
    id_ = ask(world).body["id"]

    for guess in (id_[:30], id_[:30] + "A" * 32, id_[:-1]):
        assert check(world, guess, "000000").code == "not_found"
        assert resend(world, guess).code == "not_found"
    assert check(world, id_, wrong(world.code(LI))).body["remaining"] == 4


def test_where_nobody_knows_the_address_codes_still_go(world: World) -> None:
    from app import app
    from tests.lambda_events import Context

    asked = event(app, "POST", "/v1/verifications", json.dumps({"purpose": "sign_in", "phone": LI}), {})
    asked["requestContext"]["identity"] = {}

    assert app(asked, Context())["statusCode"] == 202
