"""Each port is held to one contract, by the fake that unit tests use and by the real store on moto."""

from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from chalicelib.aws.tables import Tables
from chalicelib.identity.store import DynamoDirectory, DynamoPeople
from chalicelib.tickets.store import DynamoTickets
from tests import moto_tables
from tests.contract.registers import KEYS, Register
from tests.fakes import MemoryDirectory, MemoryPeople, MemoryTickets
from tests.looking import PREFIX
from tests.template_tables import create_tables

moto_tables.undo_cheaply()
moto_tables.answer_cheaply()


@pytest.fixture(scope="module")
def aws() -> Iterator[Any]:
    """An account with every table, once for the tests of a port; what one test leaves there the next does not find."""
    with mock_aws():
        client = moto_tables.client()
        create_tables(client)
        yield client


@pytest.fixture
def tables(aws: Any) -> Iterator[Tables]:
    empty = moto_tables.kept()
    yield Tables(lambda: aws, PREFIX)
    moto_tables.lay_down(empty)


@pytest.fixture(params=["memory", "dynamo"])
def tickets(request: pytest.FixtureRequest) -> Any:
    return MemoryTickets() if request.param == "memory" else DynamoTickets(request.getfixturevalue("tables"))


@pytest.fixture(params=["memory", "dynamo"])
def register(request: pytest.FixtureRequest) -> Register:
    if request.param == "memory":
        memory = MemoryPeople(KEYS)
        return Register(memory, MemoryDirectory(memory))
    tables = request.getfixturevalue("tables")
    return Register(DynamoPeople(tables, KEYS), DynamoDirectory(tables))
