"""Receipts: kept before they are answered, applied once, in whatever order they come."""

import hmac
import json
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from chalicelib.kernel.clock import text as written
from chalicelib.kernel.errors import SignatureInvalid
from chalicelib.notifications.model import Receipt, ReceiptMalformed, Said, Status, Text
from chalicelib.notifications.service.schemes import LONGEST_ID
from tests.builders import make_text
from tests.office import KEYS, Office
from tests.world import START


def take(office: Office, body: Any = None, **said: Any) -> str:
    statement = {"id": "p-1", "message": make_text().id, "status": "delivered", "at": written(START)} | said
    text = body if isinstance(body, str) else json.dumps(statement)
    stamp = str(int(office.now.timestamp()))
    mac = hmac.digest(KEYS.key("receipts"), f"{stamp}.{text}".encode(), "sha256").hex()
    return office.services.receipts.take("dutydesk", Said(text, f"t={stamp},v1={mac}"), office.call("anonymous"))


def receipts(office: Office) -> list[Receipt]:
    return [one for one in office.texts.kept.values() if isinstance(one, Receipt)]


def apply(office: Office, receipt: Receipt) -> str:
    return office.services.receipts.apply(receipt.id, office.call("system:receipts"))


def text(office: Office) -> Text:
    found = office.texts.text(make_text().id)
    assert found is not None
    return found


@pytest.fixture
def sent(office: Office) -> Office:
    office.texts.add(make_text(status=Status.SENT), [])
    return office


def test_the_same_statement_is_kept_once_and_another_beside_it(sent: Office) -> None:
    assert [take(sent), take(sent), take(sent, status="sent")] == ["taken", "known", "taken"]
    assert len(receipts(sent)) == 2
    assert sent.events(receipts(sent)[0].id) == ["receipt.taken"]


def test_a_receipt_moves_its_text_at_the_provider_s_time_once(sent: Office) -> None:
    at = START - timedelta(seconds=30)
    take(sent, at=written(at))
    (receipt,) = receipts(sent)

    assert [apply(sent, receipt) for _ in range(3)] == ["delivered", "settled", "settled"]
    assert (text(sent).status, text(sent).provider_id) == (Status.DELIVERED, "p-1")
    assert sent.ledger.bodies(text(sent).id, "text.delivered")[0]["at"] == written(at)
    assert sent.tally.since(START, START) == {"sent": 0, "delivered": 1, "failed": 0}
    assert receipts(sent)[0].due_at is None


@pytest.mark.parametrize("order", list(permutations(["sent", "accepted", "delivered"])))
def test_in_whatever_order_they_come_delivered_stays(sent: Office, order: tuple[str, ...]) -> None:
    for status in order:
        take(sent, status=status)
    for receipt in receipts(sent):
        apply(sent, receipt)

    assert text(sent).status is Status.DELIVERED
    assert all(receipt.applied for receipt in receipts(sent))


def test_what_comes_after_the_end_says_nothing_new(sent: Office) -> None:
    take(sent)
    take(sent, status="undelivered")
    outcomes = [apply(sent, receipt) for receipt in receipts(sent)]

    assert outcomes == ["delivered", "nothing_new"]
    assert sent.tally.since(START, START)["failed"] == 0


@pytest.mark.parametrize("status", ["failed", "undelivered", "expired"])
def test_what_did_not_arrive_has_failed(sent: Office, status: str) -> None:
    take(sent, status=status)

    assert apply(sent, receipts(sent)[0]) == "failed"
    assert sent.events(text(sent).id) == ["text.failed"]


def test_one_about_no_text_of_ours_is_settled(office: Office) -> None:
    take(office)

    assert apply(office, receipts(office)[0]) == "unmatched"
    assert office.services.receipts.apply("rcp_none", office.call("system")) == "settled"


def test_nothing_arrived_after_we_heard_of_it(sent: Office) -> None:
    take(sent, at=written(START + timedelta(hours=1)))

    assert receipts(sent)[0].at == START


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{",
        "[" * 5000,
        json.dumps({"id": "p", "message": "m", "status": "delivered"}),
        json.dumps({"id": "p", "message": "m", "status": "read", "at": written(START)}),
        json.dumps({"id": "p", "message": "m", "status": "delivered", "at": "yesterday"}),
        json.dumps({"id": "p", "message": "m", "status": "delivered", "at": "2026-11-23T02:00:00"}),
        json.dumps({"id": "p", "message": "", "status": "delivered", "at": written(START)}),
        json.dumps({"id": "p", "message": "m" * (LONGEST_ID + 1), "status": "delivered", "at": written(START)}),
        json.dumps({"id": "p\u0000", "message": "m", "status": "delivered", "at": written(START)}),
        json.dumps({"id": "投", "message": "m", "status": "delivered", "at": written(START)}),
        json.dumps({"id": "p", "message": "m", "status": "delivered", "at": written(START), "x": "x" * 20_000}),
    ],
)
def test_what_is_signed_and_says_nothing_we_understand_is_refused(office: Office, body: str) -> None:
    with pytest.raises(ReceiptMalformed):
        take(office, body)
    assert receipts(office) == []


def test_what_is_not_signed_is_not_even_read(office: Office) -> None:
    with pytest.raises(SignatureInvalid):
        office.services.receipts.take("dutydesk", Said("{", "t=1,v1=00"), office.call("anonymous"))
