"""What is known of a number, over HTTP: a call that is held."""

from datetime import timedelta
from typing import Any

import pytest

from tests.fakes import FakeNumbers
from tests.world import LI, SMITH, World

AT_DESK = "/v1/desk/callbacks"
WANTED = {"window": "now", "reason": "My card is blocked."}


@pytest.fixture
def numbers(world: World, monkeypatch: pytest.MonkeyPatch) -> FakeNumbers:
    """A provider that knows nothing until it is told."""
    fake = FakeNumbers()
    monkeypatch.setitem(vars(world.services), "numbers", fake)
    for built in ("number_signals", "_holding", "trying", "leasing", "working", "call_reports", "codes", "identity"):
        monkeypatch.delitem(vars(world.services), built, raising=False)
    return fake


def in_hand(world: World) -> tuple[dict[str, Any], str, str]:
    """Have a call promised and taken; give what the customer saw, where it stands, and the agent's session."""
    made = world.ask("POST", "/v1/callbacks", WANTED, world.sign_in()).body
    world.drain()
    agent = world.staff("agent-east")
    card = world.ask("POST", f"{AT_DESK}/next", {}, agent).body
    return made, f"{AT_DESK}/{card['id']}", agent


def test_a_held_call_hides_its_word_from_the_agent_and_wants_it_from_the_customer(
    world: World, numbers: FakeNumbers
) -> None:
    numbers.told[LI] = {"call_diversion": "on"}
    made, at, agent = in_hand(world)

    refused = world.ask("POST", f"{at}/dial", None, agent)
    assert (refused.status, refused.code) == (409, "call_held"), refused.text
    assert (refused.body["row"], set(refused.body["why"])) == ("call_to_diverted_number", {"en", "zh"})
    world.now += timedelta(seconds=6)
    dialled = world.ask("POST", f"{at}/dial", None, agent).body
    assert (dialled["number_to_dial"], dialled["proof_word"]) == (LI, None)
    assert dialled["held"]["signals"]["call_diversion"] == "on"

    refused = world.ask("POST", f"{at}/attempts", {"outcome": "reached"}, agent)
    assert (refused.status, refused.code) == (422, "word_needed")
    said = {"outcome": "reached", "word": made["proof_word"]}
    assert world.ask("POST", f"{at}/attempts", said, agent).body["status"] == "kept"
    assert len(numbers.asked) == 1
    (check,) = [item for item in world.items("verification") if item["sk"] == "signals"]
    assert world.events(check["id"]) == ["number.checked", "number.judged"]
    assert LI not in repr(check)


def test_a_provider_that_is_away_holds_no_call(world: World, numbers: FakeNumbers) -> None:
    numbers.away = True
    _, at, agent = in_hand(world)

    assert world.ask("POST", f"{at}/dial", None, agent).status == 200
    assert len(numbers.asked) == 1


@pytest.mark.parametrize("phone", [LI, SMITH])
def test_a_code_for_more_than_a_sign_in_does_not_go_to_a_number_with_a_new_sim_whoever_has_it(
    world: World, numbers: FakeNumbers, phone: str
) -> None:
    world.sign_in(LI)  # the other one is nobody's
    numbers.told[phone] = {"sim_swap": "recent"}
    sent = len(world.provider.sent)
    world.forgive()

    refused = world.ask("POST", "/v1/verifications", {"purpose": "step_up", "phone": phone})

    assert (refused.status, refused.code) == (403, "number_untrusted"), refused.text
    assert set(refused.body) == {"type", "title", "status", "code", "detail", "request_id", "alternatives"}
    assert len(world.provider.sent) == sent
    assert world.ask("POST", "/v1/verifications", {"purpose": "sign_in", "phone": phone}).status == 202
    assert [asked for asked, _ in numbers.asked] == [phone]
