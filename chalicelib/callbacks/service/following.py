"""The call after a complaint was closed (3.4.4): whether they are content, and whether it is over for them too."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.kernel import ids
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.sla.calendars import DAY

from .. import policy
from ..model import Asker, Promised, Purpose, Window, Wish
from ..ports import Matters
from .offering import placed
from .promising import Promising

# From the third day on, since by then the decision has been read; and not so late that nobody remembers.
EARLIEST, LATEST = 3 * DAY, 10 * DAY
KEEP = timedelta(days=4)


@dataclass(frozen=True)
class Following:
    """One call for each time that a complaint was closed, however often that is heard."""

    promising: Promising
    matters: Matters

    def closed(self, ticket: str, seq: int, closed_at: datetime, call: Call) -> str:
        """Promise the call that follows the closing which the ledger has under `seq`; it takes room in no window.

        Such a promise is for some days, and worked off when there is nothing that was promised for an hour.
        """
        matter = self.matters.found(ticket)
        wish = Wish(None, "", purpose=Purpose.FOLLOW_UP, about=ticket)
        try:
            drafted = self.promising.drafted(matter.customer_id, matter.unit, wish, matter, Asker.SYSTEM, call)
        except NotFound:
            return "nobody"
        # Whoever is content with who handled it should not have to say so to them.
        drafted = replace(drafted, id=_id(ticket, seq, closed_at), prefer="", chosen=False)
        frame, doors = self.promising.framing.of(drafted, call.now), self.promising.framing.doors(matter.unit)
        begins = policy.fitting(frame, doors, closed_at + EARLIEST)
        timed = placed(drafted, Window(begins, max(closed_at + LATEST, begins + DAY)), None, KEEP)
        try:
            self.promising.stored(timed, 0, call)
        except (Promised, Changed):
            return "known"
        return "promised"


def _id(ticket: str, seq: int, closed_at: datetime) -> str:
    """Give the id of a follow-up: the same for the same closing, so that hearing of it twice promises once."""
    return ids.new_id("cbk", closed_at, hashlib.sha256(f"{ticket}\x1f{seq}".encode()).digest())
