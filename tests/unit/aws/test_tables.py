"""Every call is tried at most three times in one layer; what AWS says becomes our words, and what is lost is not doubled."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from chalicelib.aws import clients
from chalicelib.aws.tables import ABSENT, TRIES, Put, Tables, unchanged
from chalicelib.kernel.calls import Once, Replayed
from chalicelib.kernel.errors import Changed, KeyReused, Unavailable
from tests.builders import link_after, stamp
from tests.unit.aws.stub import TIMED_OUT, Stub, cancelled, trouble
from tests.world import START

AWAY = EndpointConnectionError(endpoint_url="https://dynamodb")
PASSING = [
    *(
        trouble(code)
        for code in (
            "ProvisionedThroughputExceededException",
            "ThrottlingException",
            "RequestLimitExceeded",
            "InternalServerError",
            "TransactionInProgressException",
            "TransactionConflictException",
        )
    ),
    trouble("SomethingNew", 500),
    trouble("SomethingNew", 503),
    cancelled("None", "TransactionConflict"),
    cancelled("ThrottlingError", "None"),
    cancelled("ProvisionedThroughputExceeded"),
    TIMED_OUT,
    AWAY,
]
PUT = Put("tickets", {"pk": "T-1", "sk": "ticket"})


@pytest.fixture(autouse=True)
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long would have been waited between tries."""
    found: list[float] = []
    monkeypatch.setattr(time, "sleep", found.append)
    return found


def over(*answers: Any) -> tuple[Tables, Stub]:
    stub = Stub(*answers)
    return Tables(lambda: stub, "dutydesk-test"), stub  # type: ignore[arg-type,return-value]


CALLS: dict[str, Callable[[Tables], Any]] = {
    "get": lambda tables: tables.get("tickets", {"pk": "T-1"}),
    "query": lambda tables: tables.query("tickets", "pk = :pk", {":pk": "T-1"}),
    "commit": lambda tables: tables.commit([PUT], []),
    "add": lambda tables: tables.add("verification", {"pk": "v"}, "attempts", "attempts < :most", {":most": 5}),
}
GOOD = {"Items": [], "Attributes": {}}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("passing", PASSING, ids=lambda one: str(one)[:70])
def test_what_passes_is_tried_three_times_and_then_we_are_unavailable(
    call: Callable[[Tables], Any], passing: Exception, waited: list[float]
) -> None:
    tables, stub = over(passing)

    with pytest.raises(Unavailable) as refused:
        call(tables)
    assert (len(stub.asked), refused.value.facts) == (TRIES, {"retry_after": 1})
    assert len(waited) == TRIES - 1
    assert all(0.01 <= seconds <= 0.1 for seconds in waited)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_call_that_succeeds_at_last_is_a_success(call: Callable[[Tables], Any]) -> None:
    tables, stub = over(PASSING[0], PASSING[-2], GOOD)
    call(tables)

    assert len(stub.asked) == 3


def test_the_client_itself_tries_once_so_that_tries_do_not_multiply() -> None:
    # A client that was made writes its mode beside it.
    assert clients._ONE_TRY.retries["total_max_attempts"] == 1


@pytest.mark.parametrize("code", ["ValidationException", "ResourceNotFoundException", "AccessDeniedException"])
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_what_does_not_pass_is_our_mistake_and_tried_once(call: Callable[[Tables], Any], code: str) -> None:
    tables, stub = over(trouble(code))

    with pytest.raises(ClientError):
        call(tables)
    assert len(stub.asked) == 1


def test_a_condition_that_does_not_hold_is_a_change_by_somebody_else_and_not_tried_again() -> None:
    tables, stub = over(cancelled("ConditionalCheckFailed", "None"))

    with pytest.raises(Changed):
        tables.commit([PUT], [])
    assert len(stub.asked) == 1


def test_a_condition_counts_more_than_a_conflict_beside_it() -> None:
    tables, stub = over(cancelled("TransactionConflict", "ConditionalCheckFailed"))

    with pytest.raises(Changed):
        tables.commit([PUT], [])
    assert len(stub.asked) == 1


def test_every_try_of_a_write_carries_the_same_token_so_that_a_lost_answer_does_not_double_it() -> None:
    tables, stub = over(TIMED_OUT, TIMED_OUT, {})
    tables.commit([PUT], [])
    tables.commit([PUT], [])

    tokens = [asked["ClientRequestToken"] for asked in stub.asked]
    assert tokens[0] == tokens[1] == tokens[2] != tokens[3]
    assert stub.asked[0]["TransactItems"] == stub.asked[2]["TransactItems"]


