"""Receipts of SMS providers are applied in any order, and never take a step back."""

import json
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from chalicelib.kernel.clock import text as written
from tests.fakes import FakeProvider
from tests.world import World

RANK = {"sending": 0, "sent": 1, "delivered": 2, "failed": 2}


def kept(world: World) -> list[dict[str, Any]]:
    return [item for item in world.items("notifications") if item["sk"] == "receipt"]


def complain(world: World) -> tuple[str, str, str]:
    """File a complaint and send its acknowledgement: token, ticket, text."""
    token = world.sign_in()
    ticket = world.complain(token)["id"]
    world.drain()
    return token, ticket, next(item["id"] for item in world.items("notifications") if item.get("about") == ticket)


def status(world: World, text: str) -> str:
    return next(item["status"] for item in world.items("notifications") if item["pk"] == text)


def acknowledgement(world: World, token: str, ticket: str) -> Any:
    clocks = world.ask("GET", f"/v1/complaints/{ticket}", token=token).body["clocks"]
    return next(clock for clock in clocks if clock["id"] == "house.acknowledge")


def test_a_receipt_that_comes_again_is_known_and_changes_nothing(world: World) -> None:
    _, ticket, text = complain(world)
    at = world.now
    assert world.receipt(text, at=at).body == {"status": "taken"}
    world.drain()
    receipts, records = kept(world), (world.records(text), world.records(ticket))

    world.now += timedelta(minutes=1)  # the provider signs anew whenever it tries again
    for _ in range(3):
        assert world.receipt(text, at=at).body == {"status": "known"}
    world.drain()

    assert kept(world) == receipts
    assert (world.records(text), world.records(ticket)) == records


@pytest.mark.parametrize("order", [*permutations(("accepted", "delivered", "failed", "expired"), 2)], ids="-".join)
def test_whatever_the_order_no_status_moves_back(world: World, order: tuple[str, ...]) -> None:
    token, ticket, text = complain(world)
    seen = [status(world, text)]

    for said in order:
        world.now += timedelta(seconds=1)
        world.receipt(text, said)
        world.drain()
        seen.append(status(world, text))

    ranks = [RANK[one] for one in seen]
    assert ranks == sorted(ranks), seen
    last = next(said for said in order if said != "accepted")
    assert seen[-1] == ("delivered" if last == "delivered" else "failed")
    assert len({one for one in seen if RANK[one] == 2}) == 1
    assert acknowledgement(world, token, ticket)["state"] == ("met" if last == "delivered" else "running")


def test_the_same_receipt_with_another_content_is_another_statement_and_moves_nothing_back(world: World) -> None:
    token, ticket, text = complain(world)
    world.receipt(text, "delivered")
    world.drain()
    met = acknowledgement(world, token, ticket)

    assert world.receipt(text, "failed").body == {"status": "taken"}
    assert world.receipt(text, "delivered", world.now + timedelta(minutes=2)).body == {"status": "taken"}
    world.drain()

    assert status(world, text) == "delivered"
    assert acknowledgement(world, token, ticket) == met
    assert [item["applied"] for item in kept(world) if item["text"] == text].count("nothing_new") == 2


def test_a_receipt_that_overtakes_the_confirmation_wins(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sending = FakeProvider.text

    def send_and_hear(self: FakeProvider, id_: str, to: str, body: str, template: str) -> str:
        given = sending(self, id_, to, body, template)
        if template == "complaint_received":
            assert world.receipt(id_).status == 200
            (hint,) = [record for record in world.unpublished if record["event"]["S"] == "receipt.taken"]
            assert not world.work("receipts", {"subject": hint["pk"]["S"]})
        return given

    monkeypatch.setattr(FakeProvider, "text", send_and_hear)
    token, ticket, text = complain(world)

    assert status(world, text) == "delivered"
    assert "text.sent" not in world.events(text)
    assert acknowledgement(world, token, ticket)["state"] == "met"


def test_a_receipt_for_no_text_of_ours_is_kept_and_settled(world: World) -> None:
    others = [item for item in world.items("notifications") if item["sk"] == "text"]

    assert world.receipt("msg_of_somebody_else").body == {"status": "taken"}
    world.drain()

    (receipt,) = [item for item in kept(world) if item["text"] == "msg_of_somebody_else"]
    assert receipt["applied"] == "unmatched"
    assert "due_at" not in receipt
    assert [item for item in world.items("notifications") if item["sk"] == "text"] == others


def test_the_clock_is_met_when_the_provider_says_even_if_we_hear_of_it_late(world: World) -> None:
    _, ticket, text = complain(world)
    delivered = world.now + timedelta(hours=1)
    world.now += timedelta(days=4)
    assert acknowledgement(world, world.sign_in(), ticket)["state"] == "missed"

    world.receipt(text, "delivered", delivered)
    world.drain()

    clock = acknowledgement(world, world.sign_in(), ticket)
    assert (clock["state"], clock["met_at"]) == ("met", written(delivered))
    bodies = [json.loads(record["body"]) for record in world.records(ticket) if record["event"] == "notice.arrived"]
    assert {"clock": "house.acknowledge", "do": "meet", "at": written(delivered)} in bodies[-1]["clocks"]


@pytest.mark.parametrize("fast", [timedelta(seconds=1), timedelta(days=365_000)])
def test_nothing_arrived_after_we_heard_of_it(world: World, fast: timedelta) -> None:
    token, ticket, text = complain(world)

    assert [world.receipt(text, at=world.now + fast).body["status"] for _ in range(2)] == ["taken", "known"]
    world.drain()

    clock = acknowledgement(world, token, ticket)
    assert (clock["state"], clock["met_at"]) == ("met", written(world.now))
