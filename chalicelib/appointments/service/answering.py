"""What becomes of a booking that was moved or could not be: accepted, or not answered in time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import Event, Record
from chalicelib.kernel.notices import Notice

from .. import events, policy
from ..model import Appointment, How, NothingOffered, PlanStanding, Status
from .changing import LINK, Changing, answered, cancelled


@dataclass(frozen=True)
class Answering:
    """Choosing otherwise is moving or cancelling: what is here is to accept, and to say nothing."""

    changing: Changing

    def accept_by_link(self, link: str, call: Call) -> Appointment:
        """Accept what was done for the visit of a link; who takes the way online does not come.

        Accepting twice changes nothing. Raises NothingOffered, and NotAllowedNow once the visit has begun.
        """

        def change(before: Appointment) -> tuple[Appointment, list[Event]] | None:
            was = before.rebooking
            if was is None or was.how is How.NOTHING or (not was.open and was.standing is not PlanStanding.ACCEPTED):
                raise NothingOffered
            if not was.open:
                return None
            over = before.moved(Status.CANCELLED, out_of=(Status.BOOKED,))
            told = answered(before, PlanStanding.ACCEPTED)
            if was.how is How.MOVED:
                return before.settled(PlanStanding.ACCEPTED), told
            after = over.owing().settled(PlanStanding.ACCEPTED)
            return after, [*told, cancelled(before, LINK, call)]

        return self.changing.apply(lambda: self.changing.by_link(link), change, call, self._written)

    def overdue(self, id_: str, call: Call) -> str:
        """Hand a booking whose customer has not answered in time to staff; nothing that is kept for them is given up."""

        def change(before: Appointment) -> tuple[Appointment, Event] | None:
            until, was = policy.answer_until(before), before.rebooking
            if was is None or until is None or call.now < until:
                return None
            after = before.settled(PlanStanding.TO_CHOOSE)
            word = to_staff(before, call)
            return replace(after, notices=(*after.notices, word)), events.RebookingUnanswered(before.id, was.how)

        after = self.changing.apply(lambda: self._found(id_), change, call, self.changing.saved)
        return "to_choose" if after.rebooking and after.rebooking.standing is PlanStanding.TO_CHOOSE else "settled"

    def _written(self, after: Appointment, before: Appointment, records: Sequence[Record], stamp: Stamp | None) -> None:
        write = self.changing.ended if after.status is Status.CANCELLED else self.changing.saved
        write(after, before, records, stamp)

    def _found(self, id_: str) -> Appointment:
        found = self.changing.store.get(id_)
        if found is None:
            raise NotFound
        return found


def to_staff(appointment: Appointment, call: Call) -> Notice:
    """Give the word to whoever leads the unit that a customer has to be asked."""
    key = f"to_choose/{appointment.generation}"
    return Notice(key, "appointment_to_choose", "lead", call.now, tries=0)
