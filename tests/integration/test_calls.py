"""What a use case costs: counted calls."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.world import World


@contextmanager
def counted(world: World) -> Iterator[list[tuple[str, Any]]]:
    calls: list[tuple[str, Any]] = []

    def note(params: dict[str, Any], model: Any, **_: Any) -> None:
        calls.append((model.name, params))

    world.client.meta.events.register("provide-client-params.dynamodb.*", note)
    try:
        yield calls
    finally:
        world.client.meta.events.unregister("provide-client-params.dynamodb.*", note)


def test_filing_a_complaint_is_one_session_read_and_one_transaction(world: World) -> None:
    token = world.sign_in()
    world.complain(token)  # the unit's page is read once a minute

    with counted(world) as calls:
        answer = world.ask("POST", "/v1/complaints", {"subject": "s", "body": "b"}, token, Idempotency_Key="k")

    assert answer.status == 201
    assert [name for name, _ in calls] == ["GetItem", "TransactWriteItems"]
    assert calls[0][1]["Key"]["sk"] == {"S": "session"}
    tables = [write["Put"]["TableName"].rpartition("-")[2] for write in calls[1][1]["TransactItems"]]
    assert tables == ["tickets", "records", "idempotency"]


def test_a_reply_is_one_read_and_one_transaction_beside_the_session(world: World) -> None:
    token = world.sign_in()
    ticket = world.complain(token)["id"]

    with counted(world) as calls:
        world.ask("POST", f"/v1/tickets/{ticket}/messages", {"body": "b"}, token)

    assert [name for name, _ in calls] == ["GetItem", "GetItem", "TransactWriteItems"]


def test_a_page_of_the_desk_is_one_query_beside_the_session(world: World) -> None:
    world.complain(world.sign_in())
    lead = world.staff("lead-east")

    with counted(world) as calls:
        assert len(world.ask("GET", "/v1/desk/queue", token=lead).body["items"]) == 1

    assert [name for name, _ in calls] == ["GetItem", "Query"]


def test_checking_a_right_code_is_one_count_and_one_transaction(world: World) -> None:
    started = world.ask("POST", "/v1/verifications", {"purpose": "sign_in", "phone": "+8613800138000"}).body

    with counted(world) as calls:
        world.ask("POST", f"/v1/verifications/{started['id']}/check", {"code": world.code("+8613800138000")})

    assert [name for name, _ in calls] == ["UpdateItem", "TransactWriteItems"]
