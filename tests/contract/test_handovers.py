"""What every store of what is handed over at kiosks promises."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Link
from chalicelib.kiosks.model import Handover, To
from chalicelib.kiosks.store import DynamoHandovers
from tests.fakes import MemoryHandovers
from tests.world import START

OFFERED = Handover(
    id="hnd_01M8323B80R71NV7ECMN7C58DA",
    kiosk="kio_1",
    unit="east",
    branch="bund",
    customer="cus_li",
    to=To.COUNTER,
    sha256="5e" * 32,
    expires_at=START + timedelta(minutes=15),
    sealed=b"\x00sealed",
    link=Link(1, "9f"),
)


@pytest.fixture(params=["memory", "dynamo"])
def store(request: pytest.FixtureRequest) -> Any:
    return MemoryHandovers() if request.param == "memory" else DynamoHandovers(request.getfixturevalue("tables"))


def test_what_was_offered_is_found_as_it_was(store: Any) -> None:
    store.offer(OFFERED, [], None)

    assert store.handover(OFFERED.id) == OFFERED
    assert store.handover("hnd_other") is None


def test_nothing_is_offered_twice_under_one_name(store: Any) -> None:
    store.offer(OFFERED, [], None)

    with pytest.raises(Changed):
        store.offer(replace(OFFERED, sealed=b"another"), [], None)
    assert store.handover(OFFERED.id) == OFFERED


def test_who_takes_it_first_has_it_and_what_was_typed_is_gone(store: Any) -> None:
    store.offer(OFFERED, [], None)
    taken = replace(OFFERED, sealed=None, taken_at=START, link=Link(2, "af"))
    store.take(taken, [], None)

    with pytest.raises(Changed):
        store.take(taken, [], None)
    assert store.handover(OFFERED.id) == replace(taken, version=2)


def test_what_was_never_offered_is_not_taken(store: Any) -> None:
    with pytest.raises(Changed):
        store.take(OFFERED, [], None)
    assert store.handover(OFFERED.id) is None
