"""Taking what is offered, or not."""

from dataclasses import dataclass, replace

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed

from .. import events
from ..model import (
    Appointment,
    Details,
    Hold,
    HoldExpired,
    NothingOffered,
    Stage,
    Waiting,
)
from .booking import NUMBERS_TRIED, booked
from .changing import TRIES
from .waitlist import DECLINED, WITHDRAWN, Waitlisting, written


@dataclass(frozen=True)
class TakingUp:
    """Whoever holds the link answers; an offer is named by its hold, so that a page left open answers no other."""

    waitlist: Waitlisting

    def decline(self, link: str, hold_id: str, call: Call) -> Waiting:
        """Not take what is offered, as whoever holds the link; it goes to the next at once.

        Raises NothingOffered unless that is the time that is offered now.
        """
        for _ in range(TRIES):
            before = self.waitlist.by_link(link)
            try:
                return self.waitlist.not_taken(before, _offer(before, hold_id), DECLINED, call)
            except Changed:
                continue
        raise Changed

    def accept(self, link: str, hold_id: str, details: Details, call: Call) -> Appointment:
        """Book what is offered, as whoever holds the link, in one transaction with the entry.

        Raises NothingOffered unless that is the time that is offered now, HoldExpired, HealthMissing, HoldSpent.
        """
        for _ in range(max(TRIES, NUMBERS_TRIED)):
            before = self.waitlist.by_link(link)
            hold = _offer(before, hold_id)
            if call.now >= hold.until:
                raise HoldExpired
            if not self.waitlist.stands(hold, call):
                self.waitlist.not_taken(before, hold, WITHDRAWN, replace(call, once=None))
                raise NothingOffered
            try:
                return self._booked(before, hold, details, call)
            except Changed:
                # Somebody changed the entry, or the number was taken by another appointment of the day.
                continue
        raise Changed

    def _booked(self, before: Waiting, hold: Hold, details: Details, call: Call) -> Appointment:
        needs = tuple(dict.fromkeys((*before.wish.support_needs, *details.support_needs)))
        contact = {"email": before.wish.email} if before.wish.email else {}
        made, records = booked(hold, replace(details, support_needs=needs, contact=contact), call)
        after = replace(before.moved(Stage.BOOKED), appointment=made.id).owing()
        after, more = written(before, after, [events.WaitlistBooked(before.id, hold.id, made.id)], call)
        self.waitlist.store.book(after, hold, made, [*records, *more], call.stamp(made))
        return made


def _offer(waiting: Waiting, hold_id: str) -> Hold:
    if waiting.offer is None or waiting.offer.id != hold_id:
        raise NothingOffered
    return waiting.offer
