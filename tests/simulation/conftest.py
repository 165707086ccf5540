"""No test leaves the clock moved, or a desk behind."""

from collections.abc import Iterator

import pytest

from chalicelib import bootstrap
from chalicelib.kernel import clock


@pytest.fixture(autouse=True)
def _leave_nothing() -> Iterator[None]:
    yield
    clock.use(None)
    bootstrap.services.cache_clear()
