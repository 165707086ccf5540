"""The tables of infra/resources.yaml on an engine."""

from functools import cache
from typing import Any

from infra.package.resources import merge_template
from infra.package.target import this_machine


def create_tables(client: Any) -> None:
    """Create every table of the template, without their streams: what they would carry is kept from the calls."""
    for properties in _tables():
        client.create_table(**properties)


@cache
def _tables() -> list[dict[str, Any]]:
    resources = merge_template("test", this_machine())["Resources"].values()
    return [_properties(one["Properties"]) for one in resources if one.get("Type") == "AWS::DynamoDB::Table"]


def _properties(given: dict[str, Any]) -> dict[str, Any]:
    kept = ("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "BillingMode")
    name = given["TableName"]["Fn::Sub"].replace("${Stage}", "test")
    return {"TableName": name} | {key: given[key] for key in kept if key in given}
