"""What every store of what was found out about numbers promises."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import Changed
from chalicelib.verification.signals.model import Check, Signal
from chalicelib.verification.signals.store import DynamoChecks
from tests.fakes import MemoryChecks
from tests.world import START

CHECK = Check("sig_1", "m1", "fake", {Signal.SIM_SWAP: "recent"}, START, START + timedelta(minutes=15), ("step_up/a",))


@pytest.fixture(params=["memory", "dynamo"])
def store(request: pytest.FixtureRequest) -> Any:
    return MemoryChecks() if request.param == "memory" else DynamoChecks(request.getfixturevalue("tables"))


def test_what_was_stored_is_found_as_it_was(store: Any) -> None:
    assert store.get("m1") is None
    store.save(CHECK, [])

    assert store.get("m1") == replace(CHECK, version=1)
    assert store.get("m2") is None


def test_who_asked_at_the_same_moment_stores_nothing(store: Any) -> None:
    store.save(CHECK, [])
    for late in (CHECK, replace(CHECK, version=7)):
        with pytest.raises(Changed):
            store.save(replace(late, id="sig_2"), [])

    store.save(replace(CHECK, id="sig_3", version=1), [])
    assert (store.get("m1").id, store.get("m1").version) == ("sig_3", 2)


def test_of_a_day_s_questions_no_more_than_so_many_may_be_asked(store: Any) -> None:
    assert [store.may_ask(2, START) for _ in range(3)] == [True, True, False]
    assert store.may_ask(2, START + timedelta(days=1))
