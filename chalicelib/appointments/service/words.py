"""Word that is owed of an appointment: asked for, and taken over."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Event
from chalicelib.kernel.notices import ask_again_at, postponed

from .. import events, policy
from ..model import Appointment
from ..ports import Catalogue
from .changing import Changing

# Drop, ask.
STEPS = 2


@dataclass(frozen=True)
class Words:
    """Nobody asks for these in person: events and the sweep do."""

    changing: Changing
    catalogue: Catalogue

    def due(self, id_: str, call: Call) -> str:
        """Ask for every word that is due; a hint that comes too early, twice, or for nothing changes nothing.

        Reminders that are of no use any more are dropped first.
        """
        for _ in range(STEPS):
            after = self._step(id_, call)
            if all(ask_again_at(notice) > call.now for notice in after.notices):
                break
        return "asked" if any(notice.asked_at == call.now for notice in after.notices) else "settled"

    def _step(self, id_: str, call: Call) -> Appointment:
        def change(before: Appointment) -> tuple[Appointment, Event] | None:
            dropped = policy.stale(before, call.now)
            if dropped:
                return before.told(*dropped), events.WordDropped(before.id, dropped)
            asked = [notice.asked(call.now) for notice in before.notices if ask_again_at(notice) <= call.now]
            if not asked:
                return None
            facts = policy.facts_of(before, self.catalogue.branches(), self.catalogue.services())
            keys = {notice.key for notice in asked}
            others = (notice for notice in before.notices if notice.key not in keys)
            told = events.WordAsked(before.id, tuple(before.word(notice, facts) for notice in asked))
            return replace(before, notices=(*others, *asked)), told

        return self.changing.apply(lambda: self.changing.found(id_), change, call, self.changing.saved)

    def taken(self, id_: str, key: str, call: Call) -> str:
        """Hear that the word owed under a key is on its way; it is owed no longer."""

        def change(before: Appointment) -> tuple[Appointment, Event] | None:
            after = before.told(key)
            return None if after == before else (after, events.WordTaken(before.id, key))

        self.changing.apply(lambda: self.changing.found(id_), change, call, self.changing.saved)
        return "taken"

    def put_off(self, id_: str, key: str, until: datetime, call: Call) -> str:
        """Hear that a word must not go out yet; it is asked for again at that instant."""

        def change(before: Appointment) -> tuple[Appointment, Event] | None:
            after = replace(before, notices=postponed(before.notices, key, until))
            return None if after == before else (after, events.WordPutOff(before.id, key, until))

        self.changing.apply(lambda: self.changing.found(id_), change, call, self.changing.saved)
        return "put_off"

    def owes(self, id_: str, key: str) -> bool:
        """Tell whether word is still owed under a key; if not, what is on its way about it is stale."""
        appointment = self.changing.store.get(id_)
        return appointment is not None and any(notice.key == key for notice in appointment.notices)

    def mailbox(self, id_: str) -> str:
        """Give the mail address that was left for an appointment, beside the customer's phone; empty if none was."""
        appointment = self.changing.store.get(id_)
        return "" if appointment is None else appointment.contact.get("email", "")
