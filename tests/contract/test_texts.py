"""What every store of texts and receipts promises."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.kernel.errors import Changed
from chalicelib.notifications.model import Receipt, Status
from chalicelib.notifications.store import DynamoTexts
from tests.builders import make_text
from tests.fakes import MemoryTexts
from tests.world import START

RECEIPT = Receipt("rcp_01M8323B80R71NV7ECMN7C58DB", make_text().id, "p-1", Status.DELIVERED, START, due_at=START)


@pytest.fixture(params=["memory", "dynamo"])
def store(request: pytest.FixtureRequest) -> Any:
    return MemoryTexts() if request.param == "memory" else DynamoTexts(request.getfixturevalue("tables"))


def test_what_was_added_is_found_as_it_was(store: Any) -> None:
    store.add(make_text(), [])
    store.add(RECEIPT, [])

    assert store.text(make_text().id) == make_text()
    assert store.receipt(RECEIPT.id) == RECEIPT
    assert store.text(RECEIPT.id) is None


def test_the_same_word_is_added_once(store: Any) -> None:
    store.add(make_text(), [])

    with pytest.raises(Changed):
        store.add(make_text(), [])


def test_two_things_are_saved_together_or_not_at_all(store: Any) -> None:
    store.add(make_text(), [])
    store.add(RECEIPT, [])
    store.save([replace(make_text(), tries=2)], [])

    with pytest.raises(Changed):
        store.save([replace(RECEIPT, applied="delivered"), replace(make_text(), status=Status.SENT)], [])

    assert store.receipt(RECEIPT.id).applied == ""
    assert store.text(make_text().id).status is Status.SENDING
