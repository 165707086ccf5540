"""What must not go to a customer yet, or not at all: held for its owner, who asks again then; or withheld."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Event, Link, chained, end

from .. import events
from ..model import Status, Text
from ..ports import Bar, Budget, Reached, Texts


@dataclass(frozen=True)
class Holding:
    """A held text is not begun: its word stays owed, so that what is overtaken by the morning is never sent."""

    texts: Texts
    budget: Budget

    def bar(self, about: str, word: Mapping[str, Any], people: Sequence[Reached], call: Call) -> Bar | None:
        """Give what stands against telling a customer something now; staff are told at any time."""
        if word["to"] != "customer":
            return None
        phone = next((person.address for person in people if person.way == "sms"), "")
        to = (word["customer"], word["unit"], phone)
        return self.budget.leave(word["template"], to, f"{about}/{word['key']}", call)

    def hold(self, text: Text, known: Text | None, bar: Bar, call: Call) -> str:
        """Keep that a text waits, or is not wanted; whoever owes it hears of it however often they ask."""
        status = Status.WITHHELD if bar.until is None else Status.HELD
        held = self.kept(replace(text, status=status, due_at=None), known, _barred(text, bar), call)
        return "busy" if held is None else status.value

    def kept(self, text: Text, known: Text | None, happened: Event, call: Call) -> Text | None:
        """Store a text that nobody has begun, with what happened to it; give it as it stands, None if somebody was quicker."""
        before = Link() if known is None else known.link
        records = chained(text.id, before, [happened], call)
        text = replace(text, link=end(records, before))
        try:
            if known is None:
                self.texts.add(text, records)
                return text
            self.texts.save([replace(text, version=known.version)], records)
        except Changed:
            return None
        return replace(text, version=known.version + 1)

    def wait(self, text: Text, bar: Bar, call: Call) -> str:
        """Let a text that was begun wait for the morning, or end it; no provider has taken it yet."""
        after = replace(text, due_at=bar.until, status=text.status if bar.until else Status.WITHHELD)
        records = chained(text.id, text.link, [_barred(text, bar)], call)
        try:
            self.texts.save([replace(after, link=end(records, text.link))], records)
        except Changed:
            return "busy"
        return "held" if bar.until else "withheld"


def fresh(known: Sequence[Text | None]) -> bool:
    """Tell whether nothing of a word has been begun."""
    return all(text is None or text.status in (Status.HELD, Status.WITHHELD) for text in known)


def _barred(text: Text, bar: Bar) -> Event:
    if bar.until is None:
        return events.TextWithheld(text.id, text.about, text.key, text.template, text.ref, bar.why)
    return events.TextHeld(text.id, text.about, text.key, text.template, text.ref, bar.why, bar.until)
