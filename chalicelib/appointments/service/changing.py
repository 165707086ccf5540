"""Reading an appointment with its rights, and moving or cancelling it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Event, Record, chained, end
from chalicelib.kernel.notices import Notice
from chalicelib.kernel.paging import Page, Position
from chalicelib.kernel.tokens import Keys

from .. import events, policy
from ..model import Appointment, Channel, HealthMissing, Hold, PlanStanding, Row, Status
from ..ports import Appointments
from .booking import Booking
from .holding import Holding

TRIES = 4
# Under which name a customer without a session is known in records: whoever holds the link.
LINK, CUSTOMER, STAFF = "link", "customer", "staff"
Health = Mapping[str, bool]
Found = Callable[[], Appointment]
Change = Callable[[Appointment], tuple[Appointment, Event | list[Event]] | None]
# Stores an appointment as it is after, and as it was before, with its records.
Write = Callable[[Appointment, Appointment, Sequence[Record], Stamp | None], None]


@dataclass(frozen=True)
class Changing:
    """What happens to an appointment until the day it is for."""

    store: Appointments
    booking: Booking
    holding: Holding
    keys: Keys

    def reach(self, id_: str, act: Act, call: Call) -> Appointment:
        """Read an appointment the caller may do this to; anything else looks absent."""
        access.require(call.actor, act)
        found = self.store.get(id_)
        if found is None:
            raise NotFound
        access.require_on(call.actor, act, customer=found.customer_id, unit=found.unit)
        return found

    def own(self, limit: int, start: Position | None, call: Call) -> Page[Row]:
        """List the caller's appointments, newest first."""
        access.require(call.actor, Act.APPOINTMENT_LIST)
        return self.store.of_customer(call.actor.id, limit, start)

    def by_link(self, token: str) -> Appointment:
        """Give the appointment a link was made for; raises NotFound once it was moved or cancelled since."""
        said = self.keys.opened("visit", token)
        found = self.store.get(said.partition(".")[0]) if said else None
        if found is None or found.link_id != said:
            raise NotFound
        return found

    def reschedule(self, id_: str, hold_id: str, token: str, health: Health, call: Call) -> Appointment:
        """Move an appointment to a hold of the same customer's, and give its time back, in one transaction.

        Raises NotAllowedNow once the visit has begun, TooLate for customers, HealthMissing, HoldExpired, HoldSpent.
        """
        by = STAFF if call.actor.is_staff else CUSTOMER
        return self._move(lambda: self.reach(id_, Act.APPOINTMENT_CHANGE, call), (hold_id, token, health), by, call)

    def reschedule_by_link(self, link: str, hold_id: str, token: str, health: Health, call: Call) -> Appointment:
        """Move an appointment as whoever holds its link."""
        return self._move(lambda: self.by_link(link), (hold_id, token, health), LINK, call)

    def by_calendar(self, token: str) -> Appointment:
        """Give the appointment an address of a calendar was made for: it stays the same, whatever becomes of the visit."""
        said = self.keys.opened("calendar", token)
        found = self.store.get(said) if said else None
        if found is None:
            raise NotFound
        return found

    def hold_by_link(self, link: str, start: datetime, branch: str, call: Call) -> Hold:
        """Hold another time for the visit of a link: same services, and the same branch unless another is named.

        Raises what holding raises, NotAllowedNow and TooLate.
        """
        before = self.by_link(link)
        before.moved(Status.CANCELLED, out_of=(Status.BOOKED,))
        policy.check_late(before, call.now)
        asked = self.holding.finding.asked(branch or before.branch, before.services, Channel.PUBLIC)
        # Who was to come today, and whom their branch could not receive, has the day already.
        return self.holding.keep(asked, start, before.customer_id, before.id, call, had_the_day=before.may_choose)

    def cancel(self, id_: str, call: Call) -> Appointment:
        """Cancel an appointment and give its time back; raises NotAllowedNow, and TooLate for customers."""
        by = STAFF if call.actor.is_staff else CUSTOMER
        return self._cancel(lambda: self.reach(id_, Act.APPOINTMENT_CHANGE, call), by, call)

    def cancel_by_link(self, link: str, call: Call) -> Appointment:
        """Cancel an appointment as whoever holds its link."""
        return self._cancel(lambda: self.by_link(link), LINK, call)

    def _move(self, read: Found, to: tuple[str, str, Health], by: str, call: Call) -> Appointment:
        hold = self.booking.held(*to[:2], call)

        def change(before: Appointment) -> tuple[Appointment, list[Event]]:
            if hold.customer_id != before.customer_id or hold.instead_of not in ("", before.id):
                raise NotFound
            before.moved(Status.CANCELLED, out_of=(Status.BOOKED,))
            if by != STAFF:
                policy.check_late(before, call.now)
            told = events.AppointmentMoved(
                before.id, hold.id, hold.branch, hold.services, hold.visit.starts_at, before.starts_at, before.branch
            )
            after = _declared(moved(before, hold, call), hold, to[2]).settled(PlanStanding.CHOSEN)
            return after, [told, *answered(before, PlanStanding.CHOSEN)]

        return self.apply(read, change, call, self.spending(hold))

    def _cancel(self, read: Found, by: str, call: Call) -> Appointment:
        def change(before: Appointment) -> tuple[Appointment, list[Event]]:
            after = before.moved(Status.CANCELLED)
            if by != STAFF:
                policy.check_late(before, call.now)
            word = Notice("cancellation", "appointment_cancelled", "customer", call.now, tries=0)
            # Of a walk-in nobody may know who it was.
            after = replace(after, generation=after.generation + 1).owing(*([word] if before.customer_id else []))
            told = [cancelled(before, by, call), *answered(before, PlanStanding.CHOSEN)]
            return after.settled(PlanStanding.CHOSEN), told

        return self.apply(read, change, call, self.ended)

    def apply(self, read: Found, change: Change, call: Call, write: Write) -> Appointment:
        """Read, change, and write if nobody wrote in between; else again. No event, no write but the answer's."""
        for attempt in range(TRIES):
            before = read()
            call.expect(before.version)
            changed = change(before)
            if changed is None:
                self.store.remember(call.stamp(before))
                return before
            after, told = changed
            records = chained(before.id, before.link, told if isinstance(told, list) else [told], call)
            after = replace(after, version=before.version + 1, link=end(records, before.link))
            after = policy.scheduled(after)
            try:
                write(after, before, records, call.stamp(after))
            except Changed:
                if attempt + 1 == TRIES:
                    raise
            else:
                return after
        raise Changed

    def again(self, found: Appointment) -> Found:
        """Give what reads an appointment that was just read: as it was found, and anew if somebody changed it since."""
        once = [found]

        def read() -> Appointment:
            return once.pop() if once else self.found(found.id)

        return read

    def found(self, id_: str) -> Appointment:
        """Read an appointment that has to be there; raises NotFound."""
        found = self.store.get(id_)
        if found is None:
            raise NotFound
        return found

    def spending(self, hold: Hold) -> Write:
        """Store what has the time of a hold from now on."""

        def write(after: Appointment, before: Appointment, records: Sequence[Record], stamp: Stamp | None) -> None:
            self.store.move(after, before, hold, records, stamp)

        return write

    def saved(self, after: Appointment, _: Appointment, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store what changed nothing about its time."""
        self.store.save(after, records, stamp)

    def ended(self, after: Appointment, before: Appointment, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store what does not take place; its time is free."""
        self.store.end(after, records, stamp, unused=before.visit)


def moved(before: Appointment, hold: Hold, call: Call) -> Appointment:
    """Give it at the time of a hold, with a new link and the word that it is there now."""
    generation = before.generation + 1
    word = Notice(f"moved/{generation}", "appointment_moved", "customer", call.now, tries=0)
    after = replace(before.placed(hold), generation=generation)
    return after.owing(word, *policy.reminders(after, call.now))


def cancelled(before: Appointment, by: str, call: Call) -> Event:
    """Tell that a visit does not take place, and which time is free by that."""
    late = policy.is_late(before, call.now)
    return events.AppointmentCancelled(before.id, before.branch, before.starts_at, by, late)


def answered(before: Appointment, answer: PlanStanding) -> list[Event]:
    """Tell how a rebooking that was open was answered, if there was one."""
    was = before.rebooking
    return [events.RebookingAnswered(before.id, was.how, answer)] if was and was.open else []


def _declared(after: Appointment, hold: Hold, health: Health) -> Appointment:
    declared = health or after.health
    if hold.health and not declared:
        raise HealthMissing
    return replace(after, health=declared)
