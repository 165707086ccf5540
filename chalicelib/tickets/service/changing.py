"""Reading a ticket with its rights, and changing it under its version."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Event, Link, chained, end
from chalicelib.sla.packs import Packs

from ..model import ConflictOfInterest, Message, Ticket
from ..policy import scheduled
from ..ports import Tickets

TRIES = 4
Change = tuple[Ticket, Sequence[Event]]


@dataclass(frozen=True)
class Changing:
    """The one way a ticket is read for somebody, and the one way it is written."""

    store: Tickets
    packs: Packs

    def reach(self, id_: str, act: Act, call: Call) -> Ticket:
        """Give a ticket the caller may do this to; raises NotFound for a foreign one, Forbidden for a foreign act.

        Staff who are complained about may see the ticket in no way: ConflictOfInterest.
        """
        access.require(call.actor, act)
        ticket = self.store.get(id_)
        if ticket is None:
            raise NotFound
        access.require_on(call.actor, act, customer=ticket.customer_id, unit=ticket.unit)
        if call.actor.is_staff and ticket.about_staff == call.actor.id:
            raise ConflictOfInterest
        return ticket

    def add(self, ticket: Ticket, happened: Sequence[Event], call: Call) -> Ticket:
        """Store a new ticket with its records; raises Changed if its number is taken."""
        records = chained(ticket.id, Link(), happened, call)
        ticket = scheduled(replace(ticket, link=end(records, Link())), self.packs, call.now)
        self.store.add(ticket, records, call.stamp(ticket))
        return ticket

    def change(
        self,
        id_: str,
        act: Act,
        call: Call,
        change: Callable[[Ticket], Change],
        say: Message | None = None,
    ) -> Ticket:
        """Change a ticket the caller may do this to, and record what happened; what others do meanwhile is kept."""
        return self.apply(lambda: self.reach(id_, act, call), call, change, say)

    def apply(
        self, read: Callable[[], Ticket], call: Call, change: Callable[[Ticket], Change], say: Message | None = None
    ) -> Ticket:
        """Read, change, and write if nobody wrote in between; else again. No events, no write but the answer's."""
        for attempt in range(TRIES):
            before = read()
            call.expect(before.version)
            after, happened = change(before)
            if not happened:
                self.store.remember(call.stamp(before))
                return before
            records = chained(before.id, before.link, happened, call)
            after = scheduled(replace(after, link=end(records, before.link)), self.packs, call.now)
            try:
                stamp = call.stamp(replace(after, version=before.version + 1))
                return self.store.save(after, records, stamp, say)
            except Changed:
                if attempt + 1 == TRIES:
                    raise
        raise Changed
