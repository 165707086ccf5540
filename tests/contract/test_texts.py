"""What every store of texts and receipts promises."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import Changed
from chalicelib.notifications.model import Receipt, Status, Text
from chalicelib.notifications.store import DynamoTexts
from tests.fakes import MemoryTexts
from tests.world import START


def make_text(**what_matters: Any) -> Text:
    facts: dict[str, Any] = {
        "id": "msg_01M8323B80R71NV7ECMN7C58DA",
        "about": "tkt_1",
        "key": "acknowledgement",
        "template": "complaint_received",
        "way": "sms",
        "ref": "cus_1",
        "to": "customer",
        "word": {"number": "T-1", "facts": {}},
        "status": Status.SENDING,
        "asked_at": START,
        "claimed_until": START + timedelta(minutes=1),
        "due_at": START + timedelta(minutes=1),
    }
    return Text(**facts | what_matters)


RECEIPT = Receipt("rcp_01M8323B80R71NV7ECMN7C58DB", make_text().id, "p-1", "delivered", START, due_at=START)


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
