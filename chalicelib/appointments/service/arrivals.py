"""Coming to a branch: with a booking, or without."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Event, Link, Record, chained, end
from chalicelib.kernel.tokens import Keys

from .. import events, policy
from ..model import (
    MISSED,
    Appointment,
    Asked,
    Branch,
    Entry,
    How,
    NotBySelf,
    PlanStanding,
    Proof,
    Status,
    Turn,
    WalkInsRefused,
    Who,
    channel_of,
)
from ..ports import Customers, Days
from .booking import NUMBERS_TRIED
from .changing import Changing, answered
from .queueing import Queueing

# How far back a customer's appointments are looked through for the one they come for.
_NEWEST = 100
# Short numbers begin with who comes how: booked, or not.
_BOOKED, _WALK_IN = "A", "B"


@dataclass(frozen=True)
class Coming:
    """How and when somebody came, and what a clerk saw of a document; `note` is the name a kiosk has for it."""

    how: str
    at: datetime
    proof: Proof | None = None
    note: str = ""


@dataclass(frozen=True)
class Arrivals:
    """Whoever comes is given a short number and a place; what they count since is fixed then."""

    changing: Changing
    queueing: Queueing
    days: Days
    customers: Customers
    keys: Keys

    def check_in(self, branch_id: str, who: Who, proof: Proof | None, call: Call) -> Appointment:
        """Check somebody in who is booked, as staff of the branch.

        Raises NotFound, NotAllowedNow, WrongBranch, WrongDay, TooEarly and PhoneInvalid.
        """
        branch = self._served(branch_id, call)
        found, how = self._found(branch, who, call)
        return self.arrive(found, branch, Coming(how, call.now, proof), call)

    def check_in_self(self, id_: str, code: str, call: Call) -> Appointment:
        """Check oneself in with the code of the booking, where the branch allows it; raises NotBySelf too."""
        mine = self.changing.reach(id_, Act.APPOINTMENT_COME, call)
        branch = self.queueing.branch(mine.branch)
        if self.keys.opened("check_in", code) != mine.id:
            raise NotFound
        if not branch.self_check_in:
            raise NotBySelf
        return self.arrive(mine, branch, Coming("self", call.now), call)

    def walk_in(
        self, branch_id: str, services: Sequence[str], who: tuple[str, str], needs: Sequence[str], call: Call
    ) -> Appointment:
        """Give somebody who has no booking a place; who they are need not be known.

        `who` is a customer's id and a phone number, both of which may be empty. Raises NotFound, NotBookable, PhoneInvalid,
        and WalkInsRefused where a measure lets nobody in who has not booked.
        """
        branch = self._served(branch_id, call)
        if policy.appointment_only(branch, call.now):
            raise WalkInsRefused
        asked = self.changing.holding.finding.asked(branch_id, services, channel_of(call.actor))
        customer, phone = who
        known = self.customers.known(customer) if customer else ""
        if customer and not known:
            raise NotFound
        known = known or (self.customers.by_phone(phone, call) if phone else "")
        number = self._number(branch, _WALK_IN, call.now)
        for attempt in range(NUMBERS_TRIED):
            try:
                return self._walked_in(asked, known, tuple(needs), number, call)
            except Changed:
                # The number was taken by another appointment of the day: one in a million for each of them.
                if attempt + 1 == NUMBERS_TRIED:
                    raise
        raise Changed

    def _served(self, branch_id: str, call: Call) -> Branch:
        access.require(call.actor, Act.BRANCH_SERVE)
        branch = self.queueing.branch(branch_id)
        access.require_on(call.actor, Act.BRANCH_SERVE, unit=branch.unit)
        return branch

    def _found(self, branch: Branch, who: Who, call: Call) -> tuple[Appointment, str]:
        """Find whose visit it is: a code proves itself, a number of another unit's branch looks absent."""
        if who.phone:
            return self._by_phone(branch, who.phone, call), "phone"
        found = self.named(who)
        if found is None:
            raise NotFound
        if not who.code:
            access.require_on(call.actor, Act.BRANCH_SERVE, unit=found.unit)
        return found, "code" if who.code else "number"

    def named(self, who: Who) -> Appointment | None:
        """Find a visit by the code of the booking, else by its number; a code that is not ours finds nothing."""
        id_ = self.keys.opened("check_in", who.code) if who.code else who.number
        return self.changing.store.get(id_) if id_ else None

    def _by_phone(self, branch: Branch, phone: str, call: Call) -> Appointment:
        """Find the customer's next visit at this branch today."""
        customer = self.customers.found_by_phone(phone)
        rows = self.changing.store.of_customer(customer, _NEWEST, None).items if customer else ()
        today = branch.local_day(call.now)
        here = [row for row in rows if row.branch == branch.id and row.status == Status.BOOKED]
        here = sorted((row for row in here if branch.local_day(row.starts_at) == today), key=lambda row: row.starts_at)
        found = self.changing.store.get(here[0].id) if here else None
        if found is None:
            raise NotFound
        return found

    def arrive(self, found: Appointment, branch: Branch, coming: Coming, call: Call) -> Appointment:
        """Let somebody wait who came; who was noted and is there already stays as they are.

        Raises NotAllowedNow, WrongBranch, WrongDay and TooEarly, as of the instant at which they came.
        """
        policy.check_arrival(found, branch, coming.at)
        ticket = self._number(branch, _BOOKED, coming.at)

        def change(before: Appointment) -> tuple[Appointment, list[Event]] | None:
            if coming.note and before.turn is not None:  # another kiosk was quicker
                return None
            policy.check_arrival(before, branch, coming.at)
            pool = self.queueing.pool(before.services)
            turn = policy.arrived(before, branch, pool, ticket, coming.at)
            turn = replace(turn, proof=coming.proof, note=coming.note)
            came = before.moved(Status.CHECKED_IN).told(MISSED).settled(_answer(before))
            after = self._placed(came, turn, branch, call)
            return after, [_arrived(after, coming.how), *answered(before, _answer(before))]

        return self.changing.apply(self.changing.again(found), change, call, self._keep)

    def _placed(self, appointment: Appointment, turn: Turn, branch: Branch, call: Call) -> Appointment:
        """Give somebody their place among those who wait now; who came a while ago was told none, and is looked after."""
        if call.now - turn.arrived_at > policy.JUST_NOW:
            return replace(appointment, turn=replace(turn, look_at=call.now if appointment.customer_id else None))
        hall = self.queueing.hall(branch, call.now)
        me = Entry(appointment.id, appointment.number, appointment.status, appointment.services, call.now, 0, turn)
        wait = self.queueing.wait(me, turn, hall)
        turn = policy.told(turn, wait, call.now, reachable=bool(appointment.customer_id))
        return replace(appointment, turn=turn)

    def _walked_in(self, asked: Asked, customer: str, needs: tuple[str, ...], number: str, call: Call) -> Appointment:
        made = _without_booking(asked, customer, needs, call)
        turn = policy.arrived(made, asked.branch, asked.services[0].pool, number, call.now)
        made = self._placed(made, turn, asked.branch, call)
        records = chained(made.id, Link(), [_arrived(made, "walk_in")], call)
        made = policy.scheduled(replace(made, link=end(records, Link())))
        self.days.keep(made, records, call.stamp(made))
        return made

    def _number(self, branch: Branch, letter: str, now: datetime) -> str:
        return f"{letter}{self.days.next_number(branch.id, branch.local_day(now)):03}"

    def _keep(self, after: Appointment, before: Appointment, records: Sequence[Record], stamp: Stamp | None) -> None:
        tally = policy.measured(before, after)
        if before.status != Status.NO_SHOW:
            return self.days.keep(after, records, stamp, tally)
        # They came after all: what was counted against them is taken back.
        counted = policy.counts_against(before)
        earlier = self.days.misses(before.customer_id, before.starts_at - policy.WITHIN) if counted else ()
        until = policy.limited_until([start for start in earlier if start != before.starts_at])
        return self.days.revive(after, records, stamp, tally, missed=counted, limited_until=until)


