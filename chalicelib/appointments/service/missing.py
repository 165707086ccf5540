"""Visits that end without being served."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.events import Event, Record
from chalicelib.kernel.notices import Notice

from .. import events, policy
from ..model import COME_NOW, MISSED, Appointment, Because, Status
from ..ports import Catalogue, Days
from .changing import Changing

_UNSERVED = (Status.CHECKED_IN, Status.CALLED, Status.PARKED)
Ending = Callable[[Appointment], tuple[Appointment, Event]]


@dataclass(frozen=True)
class Missing:
    """Each visit ends once, and counts once. Its time is over by then, so nothing of it is given back."""

    changing: Changing
    catalogue: Catalogue
    days: Days

    def no_show(self, id_: str, call: Call) -> Appointment:
        """Mark that somebody has not come, or came and did not follow the call, as staff.

        Raises NotAllowedNow, and TooEarly for who is booked and not late yet.
        """
        found = self.changing.reach(id_, Act.BRANCH_SERVE, call)
        read = self.changing.again(found)
        policy.check_missing(found, self.catalogue.branches().get(found.branch), call.now)
        if found.status != Status.BOOKED:
            return self.changing.apply(read, _gone(Because.NOT_FOLLOWED), call, self._ended)
        until = self._limited(found, call.now)
        return self.changing.apply(read, _missed(until, call.now), call, self._counted(until))

    def over(self, id_: str, call: Call) -> str:
        """End a visit whose time is over, whoever was to end it: not come, still there at the end of the day, served."""
        found = self.changing.found(id_)
        until = self._limited(found, call.now) if _due(found, call.now) and found.status == Status.BOOKED else None
        missed, gone = _missed(until, call.now), _gone(Because.LEFT)

        def change(before: Appointment) -> tuple[Appointment, Event] | None:
            if not _due(before, call.now) or before.status != found.status:
                return None
            if before.status == Status.BOOKED:
                return missed(before)
            return gone(before) if before.status in _UNSERVED else _served(before)

        write = self._counted(until) if found.status == Status.BOOKED else self._ended
        return self.changing.apply(self.changing.again(found), change, call, write).status.value

    def _limited(self, missed: Appointment, now: datetime) -> datetime | None:
        """Tell what follows for the customer from missing this one too."""
        if not policy.counts_against(missed):
            return None
        earlier = self.days.misses(missed.customer_id, now - policy.WITHIN)
        return policy.limited_until([*earlier, missed.starts_at])

    def _counted(
        self, until: datetime | None
    ) -> Callable[[Appointment, Appointment, Sequence[Record], Stamp | None], None]:
        def write(after: Appointment, before: Appointment, records: Sequence[Record], stamp: Stamp | None) -> None:
            tally = policy.measured(before, after)
            self.days.end(after, records, stamp, tally, missed=policy.counts_against(before), limited_until=until)

        return write

    def _ended(self, after: Appointment, before: Appointment, records: Sequence[Record], stamp: Stamp | None) -> None:
        self.days.end(after, records, stamp, policy.measured(before, after))


def _due(appointment: Appointment, now: datetime) -> bool:
    over = policy.over_at(appointment)
    return over is not None and over <= now


def _missed(until: datetime | None, now: datetime) -> Ending:
    def end(before: Appointment) -> tuple[Appointment, Event]:
        after = before.moved(Status.NO_SHOW, out_of=(Status.BOOKED,))
        template = "appointment_missed" if until is None else "appointment_missed_often"
        if before.may_choose:
            # Who was told that it cannot take place as agreed, and has not said how it is to go on, was not expected.
            template = "appointment_unanswered"
        after = after.owing(Notice(MISSED, template, "customer", now, tries=0))
        counts = policy.counts_against(before)
        return after, events.AppointmentMissed(before.id, before.branch, Because.NOT_COME.value, counts, until)

    return end


def _gone(because: Because) -> Ending:
    def end(before: Appointment) -> tuple[Appointment, Event]:
        after = before.moved(Status.NO_SHOW, out_of=_UNSERVED).told(COME_NOW)
        return after, events.AppointmentMissed(
            before.id, before.branch, because.value, counts=False, limited_until=None
        )

    return end


def _served(before: Appointment) -> tuple[Appointment, Event]:
    """End what was served and never ended; nobody knows when it was, so nothing is measured by it."""
    return before.moved(Status.DONE), events.AppointmentDone(before.id, before.branch, 0)
