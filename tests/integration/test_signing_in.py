"""Signing in by code: five tries, three sends, ten minutes, one use, one purpose, and no word about who is known."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.clock import moment
from chalicelib.verification.codes.store import DynamoVerifications
from tests.world import LI, SMITH, Answer, World

SHOWN = {"id": "code-sharing", "version": 1}


def start(world: World, phone: str = LI, purpose: str = "sign_in") -> str:
    world.forgive()
    answer = world.ask("POST", "/v1/verifications", {"purpose": purpose, "phone": phone})
    assert answer.status == 202, answer.text
    return str(answer.body["id"])


def check(world: World, id_: str, code: str) -> Answer:
    return world.ask("POST", f"/v1/verifications/{id_}/check", {"code": code})


def resend(world: World, id_: str) -> Answer:
    return world.ask("POST", f"/v1/verifications/{id_}/resend")


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def grant(world: World, phone: str = LI, purpose: str = "sign_in") -> str:
    return str(check(world, start(world, phone, purpose), world.code(phone)).body["grant"])


def open_session(world: World, grant: str, shown: Any = SHOWN) -> Answer:
    return world.ask("POST", "/v1/sessions", {"grant": grant, "warning_acknowledged": shown})


def sessions(world: World) -> int:
    return sum(item["sk"] == "session" for item in world.items("identity"))


def test_a_wrong_code_tells_what_remains_and_the_fifth_is_the_last_try(world: World) -> None:
    id_ = start(world)
    code = world.code(LI)

    left = []
    for _ in range(5):
        answer = check(world, id_, wrong(code))
        assert (answer.status, answer.code) == (422, "code_wrong")
        left.append(answer.body["remaining"])
    assert left == [4, 3, 2, 1, 0]

    for typed in (code, wrong(code)):
        answer = check(world, id_, typed)
        assert (answer.status, answer.code) == (429, "too_many_attempts")
        assert int(answer.headers["Retry-After"]) == answer.body["retry_after"] > 0


def test_the_right_code_at_the_fifth_try_is_still_right(world: World) -> None:
    id_ = start(world)
    code = world.code(LI)
    for _ in range(4):
        check(world, id_, wrong(code))

    assert check(world, id_, code).status == 200


def test_tries_stay_counted_when_another_code_is_sent(world: World) -> None:
    id_ = start(world)
    for _ in range(4):
        check(world, id_, wrong(world.code(LI)))
    world.now += timedelta(seconds=60)
    assert resend(world, id_).status == 202

    assert check(world, id_, wrong(world.code(LI))).body["remaining"] == 0
    assert check(world, id_, world.code(LI)).status == 429


def test_tries_made_while_another_code_is_asked_for_stay_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = start(world)
    guesses, save = [wrong(world.code(LI))] * 4, DynamoVerifications.save

    def guess_and_save(self: DynamoVerifications, *asked: Any) -> None:
        while guesses:
            check(world, id_, guesses.pop())
        save(self, *asked)

    monkeypatch.setattr(DynamoVerifications, "save", guess_and_save)
    world.now += timedelta(seconds=60)
    answer = resend(world, id_)

    assert (answer.status, answer.code) == (409, "changed")
    assert check(world, id_, wrong(world.code(LI))).body["remaining"] == 0


def test_a_code_expires_to_the_second(world: World) -> None:
    early, late = start(world), start(world, SMITH)

    world.now += timedelta(minutes=10, seconds=-1)
    assert check(world, early, world.code(LI)).status == 200
    world.now += timedelta(seconds=1)

    for answer in (check(world, late, world.code(SMITH)), resend(world, late)):
        assert (answer.status, answer.code) == (410, "code_expired")


def test_a_code_works_once(world: World) -> None:
    id_ = start(world)
    code = world.code(LI)
    assert check(world, id_, code).status == 200

    for answer in (check(world, id_, code), check(world, id_, wrong(code)), resend(world, id_)):
        assert (answer.status, answer.code) == (409, "code_used")


def test_a_verification_nobody_started_is_not_there(world: World) -> None:
    for answer in (check(world, "ver_01M8323B80R71NV7ECMN7C58DA", "123456"), resend(world, "nonsense")):
        assert (answer.status, answer.code) == (404, "not_found")
    # Longer than any key of DynamoDB: there it would be no answer but a fault.
    for answer in (check(world, "v" * 3000, "123456"), resend(world, "v" * 3000)):
        assert (answer.status, answer.body["errors"][0]["field"]) == (422, "verification")


def test_another_code_is_sent_after_a_gap_that_grows_and_three_are_sent_at_most(world: World) -> None:
    id_ = start(world)
    codes = [world.code(LI)]
    for gap in (30, 60):
        world.now += timedelta(seconds=gap - 1)
        early = resend(world, id_)
        assert (early.status, early.code) == (429, "too_many_codes")
        assert (early.body["retry_after"], early.headers["Retry-After"]) == (1, "1")
        world.now += timedelta(seconds=1)
        again = resend(world, id_)
        assert again.status == 202
        assert again.body["id"] == id_
        assert moment(again.body["resend_after"]) == world.now + timedelta(seconds=2 * gap)
        assert moment(again.body["expires_at"]) == world.now + timedelta(minutes=10)
        codes.append(world.code(LI))

    world.now += timedelta(seconds=120)
    capped = resend(world, id_)
    assert (capped.status, capped.code, capped.body["retry_after"]) == (429, "too_many_codes", 480)
    assert len(world.provider.to(LI)) == 3
    assert [check(world, id_, code).status for code in codes[:2] if code != codes[2]] == [422] * 2
    assert check(world, id_, codes[2]).status == 200


def test_a_grant_of_another_purpose_opens_no_session(world: World) -> None:
    for purpose in ("step_up", "change_phone", "check_in", "document"):
        answer = open_session(world, grant(world, purpose=purpose))
        assert (answer.status, answer.code) == (401, "grant_invalid"), purpose
    assert sessions(world) == 0


def test_a_grant_that_is_old_or_no_grant_opens_no_session(world: World) -> None:
    started = start(world)
    good = grant(world, SMITH)
    for no_grant in (
        started,
        "ver_1",
        good[:-1],
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        world.keys.token("session", started),
    ):
        answer = open_session(world, no_grant)
        assert (answer.status, answer.code) == (401, "grant_invalid"), no_grant
    never_approved = world.keys.token("grant:sign_in", started[:30])
    assert open_session(world, never_approved).code == "grant_invalid"

    world.now += timedelta(minutes=10)
    assert open_session(world, good).code == "grant_invalid"
    assert sessions(world) == 0


def test_a_warning_other_than_the_one_in_force_is_no_acknowledgement(world: World) -> None:
    good = grant(world)

    for shown in (SHOWN | {"version": 0}, SHOWN | {"version": 2}, SHOWN | {"id": "other"}):
        answer = open_session(world, good, shown)
        assert (answer.status, answer.code) == (422, "warning_not_acknowledged")
    assert open_session(world, good).status == 201  # the grant is not spent by it


def test_without_an_acknowledgement_there_is_no_session(world: World) -> None:
    good = grant(world)

    for body in (
        {"grant": good},
        {"grant": good, "warning_acknowledged": None},
        {"grant": good, "warning_acknowledged": {}},
    ):
        assert world.ask("POST", "/v1/sessions", body).status == 422
    assert sessions(world) == 0


def test_known_and_unknown_phones_are_answered_alike(world: World) -> None:
    world.sign_in(LI)
    answers = [
        world.ask("POST", "/v1/verifications", {"purpose": "sign_in", "phone": phone})
        for phone in (LI, "+8613800138999")
    ]

    def shape(answer: Answer) -> Any:
        told = {name: value for name, value in answer.body.items() if name != "id"}
        headers = {name: value for name, value in answer.headers.items() if name != "X-Request-Id"}
        return answer.status, told, headers

    assert shape(answers[0]) == shape(answers[1])
    texts = [world.provider.to(phone)[-1] for phone in (LI, "+8613800138999")]
    assert texts[0].template == texts[1].template
    wrong_code = [
        check(world, answer.body["id"], wrong(world.code(text.to))) for answer, text in zip(answers, texts, strict=True)
    ]
    assert wrong_code[0].body | {"request_id": ""} == wrong_code[1].body | {"request_id": ""}
