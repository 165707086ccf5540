"""What people do: book, change their minds, read what they are told, come, or do not."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta

from chalicelib.appointments.model import (
    Appointment,
    Details,
    Hold,
    How,
    PlanStanding,
    Status,
    TooLate,
    WalkInsRefused,
    Who,
    written,
)
from chalicelib.kernel.calls import Call

from .day import BUND, PUDONG, TODAY, NoonDay, at
from .visitors import ANSWERS, ASKED, MANNERS, WANTED, Visitor, drawn, offset, phone

BOOKINGS, WALK_INS = 300, 100
BOOKING_DAYS = [date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 23)]
TOMORROW = date(2026, 11, 25)
# So many book on the morning itself, and so many hold a time when their branch closes and book it then.
SAME_DAY, HELD_AT_NOON = 20, 2
_REBOOKED = {"appointment_rebooked": How.MOVED, "appointment_online": How.ONLINE, "appointment_choose": How.NOTHING}


class Story:
    """Everybody's plans, put on the agenda of a day."""

    def __init__(self, day: NoonDay) -> None:
        self.day, self.chance = day, day.chance
        day.told = self.reads
        for number in range(BOOKINGS):
            visitor = self._visitor(number, drawn(self.chance, MANNERS))
            branch = BUND if number % 2 else PUDONG
            when = self._booked_on(number)
            day.on(when, lambda visitor=visitor, branch=branch: self.book(visitor, branch))
        for number in range(BOOKINGS, BOOKINGS + WALK_INS):
            visitor = self._visitor(number, "comes")
            branch = BUND if number % 2 else PUDONG
            day.on(at(self.chance.uniform(9, 16)), lambda visitor=visitor, branch=branch: self.walk_in(visitor, branch))
        day.on(at(12), lambda: day.close(BUND))
        for half in range(25, 36):
            day.on(at(half / 2), self.staff_asks)

    def _visitor(self, number: int, manner: str) -> Visitor:
        day, needs = self.day, ("mobility",) if self.chance.random() < 0.08 else ()
        customer = day.services.identity.found_by_phone(phone(number))
        visitor = Visitor(customer, phone(number), manner, offset(self.chance, manner), needs)
        day.visitors[visitor.phone] = visitor
        return visitor

    def _booked_on(self, number: int) -> datetime:
        if number < HELD_AT_NOON * 2 and number % 2:
            return at(11.98)
        if number < SAME_DAY + HELD_AT_NOON * 2:
            return at(self.chance.uniform(7.5, 11))
        return at(self.chance.uniform(8, 19), self.chance.choice(BOOKING_DAYS))

    # --- booking -----------------------------------------------------------------------------------------------------

    def book(self, visitor: Visitor, branch: str) -> None:
        """Book one of the free times of the day, at the other branch if there is none."""
        day = self.day
        late = day.now > at(11.9)
        services = ["card-replacement"] if late else [drawn(self.chance, WANTED[branch])]
        found = [(branch, start) for start in self._free(branch, services, day.by(visitor))]
        found = [it for it in found if it[1] > at(12.5)] if late else found
        elsewhere = [] if found else self._free(PUDONG, ["statement-stamp"], day.by(visitor))
        where, start = self.chance.choice(found or [(PUDONG, at_) for at_ in elsewhere])
        services = services if found else ["statement-stamp"]
        hold = day.services.holding.hold(where, services, start, "", day.by(visitor))
        if late:
            return day.on(at(12.02), lambda: self._booked(visitor, hold))
        return self._booked(visitor, hold)

    def _free(self, branch: str, services: Sequence[str], by: Call, on: date = TODAY) -> list[datetime]:
        """Give what is free to customers, or to a member of staff: they have another share of it."""
        finding = self.day.services.availability
        slots = finding.desk_slots if by.actor.is_staff else finding.slots
        found = slots(branch, services, on, 1, by)
        return [slot.starts_at for slot in found.days[0].slots]

    def _booked(self, visitor: Visitor, hold: Hold) -> None:
        day = self.day
        details = Details(support_needs=visitor.needs)
        made = day.services.booking.book(hold.id, self._token(hold), details, day.by(visitor))
        visitor.appointment, visitor.generation = made.id, made.generation
        day.by_appointment[made.id] = visitor
        visitor.did.append("booked")
        self.expect(visitor, made)
        ahead = (made.starts_at - day.now) / timedelta(minutes=1)
        if visitor.manner in ("cancels", "moves"):
            does = self.cancel if visitor.manner == "cancels" else self.move
            day.after(ahead * self.chance.uniform(0.3, 0.9), lambda: does(visitor, made.generation))

    def expect(self, visitor: Visitor, made: Appointment) -> None:
        """Let somebody set off in time for their visit as it is agreed now, if they come at all."""
        visitor.generation = made.generation
        if visitor.manner != "stays_away":
            self.day.on(made.starts_at + visitor.offset, lambda: self.come(visitor, made.generation))

    def cancel(self, visitor: Visitor, generation: int) -> None:
        """Cancel by the link of the last text, unless something else came between."""
        if self._still(visitor, generation):
            with suppress(TooLate):
                self.day.services.rebooking.cancel_by_link(visitor.link, self.day.holder())
                visitor.did.append("cancelled")

    def move(self, visitor: Visitor, generation: int) -> None:
        """Move to another time of the day by the link, unless something else came between."""
        if self._still(visitor, generation):
            with suppress(TooLate):
                self.choose(visitor, TODAY, "moved")

    def choose(self, visitor: Visitor, on: date, did: str) -> None:
        """Take another time by the link: hold it, then move there; on a day that is full everywhere they leave it."""
        changing = self.day.services.rebooking
        found = self._another(visitor, on)
        if found is not None:
            hold = changing.hold_by_link(visitor.link, found[1], found[0], self.day.holder())
            moved = changing.reschedule_by_link(visitor.link, hold.id, self._token(hold), {}, self.day.holder())
            self._agreed(visitor, moved, did)

    def _another(self, visitor: Visitor, on: date, by: Call | None = None) -> tuple[str, datetime] | None:
        now = self.day.appointment(visitor)
        free = [
            (branch, start)
            for branch in (now.branch, BUND)
            for start in self._free(branch, now.services, by or self.day.holder(), on)
        ]
        free = [it for it in free if it[1] > self.day.now + timedelta(minutes=90)]
        return self.chance.choice(free) if free else None

    def _agreed(self, visitor: Visitor, moved: Appointment, did: str) -> None:
        visitor.did.append(did)
        self.expect(visitor, moved)

    def _token(self, hold: Hold) -> str:
        return self.day.services.keys.token("hold", written(hold))

    def _still(self, visitor: Visitor, generation: int) -> bool:
        now = self.day.appointment(visitor)
        return now.status is Status.BOOKED and now.generation == generation

    # --- coming ------------------------------------------------------------------------------------------------------

    def come(self, visitor: Visitor, generation: int) -> None:
        """Come to the branch that was agreed last, and be checked in one way or the other."""
        if not self._still(visitor, generation):
            return
        day, now = self.day, self.day.appointment(visitor)
        code = day.services.keys.token("check_in", now.id)
        who = self.chance.choice((Who(code=code), Who(code=code), Who(number=now.number), Who(phone=visitor.phone)))
        came = day.services.arrivals.check_in(now.branch, who, None, day.clerk(now.branch))
        assert came.id == visitor.appointment
        visitor.did.append("came")
        day.counters.stir(now.branch, came.came.pool)

    def walk_in(self, visitor: Visitor, branch: str) -> None:
        """Come without a booking; who stands before a closed door goes to the other branch."""
        day, known = self.day, self.chance.random() < 0.6
        who = ("", visitor.phone if known else "")
        services = [drawn(self.chance, WANTED[PUDONG])]
        try:
            came = day.services.arrivals.walk_in(branch, services, who, visitor.needs, day.clerk(branch))
        except WalkInsRefused:
            visitor.did.append("stood before a closed door")
            return day.after(25, lambda: self.walk_in(visitor, PUDONG))
        visitor.appointment, visitor.walked_in = came.id, True
        day.by_appointment[came.id] = visitor
        visitor.did.append("walked in")
        return day.counters.stir(branch, came.came.pool)

    # --- when it closes ----------------------------------------------------------------------------------------------

    def reads(self, visitor: Visitor, template: str) -> None:
        """Read a text; who reads that their visit cannot take place answers after a while, or does not."""
        how = _REBOOKED.get(template)
        if how is not None:
            visitor.generation = generation = self.day.appointment(visitor).generation
            answer = drawn(self.chance, ANSWERS[how])
            visitor.did.append(f"read: {how}")
            self.day.after(self.chance.randint(1, 40), lambda: self.answers(visitor, generation, answer))

    def answers(self, visitor: Visitor, generation: int, answer: str) -> None:
        """Answer by the link, unless the visit is over or somebody was quicker."""
        if not self._still(visitor, generation):
            return
        day, now = self.day, self.day.appointment(visitor)
        if answer == "accepts":
            day.services.answering_visits.accept_by_link(visitor.link, day.holder())
            visitor.did.append("accepted")
        elif answer == "chooses":
            self.choose(visitor, TOMORROW, "chose another day")
        elif answer == "declines":
            day.services.rebooking.cancel_by_link(visitor.link, day.holder())
            visitor.did.append("declined")
        visitor.intends = answer
        if answer in ("accepts", "comes") and now.rebooking and now.rebooking.how is How.MOVED:
            self.expect(visitor, now)

    def staff_asks(self) -> None:
        """Let the lead call everybody who has not chosen in time, or could be offered nothing."""
        day, lead = self.day, self.day.call("lead-east")
        _, page = day.services.switching.plan(BUND, PlanStanding.TO_CHOOSE, 100, None, lead)
        for entry in page.items:
            visitor = day.by_appointment[entry.appointment]
            if self._still(visitor, visitor.generation) and visitor.intends != "not_reached":
                visitor.intends = "comes" if visitor.intends == "comes" else drawn(self.chance, ASKED)
                self._asked(visitor, visitor.intends)

    def _asked(self, visitor: Visitor, answer: str) -> None:
        day, now = self.day, self.day.appointment(visitor)
        if answer == "declines":
            day.services.rebooking.cancel(now.id, day.call("lead-east"))
            visitor.did.append("declined on the phone")
        elif answer == "chooses":
            self._chosen_for(visitor)
        elif answer == "comes" and now.rebooking and now.rebooking.how is How.MOVED:
            # Staff see the link too, and accept for who says that it is fine with them.
            link = day.services.keys.token("visit", now.link_id)
            day.services.answering_visits.accept_by_link(link, day.call("lead-east"))
            visitor.did.append("accepted on the phone")
            self.expect(visitor, now)

    def _chosen_for(self, visitor: Visitor) -> None:
        """Take another day for somebody who says on the phone what suits them."""
        day, lead = self.day, self.day.call("lead-east")
        found, now = self._another(visitor, TOMORROW, lead), day.appointment(visitor)
        if found is not None:
            hold = day.services.holding.hold_for((visitor.customer, ""), found[0], now.services, found[1], lead)
            moved = day.services.rebooking.reschedule(now.id, hold.id, self._token(hold), {}, day.call("lead-east"))
            self._agreed(visitor, moved, "chose another day on the phone")
