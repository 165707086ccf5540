"""Word that is owed to whoever waits: asked for, and taken over."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Event
from chalicelib.kernel.notices import Notice, ask_again_at, postponed

from .. import events, policy
from ..model import Waiting
from .changing import TRIES
from .waitlist import Waitlisting, written

Change = Callable[[Waiting], tuple[Waiting, Event] | None]


@dataclass(frozen=True)
class Telling:
    """Nobody asks for these in person: events and the sweep do."""

    waitlist: Waitlisting

    def due(self, id_: str, call: Call) -> str:
        """Ask for every word that is due; a hint that comes too early, twice, or for nothing changes nothing."""

        def change(before: Waiting) -> tuple[Waiting, Event] | None:
            asked = [notice.asked(call.now) for notice in before.notices if ask_again_at(notice) <= call.now]
            if not asked:
                return None
            keys = {notice.key for notice in asked}
            others = (notice for notice in before.notices if notice.key not in keys)
            told = events.WaitlistWordAsked(before.id, tuple(self._word(before, notice) for notice in asked))
            return before.owing(*others, *asked), told

        return self._change(id_, change, call)

    def taken(self, id_: str, key: str, call: Call) -> str:
        """Hear that the word owed under a key is on its way; it is owed no longer."""

        def change(before: Waiting) -> tuple[Waiting, Event] | None:
            after = before.told(key)
            return None if after == before else (after, events.WaitlistWordTaken(before.id, key))

        return self._change(id_, change, call)

    def put_off(self, id_: str, key: str, until: datetime, call: Call) -> str:
        """Hear that a word must not go out yet; it is asked for again at that instant."""

        def change(before: Waiting) -> tuple[Waiting, Event] | None:
            after = before.owing(*postponed(before.notices, key, until))
            return None if after == before else (after, events.WaitlistWordPutOff(before.id, key, until))

        return self._change(id_, change, call)

    def owes(self, id_: str, key: str) -> bool:
        """Tell whether word is still owed under a key; if not, what is on its way about it is stale."""
        waiting = self.waitlist.store.get(id_)
        return waiting is not None and any(notice.key == key for notice in waiting.notices)

    def mailbox(self, id_: str) -> str:
        """Give the mail address that was left for an entry, beside the customer's phone; empty if none was."""
        waiting = self.waitlist.store.get(id_)
        return waiting.wish.email if waiting else ""

    def _change(self, id_: str, change: Change, call: Call) -> str:
        for _ in range(TRIES):
            before = self.waitlist.found(id_)
            changed = change(before)
            if changed is None:
                return "settled"
            after, records = written(before, changed[0], [changed[1]], call)
            try:
                self.waitlist.store.told(after, records)
            except Changed:
                continue
            return "told"
        raise Changed

    def _word(self, waiting: Waiting, notice: Notice) -> dict[str, object]:
        branch = self.waitlist.finding.catalogue.branches().get(waiting.wish.branch)
        told = replace(notice, facts={**policy.waiting_facts(waiting, branch), **notice.facts})
        # Customers are written to in the language identity knows them by.
        return told.word(
            number=waiting.number, unit=waiting.unit, owner="", customer=waiting.customer_id, language="en"
        )
