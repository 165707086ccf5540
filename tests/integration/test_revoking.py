"""Who is disabled, or may do less or something else than before, is refused on the very next request."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel import actors
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import internal
from infra.verify import Verifier
from tests.looking import PREFIX
from tests.world import World


def registered(world: World, id_: str, **changed: Any) -> bool:
    staff = world.services.people.staff(id_)
    assert staff is not None
    call = internal(actors.system("institution"), "command", "file")
    return world.services.identity.register_staff(replace(staff, **changed), call)


@pytest.mark.parametrize(
    "changed", [{"active": False}, {"roles": frozenset({Role.AGENT})}, {"unit": "london"}], ids=["gone", "role", "unit"]
)
def test_every_session_begun_under_the_old_rights_is_over(world: World, changed: dict[str, Any]) -> None:
    first, second, other = world.staff("lead-east"), world.staff("lead-east"), world.staff("agent-east")
    for token in (first, second, other):
        assert world.ask("GET", "/v1/desk/queue", token=token).status == 200

    assert registered(world, "lead-east", **changed)

    for token in (first, second):
        for method, path in (("GET", "/v1/desk/queue"), ("GET", "/v1/me"), ("DELETE", "/v1/sessions/current")):
            answer = world.ask(method, path, token=token)
            assert (answer.status, answer.code) == (401, "not_signed_in")
    assert world.ask("GET", "/v1/desk/queue", token=other).status == 200
    assert world.events("lead-east")[-2:] == ["staff.registered", "session.revoked"]
    assert Verifier(world.client, PREFIX).verify().faults == []


def test_who_signs_in_again_has_the_new_rights(world: World) -> None:
    world.staff("lead-east")
    registered(world, "lead-east", roles=frozenset({Role.AGENT}), unit="london")

    me = world.ask("GET", "/v1/me", token=world.staff("lead-east")).body

    assert (me["roles"], me["unit"], me["units"]) == (["agent"], "london", ["london"])


def test_what_gives_or_takes_no_right_ends_no_session(world: World) -> None:
    token = world.staff("lead-east")

    assert registered(world, "lead-east", skills=frozenset({"cards"}), capacity=0.5, name="Another")

    assert world.ask("GET", "/v1/desk/queue", token=token).status == 200
    assert "session.revoked" not in world.events("lead-east")


def test_a_session_that_begins_while_somebody_is_disabled_is_not_overlooked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = world.services.people
    look = people.sessions_of

    def looked(staff: str, now: Any) -> Any:
        found = look(staff, now)
        world.staff("lead-east")  # signs in between our looking and our writing
        return found

    monkeypatch.setattr(people, "sessions_of", looked)
    from chalicelib.kernel.errors import Changed

    with pytest.raises(Changed):
        registered(world, "lead-east", active=False)


def test_more_sessions_than_a_transaction_holds_are_all_ended(world: World) -> None:
    tokens = [world.staff("agent-east") for _ in range(95)]

    registered(world, "agent-east", active=False)

    assert {world.ask("GET", "/v1/me", token=token).status for token in tokens[::10] + tokens[-1:]} == {401}


def test_a_session_that_has_expired_is_not_ended_once_more(world: World) -> None:
    world.staff("lead-east")
    world.now += timedelta(hours=13)

    registered(world, "lead-east", active=False)

    assert world.events("lead-east")[-1] == "staff.registered"
