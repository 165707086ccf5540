"""Whatever every route has written, whoever checks the ledger finds where each chain ends."""

from collections.abc import Iterator

import pytest

from infra.verify import Verifier
from tests.architecture.declared import routes
from tests.integration.callers import Cast
from tests.integration.texts import made
from tests.looking import PREFIX
from tests.world import World

WRITES = [route for route in routes() if route.method in ("POST", "PUT") and not route.takes]
# These the tests that walk through every route take away before each step.
TAKEN_AWAY = ("cbk_", "cmp_")


@pytest.fixture(scope="module")
def cast(standing: World) -> Iterator[Cast]:
    with pytest.MonkeyPatch.context() as patch:
        for most in ("MOST_OPEN", "MOST_WAITING"):
            patch.setattr(f"chalicelib.appointments.policy.{most}", 1000)
        yield Cast(standing)


def test_every_chain_that_any_route_began_or_went_on_is_sound(standing: World, cast: Cast) -> None:
    served = 0
    for route in WRITES:
        call = made(cast, f"{route.method} {route.path}")
        served += standing.ask(route.method, call.path, call.body, call.token).status < 300
    standing.drain()

    report = Verifier(standing.client, PREFIX).verify()

    assert [fault for fault in report.faults if not fault.subject.startswith(TAKEN_AWAY)] == []
    assert served > 0.9 * len(WRITES)
    assert report.records > 1000