def _answer(before: Appointment) -> PlanStanding:
    """Say how somebody chose by coming, who was asked to: where they were moved, that is fine with them."""
    was = before.rebooking
    return PlanStanding.ACCEPTED if was is not None and was.how is How.MOVED else PlanStanding.CHOSEN


def _without_booking(asked: Asked, customer: str, needs: tuple[str, ...], call: Call) -> Appointment:
    branch, minutes = asked.branch, sum(service.minutes for service in asked.services)
    return Appointment(
        id=call.new_id("apt"),
        status=Status.CHECKED_IN,
        branch=branch.id,
        unit=branch.unit,
        timezone=branch.timezone,
        services=tuple(service.id for service in asked.services),
        customer_id=customer,
        channel=asked.channel,
        starts_at=call.now,
        ends_at=call.now + timedelta(minutes=minutes),
        booked_at=call.now,
        support_needs=needs,
    )


def _arrived(appointment: Appointment, how: str) -> events.AppointmentArrived:
    turn = appointment.came
    wait = turn.wait
    return events.AppointmentArrived(
        appointment.id,
        appointment.number,
        appointment.branch,
        appointment.services,
        turn.ticket,
        turn.line.value,
        how,
        turn.counts_since,
        wait.place if wait else 0,
        wait.optimistic if wait else 0,
        wait.normal if wait else 0,
        vars(turn.proof) if turn.proof else None,
        turn.arrived_at,
        turn.note or None,
    )
