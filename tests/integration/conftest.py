"""Integration tests stand on moto: quick, whole, and no proof for races."""

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from chalicelib.kernel import clock
from tests.world import World, create_tables


@pytest.fixture
def world() -> Iterator[World]:
    """A freshly founded institution on a Monday morning."""
    with mock_aws():
        client = boto3.client("dynamodb")
        create_tables(client)
        yield World(client).seed()
    clock.use(None)
