"""Journeys run on the local stack, over HTTP, with its own data folder each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.stack import Stack


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    """A stack of one's own, stopped afterwards."""
    running = Stack(tmp_path / "data").start()
    try:
        yield running
    finally:
        running.stop()
