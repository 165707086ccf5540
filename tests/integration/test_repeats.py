"""Every route that writes: the same key twice is one effect and one answer, whoever else uses that key."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.architecture.declared import routes
from tests.integration.callers import SAYS_NOTHING, Cast
from tests.integration.repeated import Calling
from tests.world import Answer, World

# A provider's receipt has no key: it is recognised by what it says.
KEYED = sorted(route.path for route in routes() if route.method == "POST" and not route.takes)


@pytest.fixture(scope="module")
def cast(standing: World) -> Iterator[Cast]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chalicelib.appointments.policy.MOST_OPEN", 1000)
        patch.setattr("chalicelib.appointments.policy.MOST_WAITING", 1000)
        yield Cast(standing)


def ask(world: World, call: Calling, key: str) -> Answer:
    return world.ask("POST", call.path, call.body, call.token, Idempotency_Key=key)


def effects(world: World) -> tuple[int, int]:
    """Count what was recorded and what was sent: nothing happens here without the one or the other."""
    return len(world.unpublished), len(world.provider.sent)


@pytest.mark.parametrize("path", KEYED)
def test_the_same_call_twice_is_one_effect_and_one_answer(standing: World, cast: Cast, path: str) -> None:
    same = cast.make(path)
    before = effects(standing)
    first = ask(standing, same.call, path)
    assert first.status in (200, 201, 202), first.text
    assert "Idempotent-Replayed" not in first.headers
    after = effects(standing)
    assert after > before or path in SAYS_NOTHING

    for _ in range(2):
        standing.now += timedelta(seconds=1)
        again = ask(standing, same.call, path)
        assert (again.status, again.body) == (first.status, first.body)
        assert again.headers["Idempotent-Replayed"] == "true"
        assert again.headers.get("ETag") == first.headers.get("ETag")
    assert effects(standing) == after

    if same.other is not None:
        other = ask(standing, replace(same.call, body=same.other), path)
        assert (other.status, other.code) == (422, "idempotency_key_reused"), other.text
        assert effects(standing) == after


@pytest.mark.parametrize("path", KEYED)
def test_another_caller_with_the_same_key_is_not_given_the_answer(standing: World, cast: Cast, path: str) -> None:
    same = cast.make(path)
    key = f"shared:{path}"
    first = ask(standing, same.call, key)

    rival = ask(standing, same.rival, key)

    assert "Idempotent-Replayed" not in rival.headers
    assert rival.status in (first.status, 409, 429), rival.text  # the same step of the same case is not taken twice
    assert ask(standing, same.call, key).body == first.body
    if rival.status == first.status:
        assert same.alike or rival.body != first.body
        assert ask(standing, same.rival, key).body == rival.body


def test_a_call_that_had_nothing_to_change_is_not_carried_out_when_it_comes_again(standing: World, cast: Cast) -> None:
    case = cast.case()
    assign = f"/v1/desk/complaints/{case}/assign"
    lead, agent = (Calling(assign, {"owner": owner}, cast.lead) for owner in ("lead-east", "agent-east"))
    assert ask(standing, lead, "first").body["owner"] == "lead-east"
    nothing = ask(standing, lead, "second")
    assert ask(standing, agent, "third").body["owner"] == "agent-east"

    again = ask(standing, lead, "second")

    assert (again.body, again.headers["Idempotent-Replayed"]) == (nothing.body, "true")
    assert standing.ask("GET", f"/v1/tickets/{case}", token=cast.lead).body["owner"] == "agent-east"
