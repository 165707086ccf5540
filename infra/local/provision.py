"""Makes what the template says on the engines: tables, queues, buckets and secrets. What is there already stays as it is."""

import json
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from .folder import Folder, write_durably
from .template import Queue, Secret, Table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sqs import SQSClient


def make_tables(client: "DynamoDBClient", tables: tuple[Table, ...]) -> int:
    """Make missing tables and missing indexes of those that are there, and give how many tables were made."""
    made = 0
    for table in tables:
        try:
            there = client.describe_table(TableName=table.name)["Table"]
        except ClientError as absent:
            if absent.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            client.create_table(**table.definition)
            client.get_waiter("table_exists").wait(TableName=table.name, WaiterConfig={"Delay": 1})
            made += 1
        else:
            _make_indexes(client, table, {index["IndexName"] for index in there.get("GlobalSecondaryIndexes", [])})
        if table.expires:
            _expire(client, table.name, table.expires)
    return made


def _make_indexes(client: "DynamoDBClient", table: Table, there: set[str]) -> None:
    for name, index in table.indexes.items():
        if name not in there:
            client.update_table(
                TableName=table.name,
                AttributeDefinitions=table.definition["AttributeDefinitions"],
                GlobalSecondaryIndexUpdates=[{"Create": index}],
            )


def _expire(client: "DynamoDBClient", table: str, attribute: str) -> None:
    now = client.describe_time_to_live(TableName=table).get("TimeToLiveDescription", {})
    if now.get("TimeToLiveStatus") not in ("ENABLED", "ENABLING"):
        client.update_time_to_live(
            TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": attribute}
        )


def make_queues(client: "SQSClient", queues: tuple[Queue, ...], visibility: int | None) -> dict[str, str]:
    """Make missing queues, dead-letter queues first, and give their addresses by name.

    `visibility` caps the time-out after which a message that failed comes again.
    """
    addresses: dict[str, str] = {}
    for queue in sorted(queues, key=lambda each: each.dead is not None):
        attributes: dict[str, Any] = dict(queue.attributes)
        if visibility is not None:
            attributes["VisibilityTimeout"] = str(min(visibility, int(attributes.get("VisibilityTimeout", 30))))
        if queue.dead:
            attributes["RedrivePolicy"] = _redrive(client, queue.attributes["RedrivePolicy"], addresses[queue.dead])
        addresses[queue.name] = _make_queue(client, queue.name, attributes)
    return addresses


def _redrive(client: "SQSClient", policy: str, dead: str) -> str:
    answer = client.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])
    return json.dumps({**json.loads(policy), "deadLetterTargetArn": answer["Attributes"]["QueueArn"]})


def _make_queue(client: "SQSClient", name: str, attributes: dict[Any, str]) -> str:
    try:
        return client.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    except ClientError as there:
        if "Exist" not in there.response["Error"]["Code"]:
            raise
    # It is there with other attributes, from an earlier template or another cap.
    address = client.get_queue_url(QueueName=name)["QueueUrl"]
    client.set_queue_attributes(QueueUrl=address, Attributes=attributes)
    return address


def make_buckets(client: "S3Client", names: tuple[str, ...]) -> None:
    """Make missing buckets, with versions as the template has them; lifecycles and policies are for AWS."""
    for name in names:
        try:
            client.create_bucket(Bucket=name)
        except ClientError as there:
            if "BucketAlready" not in there.response["Error"]["Code"]:
                raise
        client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})


def make_secrets(client: "SecretsManagerClient", wanted: tuple[Secret, ...], folder: Folder) -> Mapping[str, str]:
    """Give every secret its value: the one kept in the folder, made up once, and give them by name."""
    values = {}
    for secret in wanted:
        values[secret.name] = value = _kept_secret(secret, folder)
        try:
            client.create_secret(Name=secret.name, SecretString=value)
        except ClientError as there:
            if there.response["Error"]["Code"] != "ResourceExistsException":
                raise
            client.put_secret_value(SecretId=secret.name, SecretString=value)
    return values


def _kept_secret(secret: Secret, folder: Folder) -> str:
    file = folder.path(f"{secret.name.rpartition('-')[2]}-secret")
    if not file.exists():
        value = secrets.token_urlsafe(secret.length)[: secret.length]
        write_durably(file, value.encode(), mode=0o600)
    return file.read_text(encoding="utf-8")