def kept(**but: Any) -> dict[str, Any]:
    """Give the answer that was kept for a call, as a cancelled transaction tells it."""
    tables, stub = over({})
    tables.commit([], [], replace(stamp(), **but))
    return {"Code": "ConditionalCheckFailed", "Item": stub.asked[0]["TransactItems"][-1]["Put"]["Item"]}


def test_where_the_answer_was_lost_after_the_commit_the_repeat_is_told_what_was_answered() -> None:
    tables, _ = over(cancelled("ConditionalCheckFailed", "ConditionalCheckFailed", kept()))

    with pytest.raises(Replayed) as told:
        tables.commit([PUT, PUT], [], stamp())
    assert (told.value.reply.status, json.loads(told.value.reply.body)) == (201, {"said": "so"})
    assert told.value.reply.secrets == {"token": ("session", "ses_1")}


def test_another_body_under_the_same_key_is_told_apart() -> None:
    tables, _ = over(cancelled("None", kept()))

    with pytest.raises(KeyReused):
        tables.commit([PUT], [], stamp(fingerprint="another"))


def test_where_only_the_state_does_not_hold_it_is_no_repeat() -> None:
    tables, _ = over(cancelled("ConditionalCheckFailed", "None"))

    with pytest.raises(Changed):
        tables.commit([PUT], [], stamp())


def test_a_write_is_state_records_and_answer_in_one_transaction_each_under_its_condition() -> None:
    records, _ = link_after("tkt_1")
    tables, stub = over({})
    tables.commit([unchanged("tickets", {"pk": "T-1", "version": 4}, 3)], records, stamp())

    (asked,) = stub.asked
    state, record, answer = (write["Put"] for write in asked["TransactItems"])
    assert asked["operation"] == "transact_write_items"
    assert [one["TableName"] for one in (state, record, answer)] == [
        "dutydesk-test-tickets",
        "dutydesk-test-records",
        "dutydesk-test-idempotency",
    ]
    assert state["ConditionExpression"] == "version = :version"
    assert state["ExpressionAttributeValues"] == {":version": {"N": "3"}}
    assert record["ConditionExpression"] == ABSENT
    assert answer["ConditionExpression"] == f"{ABSENT} OR expires <= :now"
    assert answer["ReturnValuesOnConditionCheckFailure"] == "ALL_OLD"
    assert "said" not in str(answer["Item"]["pk"])


def test_an_answer_can_be_had_for_a_day_and_only_for_the_same_body() -> None:
    item = kept()["Item"]
    tables, _ = over({"Item": item})
    day = timedelta(days=1)

    assert tables.replay(Once("key", "body"), START + day - timedelta(seconds=1)).status == 201  # type: ignore[union-attr]
    assert tables.replay(Once("key", "body"), START + day) is None
    with pytest.raises(KeyReused):
        tables.replay(Once("key", "another"), START)
    assert over({})[0].replay(Once("key", "body"), START) is None


def test_a_counter_whose_condition_does_not_hold_gives_nothing() -> None:
    tables, stub = over(trouble("ConditionalCheckFailedException"))

    assert CALLS["add"](tables) is None
    assert len(stub.asked) == 1
    assert stub.asked[0]["ExpressionAttributeValues"] == {":most": {"N": "5"}, ":add_attempts": {"N": "1"}}


def test_one_item_is_read_as_it_is_now() -> None:
    tables, stub = over({"Item": {"pk": {"S": "T-1"}, "n": {"N": "3"}}})

    assert tables.get("tickets", {"pk": "T-1"}) == {"pk": "T-1", "n": 3}
    assert stub.asked[0]["ConsistentRead"] is True
    assert over({})[0].get("tickets", {"pk": "T-1"}) is None


def test_a_page_says_where_the_next_one_begins_and_asks_for_no_more_than_it_was_told() -> None:
    last = {"pk": {"S": "T-1"}}
    tables, stub = over({"Items": [{"n": {"N": "1"}}], "LastEvaluatedKey": last})
    page = tables.query("tickets", "desk = :d", {":d": "east"}, index="desk", limit=25, start={"pk": "T-0"}, only="id")
    plain = tables.query("tickets", "pk = :p", {":p": "T-1"})

    assert (page.items, page.next) == (({"n": 1},), {"pk": "T-1"})
    asked, bare = stub.asked
    assert (asked["IndexName"], asked["Limit"], asked["ProjectionExpression"]) == ("desk", 25, "id")
    assert asked["ExclusiveStartKey"] == {"pk": {"S": "T-0"}}
    assert plain.items == ({"n": 1},)
    assert not {"IndexName", "Limit", "ExclusiveStartKey", "FilterExpression"} & set(bare)
