"""Integration tests stand on moto: quick, whole, and no proof for races."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from moto import mock_aws

from chalicelib.kernel import clock
from tests import moto_tables
from tests.integration.enclosed import Sender
from tests.integration.halls import Hall, open_hall
from tests.integration.matters import Desk, enquire
from tests.integration.visits import Reception
from tests.template_tables import create_tables
from tests.world import LI, World

moto_tables.undo_cheaply()
moto_tables.answer_cheaply()


@contextmanager
def _founded() -> Iterator[World]:
    tables, unpublished = _founding()
    with mock_aws():
        moto_tables.lay_down(tables)
        world = World(moto_tables.client())
        world.unpublished += unpublished
        yield world
    clock.use(None)


@cache
def _founding() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Found the institution once for all tests of a process: its tables, and the records nobody has published yet."""
    with mock_aws():
        client = moto_tables.client()
        create_tables(client)
        world = World(client).seed()
        return moto_tables.kept(), world.unpublished


@pytest.fixture
def world() -> Iterator[World]:
    """A freshly founded institution on a Monday morning."""
    with _founded() as founded:
        yield founded


@pytest.fixture(scope="module")
def standing() -> Iterator[World]:
    """The same, for all tests of a module that leave each other's cases alone; a module uses one of the two."""
    with _founded() as founded:
        yield founded


@pytest.fixture
def case(world: World) -> str:
    """A complaint with a history of some records, and everything around it."""
    token = world.sign_in()
    complaint = world.complain(token)
    world.drain()
    world.receipt(world.provider.to(LI, "complaint_received")[0].id)
    world.drain()
    for body in ("Is there news?", "I have found the receipt.", "It is of 12 November."):
        assert world.ask("POST", f"/v1/tickets/{complaint['id']}/messages", {"body": body}, token).status == 201
    assert len(world.records(complaint["id"])) > 5
    return complaint["id"]


@pytest.fixture
def desk(world: World) -> Desk:
    """The people of the institution."""
    return Desk(world)


@pytest.fixture
def sender(world: World, desk: Desk) -> Sender:
    """A customer with an enquiry, about to send something in."""
    token = desk.token(LI)
    return Sender(world, enquire(world, token)["id"], token)


@pytest.fixture
def lead(world: World, desk: Desk, sender: Sender) -> Sender:
    """The lead of the unit, at the same enquiry."""
    return Sender(world, sender.ticket, desk.token("lead-east"))


@pytest.fixture
def li(world: World) -> str:
    """Li, signed in where branches are open."""
    return world.open_branches().sign_in(LI)


@pytest.fixture
def reception(world: World, li: str) -> Reception:
    """Somebody who books for whoever calls."""
    return Reception(world, world.staff("lead-east"))


@pytest.fixture
def hall(world: World) -> Hall:
    """A branch that is always open, with two counters and one adviser, where nobody came yet."""
    open_hall(world.open_branches(), early=30, counters={"desk": 2, "advice": 1})
    return Hall(world, world.staff("lead-east"))
