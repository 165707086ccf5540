"""What a test sees of a world: whole tables, chains of records."""

from dataclasses import dataclass
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

PREFIX = "dutydesk-test"
_READ = TypeDeserializer()


@dataclass
class Looking:
    """Looks at everything behind `client`, for looking only."""

    client: Any

    def items(self, table: str, index: str = "") -> list[dict[str, Any]]:
        """Read a whole table or index, for looking only."""
        of = {"IndexName": index} if index else {"ConsistentRead": True}
        pages = self.client.get_paginator("scan").paginate(TableName=f"{PREFIX}-{table}", **of)
        return [_plain(item) for page in pages for item in page["Items"]]

    def records(self, subject: str) -> list[dict[str, Any]]:
        """Read the chain of a subject."""
        asked = {"TableName": f"{PREFIX}-records", "KeyConditionExpression": "pk = :subject", "ConsistentRead": True}
        pages = self.client.get_paginator("query").paginate(
            **asked, ExpressionAttributeValues={":subject": {"S": subject}}
        )
        return [_plain(item) for page in pages for item in page["Items"]]

    def events(self, subject: str) -> list[str]:
        """Name what happened to a subject, in order."""
        return [item["event"] for item in self.records(subject)]


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    return {name: _READ.deserialize(value) for name, value in item.items()}
