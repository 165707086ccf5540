"""Receipts: believed if signed and fresh, kept before they are answered, applied once, whatever their order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Event, Link, Record, chained, end

from .. import events
from ..model import Receipt, Said, Status, Text
from ..ports import Heard, Scheme, Tally, Texts


@dataclass(frozen=True)
class Receipts:
    """What providers say about texts."""

    texts: Texts
    tally: Tally
    # By provider; asked only by whoever takes receipts in: the worker that applies them has no right to any secret.
    schemes: Mapping[str, Scheme]
    others: Heard

    def take(self, provider: str, said: Said, call: Call) -> str:
        """Keep a receipt; what was kept before is taken as said again, and what is no news yet is not kept.

        Raises SignatureInvalid, or ReceiptMalformed for what is signed but cannot be read.
        """
        receipt = self.schemes[provider].read(said, call)
        if receipt is None:
            return "no_news"
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
        # What others send is theirs: they are told, and the receipt is settled once they have heard.
        told = self.others.heard(receipt.text, receipt.status, call)
        text = None if told else self.texts.text(receipt.text)
        outcome, things, records = (told, [], []) if told else self._moved(text, receipt, call)
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
        moved = text.moved(receipt.status)
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
