"""Each port is held to one contract, by the fake that unit tests use and by the real store on moto."""

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from chalicelib.aws.tables import Tables
from tests.moto_tables import undo_cheaply
from tests.world import PREFIX, create_tables

undo_cheaply()


@pytest.fixture
def tables() -> Iterator[Tables]:
    with mock_aws():
        client = boto3.client("dynamodb")
        create_tables(client)
        yield Tables(lambda: client, PREFIX)
