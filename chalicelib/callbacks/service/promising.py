"""Promising a call: to a customer who asks, to one who rang in vain, and to one whose complaint was closed."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel import access
from chalicelib.kernel import phone as phones
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Link, chained, end

from .. import events, policy
from ..model import AlreadyPromised, Asker, Callback, NotToBeCalled, Promised, Purpose, Status, WindowFull, Wish
from ..ports import Callbacks, Customers, Matter, Matters, People
from .framing import Framing
from .offering import Offering
from .proving import Proving

NUMBERS_TRIED = 5


@dataclass(frozen=True)
class Promising:
    """A promise takes room in its window in the transaction that makes it, without having read how much there is."""

    store: Callbacks
    framing: Framing
    offering: Offering
    proving: Proving
    people: People
    customers: Customers
    matters: Matters

    def promise(self, wish: Wish, call: Call) -> Callback:
        """Promise the caller a call.

        Raises OutsideHours, NotAWindow, WindowFull, AlreadyPromised, PhoneInvalid, and NotFound for a foreign ticket.
        """
        access.require(call.actor, Act.CALLBACK_ASK)
        matter = self.matters.reach(wish.about, Act.TICKET_READ, call) if wish.about else None
        unit = matter.unit if matter else call.actor.unit
        return self.keep(self.drafted(call.actor.id, unit, wish, matter, Asker.CUSTOMER, call), wish.start, call)

    def log(self, who: tuple[str, str], wish: Wish, call: Call) -> Callback:
        """Promise a customer a call, by id or phone number, as staff: somebody who rang in vain, or has to be told something.

        Raises what `promise` raises, NotToBeCalled for who does not wish it, and ConflictOfInterest.
        """
        access.require(call.actor, Act.CALLBACK_LOG)
        matter = self.matters.reach(wish.about, Act.DESK_READ, call) if wish.about else None
        unit = matter.unit if matter else call.actor.unit
        access.require_on(call.actor, Act.CALLBACK_LOG, unit=unit)
        customer, phone = who
        known = self.customers.known(customer) if customer else ""
        customer = known or (self.customers.by_phone(phone, call) if phone else "")
        if not customer or (matter and matter.customer_id != customer):
            raise NotFound
        drafted = self.drafted(customer, unit, wish, matter, Asker.STAFF, call)
        if wish.purpose is not Purpose.SERVICE:
            wishes = policy.forbidden(self.store.book(customer), self.framing.of(drafted, call.now), call.now)
            if wishes is not None:
                raise NotToBeCalled(why=wishes.why)
        return self.keep(drafted, wish.start, call)

    def keep(self, drafted: Callback, start: datetime | None, call: Call) -> Callback:
        """Give a draft its time and store it; one that is open already for the same time is given instead."""
        timed = self.offering.timed(drafted, start, call.now)
        most = self.framing.most(timed.unit, timed.cell or timed.starts_at)
        for attempt in range(NUMBERS_TRIED):
            try:
                return self.stored(timed, most, call)
            except Promised as known:
                return self._same(known.callback, start, call)
            except WindowFull as full:
                raise WindowFull(alternatives=self.offering.alternatives(timed, call.now)) from full
            except Changed:
                # The number was taken by another one of the day: one in a million for each of them.
                if attempt + 1 == NUMBERS_TRIED:
                    raise
                timed = replace(timed, id=call.new_id("cbk"))
        raise Changed

    def stored(self, timed: Callback, most: int, call: Call) -> Callback:
        """Store a new callback; raises Promised, WindowFull, and Changed if its number is taken."""
        told = events.CallbackPromised(
            timed.id, timed.number, timed.unit, timed.purpose, timed.starts_at, timed.ends_at, timed.by, timed.about
        )
        records = chained(timed.id, Link(), [told], call)
        made = policy.scheduled(replace(timed, link=end(records, Link())))
        self.store.promise(made, most, self.proving.digest(made.id), records, call.stamp(made))
        return made

    def drafted(self, customer: str, unit: str, wish: Wish, matter: Matter | None, by: Asker, call: Call) -> Callback:
        """Make a callback that has no time yet."""
        reached = next(iter(self.people.contacts("customer", unit, "", customer)), None)
        if reached is None:
            raise NotFound
        phone = phones.callable_at(wish.phone) if wish.phone else reached.address
        drafted = Callback(
            id=call.new_id("cbk"),
            status=Status.PROMISED,
            unit=unit,
            customer_id=customer,
            purpose=wish.purpose,
            by=by,
            asked_at=call.now,
            starts_at=call.now,
            ends_at=call.now,
            expires_at=call.now,
            language=wish.language or reached.language,
            timezone=wish.timezone or self.framing.units.of(unit)[0],
            country=phones.country(phone),
            reason=wish.reason,
            topic=wish.topic,
            support_needs=wish.support_needs,
            phone=phone,
        )
        return drafted if matter is None else concerning(drafted, matter, wish)

    def _same(self, known: str, start: datetime | None, call: Call) -> Callback:
        """Give the open call if it is the one that is wanted; raises AlreadyPromised if it is promised for another time."""
        found = self.store.get(known)
        if found is None:
            raise Changed
        now = found.starts_at == found.asked_at
        if (start is None and now) or (start is not None and found.starts_at == start):
            self.store.remember(call.stamp(found))
            return found
        raise AlreadyPromised(callback=found.id, starts_at=text(found.starts_at))


def concerning(drafted: Callback, matter: Matter, wish: Wish) -> Callback:
    """Give a draft with what its ticket knows: who owns it, whom it is about, and what nobody has said otherwise."""
    return replace(
        drafted,
        about=matter.id,
        about_staff=matter.about_staff,
        prefer=matter.owner,
        language=wish.language or matter.language or drafted.language,
        topic=wish.topic or matter.topic,
    )
