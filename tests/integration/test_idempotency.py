"""One key, one effect, one answer."""

import zlib
from datetime import timedelta
from typing import Any

from tests.world import LI, SMITH, World

BODY = {"subject": "Fee", "body": "Twice."}


def test_the_same_call_again_gets_the_same_answer_and_has_no_effect(world: World) -> None:
    token = world.sign_in()

    first = world.ask("POST", "/v1/complaints", BODY, token, Idempotency_Key="k")
    again = world.ask("POST", "/v1/complaints", BODY, token, Idempotency_Key="k")

    assert (again.status, again.body) == (first.status, first.body) == (201, first.body)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len([item for item in world.items("tickets") if item["sk"] == "ticket"]) == 1
    assert len(world.records(first.body["id"])) == 1


def test_another_body_under_the_same_key_is_refused(world: World) -> None:
    token = world.sign_in()
    world.ask("POST", "/v1/complaints", BODY, token, Idempotency_Key="k")

    other = world.ask("POST", "/v1/complaints", {**BODY, "body": "Thrice."}, token, Idempotency_Key="k")

    assert (other.status, other.code) == (422, "idempotency_key_reused")


def test_two_callers_never_collide(world: World) -> None:
    answers = [
        world.ask("POST", "/v1/complaints", BODY, world.sign_in(phone), Idempotency_Key="k").body["id"]
        for phone in (LI, SMITH)
    ]

    assert len(set(answers)) == 2


def test_after_a_day_the_key_is_free(world: World) -> None:
    first = world.ask("POST", "/v1/complaints", BODY, world.sign_in(), Idempotency_Key="k")
    world.now += timedelta(hours=25)

    later = world.ask("POST", "/v1/complaints", BODY, world.sign_in(), Idempotency_Key="k")

    assert later.status == 201
    assert later.body["id"] != first.body["id"]


def test_a_key_is_visible_ascii(world: World) -> None:
    answer = world.ask("POST", "/v1/complaints", BODY, world.sign_in(), Idempotency_Key="two words")

    assert (answer.status, answer.body["errors"][0]["field"]) == (422, "Idempotency-Key")


def test_a_sign_in_is_replayed_with_its_tokens_though_none_is_stored(world: World) -> None:
    def twice(path: str, body: Any) -> Any:
        first, again = (world.ask("POST", path, body, Idempotency_Key="k") for _ in range(2))
        assert (again.status, again.body) == (first.status, first.body), again.text
        assert again.headers["Idempotent-Replayed"] == "true"
        return first.body

    started = twice("/v1/verifications", {"purpose": "sign_in", "phone": LI})
    code = world.code(LI)
    grant = twice(f"/v1/verifications/{started['id']}/check", {"code": code})["grant"]
    shown = {name: started["warning"][name] for name in ("id", "version")}
    token = twice("/v1/sessions", {"grant": grant, "warning_acknowledged": shown})["token"]

    assert len(world.provider.to(LI)) == 1
    kept = "".join(
        str(item) for table in ("identity", "verification", "records", "idempotency") for item in world.items(table)
    )
    kept += "".join(zlib.decompress(bytes(item["reply"])).decode() for item in world.items("idempotency"))
    assert grant not in kept
    assert token not in kept
    assert f"'{code}'" not in kept
    assert f'"{code}"' not in kept


def test_a_grant_opens_one_session(world: World) -> None:
    started = world.ask("POST", "/v1/verifications", {"purpose": "sign_in", "phone": LI}).body
    checked = world.ask("POST", f"/v1/verifications/{started['id']}/check", {"code": world.code(LI)}).body
    body = {"grant": checked["grant"], "warning_acknowledged": {"id": "code-sharing", "version": 1}}

    answers = [world.ask("POST", "/v1/sessions", body, Idempotency_Key=key).status for key in ("a", "b")]

    assert answers == [201, 401]


def test_steps_of_the_desk_are_replayed_after_the_case_has_moved_on(world: World) -> None:
    ticket = world.complain(world.sign_in())["id"]
    lead = world.staff("lead-east")
    steps = [
        ("decide", {"outcome": "upheld", "findings": "f", "reasons": "r"}),
        ("deliver", {"channel": "letter", "proof": "RM123456785GB"}),
        ("close", {"root_cause": "fee table"}),
    ]
    first = [
        world.ask("POST", f"/v1/desk/complaints/{ticket}/{step}", body, lead, Idempotency_Key=step)
        for step, body in steps
    ]
    records = len(world.records(ticket))

    again = [
        world.ask("POST", f"/v1/desk/complaints/{ticket}/{step}", body, lead, Idempotency_Key=step)
        for step, body in steps
    ]

    assert [answer.body for answer in again] == [answer.body for answer in first]
    assert [answer.status for answer in first] == [200, 200, 200]
    assert len(world.records(ticket)) == records
