"""Another time for a promised call, or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Event
from chalicelib.kernel.notices import Notice

from .. import events
from ..model import Asker, Callback, Purpose, Status, WindowFull
from .changing import Change, Changing
from .offering import Offering


@dataclass(frozen=True)
class Moving:
    """What a customer, or staff for them, may do with a call until an agent has it in hand."""

    changing: Changing
    offering: Offering

    def reschedule(self, id_: str, start: datetime, call: Call) -> Callback:
        """Promise it for another window, and give the room it had back, in one transaction.

        Raises NotAllowedNow, NotAWindow and WindowFull.
        """

        def change(before: Callback) -> Change | None:
            if before.starts_at == start and before.status is Status.PROMISED:
                return None
            free = before.moved(Status.PROMISED, call.now)
            after = self.offering.timed(free, start, call.now)
            after = replace(after, next_at=None, announced=False, late=False, chosen=True)
            told = events.CallbackMoved(before.id, after.starts_at, after.ends_at, before.starts_at)
            return Change(after, [told], self.offering.framing.most(after.unit, after.starts_at))

        try:
            return self.changing.apply(lambda: self.changing.reach(id_, Act.CALLBACK_CHANGE, call), change, call)
        except WindowFull as full:
            near = replace(self.changing.found(id_), starts_at=start)
            raise WindowFull(alternatives=self.offering.alternatives(near, call.now)) from full

    def cancel(self, id_: str, call: Call) -> Callback:
        """Let it go, and give the room it has in its window back; raises NotAllowedNow."""
        by = Asker.STAFF if call.actor.is_staff else Asker.CUSTOMER

        def change(before: Callback) -> Change:
            after = replace(before.moved(Status.CANCELLED, call.now), notices=())
            # What was not used can be given to somebody else; a window that has begun cannot.
            cell = None if before.cell and before.cell > call.now else before.cell
            told = events.CallbackCancelled(before.id, by)
            return Change(ended(replace(after, cell=cell)), [told])

        return self.changing.apply(lambda: self.changing.reach(id_, Act.CALLBACK_CHANGE, call), change, call)


def ended(callback: Callback, *notices: Notice) -> Callback:
    """Give what is over: its ticket has to know, and word that was owed of it is overtaken.

    A campaign's is no news for the ticket it is about, but for the campaign.
    """
    knows = bool(callback.about) and callback.purpose is not Purpose.CAMPAIGN
    return replace(callback, notices=notices, owes_ticket=knows, next_at=None)


def unreached(callback: Callback, why: str, call: Call) -> tuple[Callback, Sequence[Event]]:
    """Give a call up: the customer is told in writing, but not at a number that is somebody else's.

    Who was not reached for a campaign is left in peace.
    """
    if callback.purpose is Purpose.CAMPAIGN and why != "wrong_number":
        return ended(callback.moved(Status.UNREACHED, call.now)), [events.CallbackUnreached(callback.id, why, ())]
    if why == "wrong_number":
        notice = Notice("wrong_number", "callback_wrong_number", "owner" if callback.prefer else "lead", call.now)
    else:
        notice = Notice("unreached", "callback_unreached", "customer", call.now)
    after = ended(callback.moved(Status.UNREACHED, call.now), notice)
    return after, [events.CallbackUnreached(callback.id, why, (after.word(notice),))]
