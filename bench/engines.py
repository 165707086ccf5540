"""Fresh local engines for one run, each with empty tables of the product."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import boto3

from chalicelib.aws import clients
from infra.local import aws, engines
from infra.local.folder import Folder
from infra.local.processes import Children
from tests.template_tables import create_tables

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

# Only tables are measured here; the queues and secrets of the product are stand-ins.
_NOWHERE = {aws.SQS: "http://127.0.0.1:1", aws.SECRETS: "http://127.0.0.1:1"}


@contextmanager
def tables(count: int) -> Iterator[list["DynamoDBClient"]]:
    """Start so many engines and give a client of each, configured as the product configures its own."""
    with tempfile.TemporaryDirectory(prefix="dutydesk-bench-") as scratch:
        folders = [Folder(Path(scratch) / str(number)) for number in range(count)]
        started: list[Children] = []
        try:
            yield [_start(folder, started) for folder in folders]
        finally:
            for children in started:
                children.stop()


def _start(folder: Folder, started: list[Children]) -> "DynamoDBClient":
    folder.prepare()
    children = Children(folder.path("children.json"))
    started.append(children)
    places = engines.start(folder, children, _NOWHERE, lambda _: None)
    client = boto3.client(
        "dynamodb",
        endpoint_url=places.endpoints[aws.DYNAMODB],
        # The very settings of the product: what it saves by them is no merit of its code.
        config=clients.dynamodb().meta.config,
    )
    # Without streams: a put into a streamed table takes dynoxide the longer the longer its stream already is, which AWS
    # does not do and which would hide how the product's own work grows.
    create_tables(client)
    return client
