"""Every level once: whatever the sweep and the queues do."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.world import World

Hints = list[tuple[str, dict[str, Any], int]]
ONCE = {
    ("clock.warned", "cn.nfra.decision", 50, "owner"): 1,
    ("clock.warned", "cn.nfra.decision", 75, "lead"): 1,
    ("clock.warned", "cn.nfra.decision", 90, "head"): 1,
    ("clock.missed", "cn.nfra.decision", 100, "compliance"): 1,
}


def levels(world: World, ticket: str) -> Counter[tuple[Any, ...]]:
    import json

    found: Counter[tuple[Any, ...]] = Counter()
    for record in world.records(ticket):
        body = json.loads(record["body"])
        if record["event"] in ("clock.warned", "clock.missed") and body["clock"] == "cn.nfra.decision":
            found[(record["event"], body["clock"], body.get("percent", 100), body["level"])] += 1
    return found


def mails(world: World) -> Counter[tuple[str, str]]:
    # The body names the due time, by which the runs of a clock that begins anew are told apart.
    return Counter((sent.to, sent.body) for sent in world.provider.sent.values() if "@" in sent.to)


def doubled(seed: int) -> Callable[[Hints], Hints]:
    chance = random.Random(seed)

    def order(hints: Hints) -> Hints:
        several = [hint for hint in hints for _ in range(chance.randint(1, 4))]
        chance.shuffle(several)
        return several

    return order


def lossy(seed: int) -> Callable[[Hints], Hints]:
    chance = random.Random(seed)
    return lambda hints: [hint for hint in hints if chance.random() < 0.5]


def acknowledged(world: World) -> str:
    ticket: str = world.complain(world.sign_in())["id"]
    world.drain()
    return ticket


def test_every_level_is_recorded_and_told_once(world: World) -> None:
    ticket = acknowledged(world)

    world.pass_time(days=20)

    assert levels(world, ticket) == ONCE
    assert set(mails(world).values()) == {1}


@pytest.mark.parametrize("seed", range(4))
def test_doubled_and_shuffled_messages_change_nothing(world: World, seed: int) -> None:
    ticket = acknowledged(world)

    world.pass_time(doubled(seed), days=20)

    assert levels(world, ticket) == ONCE
    assert set(mails(world).values()) == {1}


@pytest.mark.parametrize("seed", range(3))
def test_what_lost_messages_left_undone_the_sweep_finds(world: World, seed: int) -> None:
    ticket = acknowledged(world)

    world.pass_time(lossy(seed), step=timedelta(hours=6), days=17)
    world.pass_time(step=timedelta(hours=6), days=3)

    assert levels(world, ticket) == ONCE
    assert set(mails(world).values()) == {1}
    assert {to for to, _ in mails(world)} >= {
        "lead-east@dutydesk.test",
        "head-hq@dutydesk.test",
        "compliance-hq@dutydesk.test",
    }


def test_a_sweep_that_comes_a_month_late_finds_everything_and_says_it_once(world: World) -> None:
    ticket = acknowledged(world)
    world.now += timedelta(days=30)

    for _ in range(3):
        world.sweep()
        world.drain()

    assert levels(world, ticket) == ONCE
    assert set(mails(world).values()) == {1}


def test_a_closed_complaint_never_escalates(world: World) -> None:
    ticket = acknowledged(world)
    lead = world.staff("lead-east")
    for step, body in (
        ("decide", {"outcome": "upheld", "findings": "f", "reasons": "r"}),
        ("deliver", {"channel": "letter", "proof": "RM123"}),
        ("close", {"root_cause": "none"}),
    ):
        assert world.ask("POST", f"/v1/desk/complaints/{ticket}/{step}", body, lead).status == 200
    world.drain()

    world.pass_time(days=40)

    assert levels(world, ticket) == {}
    assert [item for item in world.items("tickets") if "due_at" in item] == []


def test_a_provider_away_for_hours_gets_every_word_once_it_is_back(world: World) -> None:
    token = world.sign_in()
    world.provider.away = True
    complaint = world.complain(token)
    world.drain()
    world.pass_time(step=timedelta(minutes=1), minutes=90)
    assert world.provider.to("+8613800138000", "complaint_received") == []

    world.provider.away = False
    world.pass_time(step=timedelta(minutes=5), hours=2)

    (text,) = world.provider.to("+8613800138000", "complaint_received")
    assert complaint["number"] in text.body


def test_a_stuck_consumer_does_not_multiply_messages(world: World) -> None:
    acknowledged(world)
    world.now += timedelta(days=30)
    sent = []
    for _ in range(120):
        sent.append(world.sweep()["sent"])
        world.outlet.sent.clear()
        world.now += timedelta(minutes=1)

    assert sent[0] == 1
    assert sum(sent) == 1 + 119 // 15


def test_a_poisonous_message_fails_alone(world: World) -> None:
    import json

    from chalicelib.tickets.jobs import escalate
    from tests.lambda_events import Context, sqs_event

    ticket = acknowledged(world)
    world.now += timedelta(days=30)
    event = sqs_event("escalations", "no json", json.dumps({"due": ticket}), json.dumps({"due": "tkt_nobody"}))

    failures = escalate(event, Context())["batchItemFailures"]

    bad = [event["Records"][number]["messageId"] for number in (0, 2)]
    assert [failure["itemIdentifier"] for failure in failures] == bad
    assert levels(world, ticket) == ONCE
