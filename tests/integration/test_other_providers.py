"""Providers beside our own, through the whole of it: what they tell over HTTP, and a code that goes another way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kernel import actors
from chalicelib.kernel.calls import internal
from tests.integration.others import Others, started
from tests.world import LI, REACH, World

PATIENCE = 45


@pytest.fixture
def others(world: World) -> Others:
    china = replace(REACH.destinations["86"], voice_price=40)
    reach = replace(
        REACH, ways=("aws", "twilio", "aws-voice"), patience=PATIENCE, destinations={**REACH.destinations, "86": china}
    )
    world.services.reaching.set(reach, internal(actors.system("seed"), "seed", "seed"))
    return Others(world)


def spoken(body: str) -> str:
    return body.partition("is: ")[2].partition(".")[0].replace(", ", "")


def test_what_twilio_and_aws_tell_is_kept_once_and_moves_the_text(others: Others) -> None:
    first, second = others.complain(), others.complain()

    assert [others.twilio(first).body["status"] for _ in range(2)] == ["taken", "known"]
    assert [others.aws(second).body["status"] for _ in range(2)] == ["taken", "known"]
    assert others.twilio(first, "queued").body == {"status": "no_news"}
    others.world.drain()
    assert [others.status(text) for text in (first, second)] == ["delivered", "delivered"]


def test_what_they_did_not_sign_is_refused_and_what_says_nothing_for_good(others: Others) -> None:
    text = others.complain()

    for answer in (others.twilio(text, token="another"), others.aws(text, Signature="AAAA")):
        assert (answer.status, answer.code) == (401, "signature_invalid")
    assert (others.twilio(text, "lost").status, others.aws(text, Message="[]").status) == (400, 400)
    assert others.twilio(text, kind="text/csv").status == 415
    assert others.status(text) == "sent"


def test_a_code_nobody_hears_of_is_found_by_the_sweep_and_spoken_in_the_end(others: Others) -> None:
    world = others.world
    asked = started(world, LI)
    world.publish()
    assert [(queue, delay) for queue, _, delay in world.outlet.sent][-1] == ("notifications", PATIENCE)
    world.outlet.sent.clear()  # the hint is lost
    world.pass_time(minutes=4, step=timedelta(minutes=1))

    (text,) = others.texts.sent.values()
    (call,) = others.voice.sent.values()
    assert spoken(call.body) in text.body
    answer = world.ask("POST", f"/v1/verifications/{asked['id']}/check", {"code": spoken(call.body)})
    assert answer.status == 200, answer.text
    (verification,) = [item for item in world.items("verification") if item["sk"] == "code"]
    assert [one["way"] for one in verification["sent"]] == ["aws", "twilio", "aws-voice"]
    assert world.items("verification", "due") == []


def test_a_receipt_that_a_code_has_failed_sends_it_another_way_at_once(others: Others) -> None:
    world = others.world
    started(world, LI)
    text = world.provider.to(LI, "code_")[-1].id

    assert others.aws(text, "TEXT_CARRIER_BLOCKED").body["status"] == "taken"
    world.drain()
    assert len(others.texts.sent) == 1
    world.now += timedelta(seconds=1)
    others.twilio(f"{text[:-1]}2")
    world.drain()
    assert world.items("verification", "due") == []
    assert world.events(text[:-2]) == [
        "verification.started",
        "verification.failed",
        "verification.rerouted",
        "verification.arrived",
    ]


def test_a_call_that_met_an_outage_is_carried_out_when_it_comes_again(others: Others) -> None:
    world = others.world
    body = {"purpose": "sign_in", "phone": LI, "language": "en"}
    for provider in (world.provider, others.texts, others.voice):
        provider.away = True
    assert world.ask("POST", "/v1/verifications", body, Idempotency_Key="once").status == 503
    assert world.ask("POST", "/v1/verifications", body, Idempotency_Key="once").status == 503

    world.provider.away = False
    first = world.ask("POST", "/v1/verifications", body, Idempotency_Key="once")
    again = world.ask("POST", "/v1/verifications", body, Idempotency_Key="once")
    assert (first.status, again.status, again.body) == (202, 202, first.body)
    assert len(world.provider.to(LI)) == 1
    spent = [item for item in world.items("verification") if item["pk"].startswith("day#")]
    assert sum(int(item["spent"]) for item in spent) == 5


def test_a_notice_goes_by_whoever_takes_it_and_nobody_is_called(others: Others) -> None:
    session = others.world.sign_in()
    others.world.provider.away = True
    others.world.complain(session)
    others.world.drain()

    assert [sent.template for sent in others.texts.sent.values()] == ["complaint_received"]
    assert others.voice.sent == {}
