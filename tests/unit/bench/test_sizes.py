"""Write units by AWS's published rules."""

from typing import Any

import pytest

from bench.sizes import Index, Meter, begun, size

DUE = Index(frozenset({"shard", "due"}), frozenset({"shard", "due", "pk", "id"}))


@pytest.mark.parametrize(
    ("item", "bytes_"),
    [
        ({"pk": {"S": "abc"}}, 5),
        ({"pk": {"S": "投诉"}}, 8),
        ({"n": {"N": "1200"}}, 1 + 2),
        ({"n": {"N": "-123"}}, 1 + 4),
        ({"n": {"N": "0"}}, 1 + 1),
        ({"b": {"B": b"1234"}}, 5),
        ({"t": {"BOOL": True}}, 2),
        ({"l": {"L": [{"S": "ab"}, {"S": "c"}]}}, 1 + 3 + 3 + 2),
        ({"m": {"M": {"k": {"S": "v"}}}}, 1 + 3 + 3),
    ],
)
def test_an_item_has_the_size_of_its_names_and_values(item: dict[str, Any], bytes_: int) -> None:
    assert size(item) == bytes_


def test_a_unit_is_a_begun_kilobyte() -> None:
    assert [begun(1), begun(1024), begun(1025)] == [1, 1, 2]


def put(**attributes: str) -> tuple[str, dict[str, Any]]:
    item = {"pk": {"S": "p"}, **{name: {"S": value} for name, value in attributes.items()}}
    return "transact_write_items", {"TransactItems": [{"Put": {"TableName": "t", "Item": item}}]}


def test_a_transaction_counts_double_and_an_index_once() -> None:
    assert Meter({"t": [DUE]}).units([put(shard="1", due="9", body="x" * 1100)]) == (4, 1)


@pytest.mark.parametrize(
    ("then", "units"),
    [
        (put(shard="1", due="9", body="y"), 0),
        (put(shard="1", due="9", id="i"), 1),
        (put(shard="1", due="10"), 2),
        (put(body="done"), 1),
    ],
)
def test_an_index_is_charged_for_what_changed_in_it(then: tuple[str, dict[str, Any]], units: int) -> None:
    meter = Meter({"t": [DUE]})
    meter.units([put(shard="1", due="9", body="x")])

    assert meter.units([then])[1] == units


def test_a_counter_costs_its_item_whether_or_not_it_was_there() -> None:
    counting = {
        "TableName": "t",
        "UpdateExpression": "ADD tries :add_tries",
        "ExpressionAttributeValues": {":add_tries": {"N": "1"}},
    }
    meter = Meter({})
    meter.units([put(body="x" * 1100)])

    for pk, units in (("p", 2), ("new", 1), ("new", 1)):
        assert meter.units([("update_item", {**counting, "Key": {"pk": {"S": pk}}})]) == (units, 0)


def test_reading_costs_no_write_and_what_is_unknown_is_not_guessed() -> None:
    assert Meter({}).units([("get_item", {}), ("query", {})]) == (0, 0)
    with pytest.raises(ValueError, match="delete_item"):
        Meter({}).units([("delete_item", {})])
