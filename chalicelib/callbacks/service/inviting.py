"""Calls nobody asked for: customers who were drawn for a campaign (3.5.1), about a case of theirs."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.sla.contact import Purpose

from .. import policy
from ..model import Asker, Callback, Promised, Status, Window, Wish
from ..ports import Matters
from .offering import placed
from .promising import Promising

# So long after the day for which it is promised it is still tried.
KEEP = timedelta(days=3)
LEAST = timedelta(hours=1)
DAYS = 7
# So many of a customer's calls are looked through for one that asked how they were served.
LATELY = 50
_ASKING = {Purpose.CAMPAIGN, Purpose.FOLLOW_UP}
_NOT_ASKED = {Status.DECLINED, Status.CANCELLED, Status.BROKEN}


@dataclass(frozen=True)
class Inviting:
    """They take room in no window, and give way in the line to whoever was promised an hour."""

    promising: Promising
    matters: Matters

    def invite(self, id_: str, ticket: str, rest: timedelta, call: Call) -> str:
        """Promise the call under an id; give `promised`, or why there is none. The same id again changes nothing.

        Why there is none: gone, nobody, do_not_call, refused, no_consent, rested (asked within `rest`), has_one, number_taken.
        """
        store = self.promising.store
        if store.get(id_) is not None:
            return "promised"
        try:
            drafted = self._drafted(id_, ticket, call)
        except NotFound:
            return "gone"
        wish = policy.forbidden(store.book(drafted.customer_id), self.promising.framing.of(drafted, call.now), call.now)
        if wish is not None:
            return wish.why
        if self._asked_since(drafted.customer_id, call.now - rest):
            return "rested"
        return self._stored(self._timed(drafted, call.now), call)

    def standing(self, id_: str) -> str | None:
        """Give how a call ended, an empty text while it is under way, and None if there is none."""
        found = self.promising.store.get(id_)
        return None if found is None else "" if found.open else found.status.value

    def _drafted(self, id_: str, ticket: str, call: Call) -> Callback:
        matter = self.matters.found(ticket)
        wish = Wish(None, "", purpose=Purpose.CAMPAIGN, about=ticket)
        drafted = self.promising.drafted(matter.customer_id, matter.unit, wish, matter, Asker.SYSTEM, call)
        # Whoever is content with who handled it should not have to say so to them.
        return replace(drafted, id=id_, prefer="", chosen=False)

    def _timed(self, drafted: Callback, now: datetime) -> Callback:
        """Give it what is left of the first day on which they may be called, once they were told that we call.

        What is left of a day is an hour at least, else it is the next; a unit whose days leave less has what they leave.
        """
        frame, doors = self.promising.framing.of(drafted, now), self.promising.framing.doors(drafted.unit)
        ends = now + policy.HEADS_UP
        for _ in range(DAYS):
            begins = policy.fitting(frame, doors, ends)
            day = doors.local_day(begins)
            ends = min(frame.ends(begins), doors.closes(day) if doors.opening else doors.ends(day))
            if ends - begins >= LEAST:
                break
        return placed(drafted, Window(begins, ends), None, KEEP)

    def _stored(self, timed: Callback, call: Call) -> str:
        try:
            self.promising.stored(timed, 0, call)
        except Promised:
            return "has_one"
        except Changed:
            known = self.promising.store.get(timed.id)
            return "number_taken" if known is None or known.id != timed.id else "promised"
        return "promised"

    def _asked_since(self, customer: str, since: datetime) -> bool:
        rows = self.promising.store.of_customer(customer, LATELY, None).items
        return any(row.purpose in _ASKING and row.status not in _NOT_ASKED and row.ends_at > since for row in rows)
