"""Unit tests stand on values and on stores in memory: nothing here waits, and nothing reaches outside."""

import pytest

from tests.office import Office


@pytest.fixture
def office() -> Office:
    """An institution on a Monday morning, without a case."""
    return Office()
