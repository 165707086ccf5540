"""From a hold to an appointment."""

from dataclasses import dataclass, replace

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, Invalid, NotFound
from chalicelib.kernel.events import Link, Record, chained, end
from chalicelib.kernel.notices import Notice
from chalicelib.kernel.tokens import Keys

from .. import events, policy
from ..model import Appointment, Details, HealthMissing, Hold, HoldExpired, Status, read
from ..ports import Appointments

NUMBERS_TRIED = 5


@dataclass(frozen=True)
class Booking:
    """Booking reads nothing: what was held stands in the token, and whether it still is in the transaction's condition."""

    store: Appointments
    keys: Keys

    def book(self, hold_id: str, token: str, details: Details, call: Call) -> Appointment:
        """Spend the caller's hold; raises NotFound for a forged or foreign token, HoldExpired, HoldSpent."""
        access.require(call.actor, Act.APPOINTMENT_BOOK)
        hold = self.held(hold_id, token, call)
        if hold.customer_id != call.actor.id:
            raise NotFound
        return self._book(hold, details, call)

    def book_for(self, hold_id: str, token: str, details: Details, call: Call) -> Appointment:
        """Spend a hold that staff took for a customer."""
        access.require(call.actor, Act.APPOINTMENT_LOG)
        hold = self.held(hold_id, token, call)
        access.require_on(call.actor, Act.APPOINTMENT_LOG, unit=hold.unit)
        return self._book(hold, details, call)

    def held(self, hold_id: str, token: str, call: Call) -> Hold:
        """Read a hold from its token; raises NotFound for one that is not ours, HoldExpired for one that is over."""
        said = self.keys.opened("hold", token)
        hold = read(said) if said else None
        if hold is None or hold.id != hold_id:
            raise NotFound
        if call.now >= hold.until:
            raise HoldExpired
        return hold

    def _book(self, hold: Hold, details: Details, call: Call) -> Appointment:
        if hold.instead_of:
            # It was had beyond what a customer may have open.
            raise Invalid.field("hold", "not_one_of")
        for attempt in range(NUMBERS_TRIED):
            try:
                return self._stored(hold, details, call)
            except Changed:
                # The number was taken by another appointment of the day: one in a million for each of them.
                if attempt + 1 == NUMBERS_TRIED:
                    raise
        raise Changed

    def _stored(self, hold: Hold, details: Details, call: Call) -> Appointment:
        made, records = booked(hold, details, call)
        self.store.book(made, hold, records, call.stamp(made))
        return made


def booked(hold: Hold, details: Details, call: Call) -> tuple[Appointment, list[Record]]:
    """Make an appointment at the time of a hold, and the records it begins with; raises HealthMissing."""
    if hold.health and not details.health:
        raise HealthMissing
    made = _made(hold, details, call)
    told = events.AppointmentBooked(
        made.id, made.number, hold.id, made.branch, made.services, made.starts_at, made.channel.value
    )
    records = chained(made.id, Link(), [told], call)
    return policy.scheduled(replace(made, link=end(records, Link()))), records


def _made(hold: Hold, details: Details, call: Call) -> Appointment:
    made = Appointment(
        id=call.new_id("apt"),
        status=Status.BOOKED,
        branch=hold.branch,
        unit=hold.unit,
        timezone=hold.timezone,
        services=hold.services,
        customer_id=hold.customer_id,
        channel=hold.channel,
        starts_at=hold.visit.starts_at,
        ends_at=hold.visit.ends_at,
        booked_at=call.now,
        visit=hold.visit,
        late_hours=hold.late_hours,
        support_needs=details.support_needs,
        health=details.health,
        contact=details.contact,
    )
    # Nobody has been told yet: the job that hears of the booking asks for the word, and the sweep if it does not.
    word = Notice("confirmation", "appointment_booked", "customer", call.now, tries=0)
    return made.owing(word, *policy.reminders(made, call.now))
