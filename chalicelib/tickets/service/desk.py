"""Tickets for people: reading and listing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import moment
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position
from chalicelib.kernel.tokens import Keys

from ..model import MOVES, ClockFacts, Row, Ticket, replayed
from ..ports import Chains
from .changing import Changing


@dataclass(frozen=True)
class Desk:
    """What customers and staff may see of tickets of any kind."""

    changing: Changing
    chains: Chains
    keys: Keys

    def read(self, id_: str, call: Call) -> Ticket:
        """Give one ticket."""
        return self.changing.reach(id_, Act.TICKET_READ, call)

    def clocks(self, id_: str, as_of: datetime | None, call: Call) -> tuple[ClockFacts, ...]:
        """Give the clocks of one ticket, or as its records knew them at an instant in the past."""
        ticket = self.changing.reach(id_, Act.DESK_READ, call)
        if as_of is None:
            return ticket.clocks
        known = (r for r in self.chains.chain(ticket.id) if moment(r.at) <= as_of)
        return replayed(record.body.get(MOVES, ()) for record in known)

    def own(self, limit: int, start: Position | None, call: Call) -> Page[Row]:
        """List the caller's tickets, newest first."""
        access.require(call.actor, Act.TICKET_LIST)
        return self.changing.store.of_customer(call.actor.id, limit, start)

    def queue(
        self, unit: str, is_open: bool, where: dict[str, str], limit: int, start: Position | None, call: Call
    ) -> Page[Row]:
        """List a unit's tickets, nearest due first; a unit out of reach looks absent, and so does what is about the caller."""
        access.require_on(call.actor, Act.DESK_QUEUE, unit=unit)
        return self.changing.store.of_desk(unit, is_open, where, call.actor.id, limit, start)

    def history(self, id_: str, act: Act, call: Call) -> Iterator[Record]:
        """Give the records of a ticket, in order."""
        ticket = self.changing.reach(id_, act, call)
        return iter(self.chains.chain(ticket.id))

    def by_token(self, token: str) -> Ticket:
        """Give the ticket a status link was made for; raises NotFound for any other text."""
        id_ = self.keys.opened("status", token)
        ticket = self.changing.store.get(id_) if id_ else None
        if ticket is None:
            raise NotFound
        return ticket
