"""Receipts: believed if signed and fresh, kept before they are answered, applied once, whatever their order."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import moment
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Event, Link, Record, chained, end
from chalicelib.kernel.signatures import check_signature

from .. import events, policy
from ..model import Receipt, ReceiptMalformed, Status, Text, receipt_id
from ..ports import Tally, Texts

LONGEST = 16_384  # characters of a receipt
LONGEST_ID = 256


@dataclass(frozen=True)
class Receipts:
    """What providers say about texts."""

    texts: Texts
    tally: Tally
    # Asked for only by whoever takes receipts in: the worker that applies them has no right to the secret.
    signing_key: Callable[[], bytes]

    def take(self, signature: str, body: str, call: Call) -> str:
        """Keep a receipt; what was kept before is taken as said again.

        Raises SignatureInvalid, or ReceiptMalformed for what is signed but cannot be read.
        """
        check_signature(signature, body, self.signing_key(), call.now)
        receipt = self._read(body, call)
        happened = events.ReceiptTaken(receipt.id, receipt.text, receipt.status)
        records = chained(receipt.id, Link(), [happened], call)
        try:
            self.texts.add(replace(receipt, link=end(records, Link())), records)
        except Changed:
            return "known"
        return "taken"

    def apply(self, id_: str, call: Call) -> str:
        """Let a receipt move its text forward; one that says nothing new, or is about no text of ours, is just settled."""
        receipt = self.texts.receipt(id_)
        if receipt is None or receipt.applied:
            return "settled"
        text = self.texts.text(receipt.text)
        outcome, things, records = self._moved(text, receipt, call)
        applied = chained(receipt.id, receipt.link, [events.ReceiptApplied(receipt.id, outcome)], call)
        settled = replace(receipt, applied=outcome, due_at=None, link=end(applied, receipt.link))
        self.texts.save([settled, *things], [*applied, *records])
        for moved in things:
            if moved.way == "sms" and moved.status is not Status.SENT:
                self.tally.count(moved.status.value, call.now)
        return outcome

    def _moved(self, text: Text | None, receipt: Receipt, call: Call) -> tuple[str, list[Text], list[Record]]:
        if text is None:
            return "unmatched", [], []
        moved = text.moved(policy.STATUSES[receipt.status])
        if moved is None:
            return "nothing_new", [], []
        happened: Event = events.TextDelivered(text.id, text.about, text.key, receipt.at)
        if moved.status is Status.FAILED:
            happened = events.TextFailed(text.id, text.about, text.key, receipt.at)
        elif moved.status is Status.SENT:
            happened = events.TextSent(text.id, text.about, text.key, receipt.at)
        records = chained(text.id, text.link, [happened], call)
        moved = replace(moved, provider_id=receipt.provider_id, link=end(records, text.link))
        return moved.status.value, [moved], records

    def _read(self, body: str, call: Call) -> Receipt:
        try:
            said: dict[str, Any] = json.loads(body[:LONGEST])
            at = moment(str(said["at"]))
            status, text, provider_id = str(said["status"]), str(said["message"]), str(said["id"])
            id_ = receipt_id(json.dumps([provider_id, text, status, said["at"]]), at)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as unreadable:
            raise ReceiptMalformed from unreadable
        if status not in policy.STATUSES or not _storable(text) or not _storable(provider_id):
            raise ReceiptMalformed
        # Nothing arrived after we heard of it, whatever a clock that is fast says; the id keeps what was said.
        return Receipt(id_, text, provider_id, status, min(at, call.now), due_at=call.now)


def _storable(id_: str) -> bool:
    """What is no key could be stored, and never be worked off."""
    return 0 < len(id_) <= LONGEST_ID and id_.isascii() and id_.isprintable()
