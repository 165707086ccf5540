"""A refused transaction leaves nothing, also where moto is made to undo it cheaply."""

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.core.serialize import ResponseSerializer

from tests import moto_tables
from tests.looking import PREFIX
from tests.template_tables import create_tables

TICKETS, LEDGER = f"{PREFIX}-tickets", f"{PREFIX}-records"


def put(table: str, pk: str, sk: dict[str, str], **more: dict[str, str]) -> dict[str, Any]:
    item = {"pk": {"S": pk}, "sk": sk, **more}
    return {"Put": {"TableName": table, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}}


def test_what_was_put_changed_and_deleted_before_the_refusal_is_as_it_was() -> None:
    with mock_aws():
        client = boto3.client("dynamodb")
        create_tables(client)
        for pk in ("there", "counted", "gone"):
            client.transact_write_items(TransactItems=[put(TICKETS, pk, {"S": "x"}, n={"N": "1"})])
        before = client.scan(TableName=TICKETS)["Items"]
        key = {"pk": {"S": "counted"}, "sk": {"S": "x"}}
        add = {
            "TableName": TICKETS,
            "Key": key,
            "UpdateExpression": "ADD n :one SET said = :one",
            "ExpressionAttributeValues": {":one": {"N": "1"}},
        }
        gone = {"TableName": TICKETS, "Key": {"pk": {"S": "gone"}, "sk": {"S": "x"}}}

        with pytest.raises(ClientError, match="ConditionalCheckFailed"):
            client.transact_write_items(
                TransactItems=[
                    put(TICKETS, "new", {"S": "x"}),
                    put(LEDGER, "new", {"N": "1"}),
                    {"Update": add},
                    {"Delete": gone},
                    put(TICKETS, "there", {"S": "x"}, n={"N": "2"}),
                ]
            )

        assert client.scan(TableName=TICKETS)["Items"] == before
        assert client.scan(TableName=LEDGER)["Items"] == []


@pytest.mark.parametrize("patched", [False, True])
def test_an_item_is_answered_as_it_was_written_whatever_is_in_it(
    patched: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ResponseSerializer, "_serialize_type_structure", moto_tables._as_moto_does)
    if patched:
        moto_tables.answer_cheaply()
    plain = {"s": {"S": "x"}, "n": {"N": "1.5"}, "yes": {"BOOL": True}, "no": {"BOOL": False}, "none": {"NULL": True}}
    whole = {**plain, "b": {"B": b"\x00\xff"}, "l": {"L": [{"S": ""}, {"B": b"\x01"}]}, "ns": {"NS": ["1", "2"]}}
    item = {"pk": {"S": "p"}, "sk": {"S": "x"}, **whole, "m": {"M": whole}}
    with mock_aws():
        client = boto3.client("dynamodb")
        create_tables(client)
        client.put_item(TableName=TICKETS, Item=item)

        assert client.get_item(TableName=TICKETS, Key={"pk": item["pk"], "sk": item["sk"]})["Item"] == item


def test_what_is_laid_down_is_as_it_was_kept_however_often() -> None:
    with mock_aws():
        client = moto_tables.client()
        create_tables(client)
        client.transact_write_items(TransactItems=[put(TICKETS, "kept", {"S": "x"}, n={"N": "1"})])
        kept, before = moto_tables.kept(), client.scan(TableName=TICKETS)["Items"]
        for _ in range(2):
            client.transact_write_items(TransactItems=[put(TICKETS, "more", {"S": "x"})])
            client.delete_item(TableName=TICKETS, Key={"pk": {"S": "kept"}, "sk": {"S": "x"}})
            moto_tables.lay_down(kept)

            assert client.scan(TableName=TICKETS)["Items"] == before
