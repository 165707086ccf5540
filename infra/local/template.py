"""The packaged template, read into what this stack makes of it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .aws import REGION
from .intrinsics import Intrinsics
from .sources import QueueSource, Schedule, StreamSource, read_sources


@dataclass(frozen=True)
class Table:
    """A table: what CreateTable takes, and the attribute of its time to live, if it has one."""

    name: str
    definition: Mapping[str, Any]
    expires: str | None

    @property
    def indexes(self) -> dict[str, Any]:
        """Give the indexes by name."""
        return {index["IndexName"]: index for index in self.definition.get("GlobalSecondaryIndexes", [])}


@dataclass(frozen=True)
class Queue:
    """A queue: what CreateQueue takes, and the name of its dead-letter queue, if it has one."""

    name: str
    attributes: Mapping[str, str]
    dead: str | None


@dataclass(frozen=True)
class Secret:
    """A secret that CloudFormation would make up."""

    name: str
    length: int


@dataclass(frozen=True)
class Function:
    """A function: its handler string and what its environment is told."""

    name: str
    arn: str
    handler: str
    timeout: int
    memory: int
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Template:
    """Everything that the template says and this stack does; functions by their ARN, buckets by name."""

    tables: tuple[Table, ...]
    queues: tuple[Queue, ...]
    secrets: tuple[Secret, ...]
    buckets: tuple[str, ...]
    functions: Mapping[str, Function]
    queue_sources: tuple[QueueSource, ...]
    stream_sources: tuple[StreamSource, ...]
    schedules: tuple[Schedule, ...]
    api: Mapping[str, Any]


def read_template(path: Path, parameters: Mapping[str, str], region: str = REGION) -> Template:
    """Read a template file, YAML or JSON; what this stack cannot do raises Unsupported."""
    text = path.read_text(encoding="utf-8")
    return parse_template(json.loads(text) if path.suffix == ".json" else yaml.safe_load(text), parameters, region)


def parse_template(raw: Mapping[str, Any], parameters: Mapping[str, str], region: str = REGION) -> Template:
    """Read a template that is already in memory."""
    intrinsics = Intrinsics(raw, parameters, region)
    shared = intrinsics.value(raw.get("Globals", {})).get("Function", {})
    functions = {
        intrinsics.arn(logical): _merged(shared, own)
        for logical, own in _of("AWS::Serverless::Function", raw, intrinsics)
    }
    queue_sources, stream_sources, schedules = read_sources(functions)
    return Template(
        tables=tuple(_table(own) for _, own in _of("AWS::DynamoDB::Table", raw, intrinsics)),
        queues=tuple(_queue(intrinsics.name(id_), own) for id_, own in _of("AWS::SQS::Queue", raw, intrinsics)),
        secrets=tuple(
            _secret(intrinsics.name(id_), own) for id_, own in _of("AWS::SecretsManager::Secret", raw, intrinsics)
        ),
        buckets=tuple(intrinsics.name(id_) for id_, _ in _of("AWS::S3::Bucket", raw, intrinsics)),
        functions={arn: _function(arn, own) for arn, own in functions.items()},
        queue_sources=queue_sources,
        stream_sources=stream_sources,
        schedules=schedules,
        api=next((own for _, own in _of("AWS::Serverless::Api", raw, intrinsics)), {}),
    )


def _of(kind: str, raw: Mapping[str, Any], intrinsics: Intrinsics) -> Iterator[tuple[str, dict[str, Any]]]:
    for logical, resource in raw.get("Resources", {}).items():
        if resource["Type"] == kind and ("Condition" not in resource or intrinsics.holds(resource["Condition"])):
            yield logical, intrinsics.value(resource.get("Properties", {}))


def _merged(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    variables = {
        **shared.get("Environment", {}).get("Variables", {}),
        **own.get("Environment", {}).get("Variables", {}),
    }
    return {**shared, **own, "Environment": {"Variables": variables}}


def _table(own: Mapping[str, Any]) -> Table:
    kept = ("TableName", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "LocalSecondaryIndexes")
    definition = {name: own[name] for name in kept if name in own}
    if "StreamSpecification" in own:
        definition["StreamSpecification"] = {**own["StreamSpecification"], "StreamEnabled": True}
    expires = own.get("TimeToLiveSpecification", {})
    return Table(
        name=own["TableName"],
        definition={**definition, "BillingMode": "PAY_PER_REQUEST"},
        expires=expires.get("AttributeName") if _true(expires.get("Enabled")) else None,
    )


def _queue(name: str, own: Mapping[str, Any]) -> Queue:
    kept = ("VisibilityTimeout", "DelaySeconds", "MessageRetentionPeriod", "MaximumMessageSize", "FifoQueue")
    attributes = {each: str(own[each]) for each in kept if each in own}
    redrive = own.get("RedrivePolicy")
    if redrive is None:
        return Queue(name, attributes, None)
    attributes["RedrivePolicy"] = json.dumps(redrive)
    return Queue(name, attributes, str(redrive["deadLetterTargetArn"]).rpartition(":")[2])


def _secret(name: str, own: Mapping[str, Any]) -> Secret:
    return Secret(name, int(own.get("GenerateSecretString", {}).get("PasswordLength", 32)))


def _function(arn: str, own: Mapping[str, Any]) -> Function:
    return Function(
        name=arn.rpartition(":")[2],
        arn=arn,
        handler=own["Handler"],
        timeout=int(own.get("Timeout", 3)),
        memory=int(own.get("MemorySize", 128)),
        environment={name: str(value) for name, value in own["Environment"]["Variables"].items()},
    )


def _true(value: Any) -> bool:
    return str(value).lower() == "true"
