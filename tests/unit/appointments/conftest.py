"""A small branch over tables in memory."""

from collections.abc import Iterator

import pytest

from chalicelib.kernel import clock
from tests.memory_world import MemoryWorld
from tests.unit.appointments.lobby import Lobby


@pytest.fixture
def lobby() -> Iterator[Lobby]:
    """One counter, an hour a day, and nobody there."""
    world = MemoryWorld()
    world.seed()
    yield Lobby(world)
    clock.use(None)
