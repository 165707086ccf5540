"""A refused transaction leaves nothing, also where moto is made to undo it cheaply."""

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tests.world import PREFIX, create_tables

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
