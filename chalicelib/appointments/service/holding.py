"""Holding time at a counter before anything is asked of whoever wants it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import Link, Record, chained, end
from chalicelib.kernel.limits import Limit as Rate

from .. import events, policy
from ..model import Asked, Channel, Hold, HoldSpent, Limit, NotASlot, SlotTaken, Visit, channel_of
from ..ports import Appointments, Customers
from .finding import Finding


@dataclass(frozen=True)
class Holding:
    """A hold takes its cells in one transaction, without having read them; only a refusal costs reading."""

    store: Appointments
    finding: Finding
    customers: Customers

    def hold(self, branch: str, services: Sequence[str], start: datetime, instead_of: str, call: Call) -> Hold:
        """Hold a time for the caller.

        Raises NotFound, NotBookable, NotASlot, SlotTaken, TooManyOpen and TooManyHolds, and DayBeforeOnly for whoever missed
        too many.
        """
        access.require(call.actor, Act.APPOINTMENT_BOOK)
        asked = self.finding.asked(branch, services, channel_of(call.actor))
        return self.keep(asked, start, call.actor.id, instead_of, call)

    def hold_for(self, who: tuple[str, str], branch: str, services: Sequence[str], start: datetime, call: Call) -> Hold:
        """Hold a time for a customer, by id or phone number, as staff; raises PhoneInvalid too."""
        customer, phone = who
        asked = self.finding.asked(branch, services, channel_of(call.actor))
        access.require_on(call.actor, Act.APPOINTMENT_LOG, unit=asked.branch.unit)
        known = self.customers.known(customer) if customer else ""
        customer = known or (self.customers.by_phone(phone, call) if phone else "")
        if not customer:
            raise NotFound
        return self.keep(asked, start, customer, "", call)

    def keep(
        self,
        asked: Asked,
        start: datetime,
        customer: str,
        instead_of: str,
        call: Call,
        *,
        had_the_day: bool = False,
    ) -> Hold:
        """Hold a time for a customer; one hold more than they may have open, where it is to take the place of another.

        Who `had_the_day`, as whoever is moved by us, is not told to book for another one, whatever they missed.
        """
        visit = self.visit(asked, start, call.now)
        limits = policy.limits(asked.branch, asked.services, visit, asked.channel, call.now)
        hold = self.made(asked, visit, customer, instead_of, call)
        moved = had_the_day or Role.SYSTEM in call.actor.roles
        today = None if moved else self.today(asked, visit, call.now)
        try:
            return self._take(hold, limits, today, call)
        except SlotTaken as gone:
            # A hold that is over may still have its cells; whoever needs them does not wait for the sweep.
            if self.free_expired(hold.day, call):
                try:
                    return self._take(hold, limits, today, call)
                except SlotTaken:
                    pass
            raise SlotTaken(alternatives=self.finding.alternatives(asked, start, call.now)) from gone

    def free_expired(self, day: str, call: Call) -> int:
        """Free the holds of a branch's day that are over; give how many there were."""
        over = self.store.expired(day, call.now)
        for hold in over:
            self._free(hold, call)
        return len(over)

    def expire(self, day: str, id_: str, call: Call) -> str:
        """Free a hold if it is over; one that was booked, freed, or is not over stays as it is."""
        hold = self.store.hold(day, id_)
        if hold is None:
            return "settled"
        if call.now < hold.until:
            return "early"
        return self._free(hold, call)

    def _free(self, hold: Hold, call: Call) -> str:
        records = freed(hold, call)
        try:
            self.store.free(hold, records)
        except HoldSpent:
            return "settled"
        return "freed"

    def visit(self, asked: Asked, start: datetime, now: datetime) -> Visit:
        """Give the visit that begins then; raises NotASlot."""
        calendar = self.finding.packs.calendar(asked.branch.calendar)
        visit, why = policy.visit_wanted(asked, calendar, start, now)
        if visit is None:
            raise NotASlot(closed_because=why, alternatives=self.finding.alternatives(asked, start, now))
        return visit

    def today(self, asked: Asked, visit: Visit, now: datetime) -> datetime | None:
        """Give the present instant where a customer comes today, and what they missed counts; None where it does not.

        Whoever opens the door, or calls for somebody, judges for themselves.
        """
        same_day = asked.branch.local_day(visit.starts_at) == asked.branch.local_day(now)
        return now if asked.channel is Channel.PUBLIC and same_day else None

    def _take(self, hold: Hold, limits: Sequence[Limit], today: datetime | None, call: Call) -> Hold:
        if any(min(limit.most, limit.share) < 1 for limit in limits):
            raise SlotTaken
        records = taken(hold, call)
        kept = replace(hold, link=end(records, Link()))
        most = policy.MOST_OPEN + bool(hold.instead_of)
        counted = self._counted(hold, call)
        self.store.take(kept, limits, most, records, call.stamp(kept), today=today, counted=counted)
        return kept

    def _counted(self, hold: Hold, call: Call) -> dict[str, Rate]:
        """Name what a hold counts towards: nothing where staff takes it, or we do; an address is known by its digest."""
        if call.actor.is_staff or Role.SYSTEM in call.actor.roles:
            return {}
        names = {f"held#{hold.customer_id}": policy.HELD_BY_ONE}
        if call.address:
            names[f"held#{self.finding.keys.digest('limit', 'address', call.address)}"] = policy.HELD_FROM_ONE
        return names

    def made(self, asked: Asked, visit: Visit, customer: str, instead_of: str, call: Call) -> Hold:
        """Make a hold that nothing was taken for yet."""
        return Hold(
            id=call.new_id("hld"),
            branch=asked.branch.id,
            unit=asked.branch.unit,
            timezone=asked.branch.timezone,
            services=tuple(service.id for service in asked.services),
            late_hours=max(service.late_hours for service in asked.services),
            visit=visit,
            channel=asked.channel,
            customer_id=customer,
            instead_of=instead_of,
            health=policy.declares(asked.branch, visit.starts_at),
        )


def taken(hold: Hold, call: Call) -> list[Record]:
    """Begin the chain of a hold."""
    visit = hold.visit
    told = events.HoldTaken(hold.id, hold.branch, hold.services, visit.starts_at, hold.channel.value, hold.until)
    return chained(hold.id, Link(), [told], call)


def freed(hold: Hold, call: Call) -> list[Record]:
    """End the chain of a hold that was not booked."""
    return chained(hold.id, hold.link, [events.HoldFreed(hold.id, hold.branch, hold.visit.starts_at)], call)
