"""What each route costs, exactly: its calls of DynamoDB, and the write units of the use cases that have a budget."""

from collections.abc import Iterator

import pytest

from tests.architecture.declared import routes
from tests.integration.costs import EXPECTED, SESSION, THREE, UNITS
from tests.integration.counting import Ledgered, metered, served
from tests.integration.priced import told
from tests.world import LI


@pytest.fixture(scope="module")
def counted() -> Iterator[Ledgered]:
    """Everything that every route costs, in one story."""
    with metered() as counted, pytest.MonkeyPatch.context() as patch:
        patch.setattr("chalicelib.appointments.policy.MOST_OPEN", 1000)
        # What is believed for a minute is believed throughout, however long a busy machine takes to tell all of it.
        patch.setattr("chalicelib.kernel.clock.monotonic", lambda: 0.0)
        told(counted)
        yield counted


def test_every_route_has_its_costs_written_down() -> None:
    assert {f"{route.method} {route.path}" for route in routes()} == set(EXPECTED)


@pytest.mark.parametrize("route", EXPECTED)
def test_a_route_makes_exactly_the_calls_that_are_written_down(route: str, counted: Ledgered) -> None:
    assert counted.calls[route] == EXPECTED[route]


@pytest.mark.parametrize("route", UNITS)
def test_a_use_case_costs_exactly_the_units_that_are_written_down(route: str, counted: Ledgered) -> None:
    assert counted.units[route] == UNITS[route]


def test_a_key_adds_one_item_to_the_transaction_and_no_call(counted: Ledgered) -> None:
    token = counted.world.sign_in()
    with counted.counting("with a key"):
        body = {"subject": "s", "body": "b"}
        served(counted.world.ask("POST", "/v1/complaints", body, token, Idempotency_Key="k"))

    assert counted.calls["with a key"] == [SESSION, THREE]
    # P6 counts without the key: what is kept to be answered again is as long as the answer, with every clock explained.
    assert counted.units["with a key"][0] == UNITS["POST /v1/complaints"][0] + 4


def test_a_canned_answer_is_one_read_more(counted: Ledgered) -> None:
    plain = EXPECTED["POST /v1/tickets/{ticket}/messages"]

    assert counted.calls["with an answer"][-4:] == [*plain[:-1], "query", plain[-1]]


def test_a_wrong_code_is_counted_and_nothing_else(counted: Ledgered) -> None:
    counted.world.forgive()
    started = counted.world.ask("POST", "/v1/verifications", {"purpose": "sign_in", "phone": LI}).body
    wrong = f"{(int(counted.world.code(LI)) + 1) % 10**6:06}"
    with counted.counting("wrong"):
        answer = counted.world.ask("POST", f"/v1/verifications/{started['id']}/check", {"code": wrong})

    assert (answer.status, counted.calls["wrong"], counted.units["wrong"]) == (422, ["count"], (1, 0))
