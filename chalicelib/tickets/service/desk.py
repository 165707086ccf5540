"""Tickets for people: reading, listing, writing messages, choosing owners."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Forbidden, Invalid, NotFound
from chalicelib.kernel.events import Event, Record
from chalicelib.kernel.paging import Page, Position
from chalicelib.kernel.tokens import Keys

from .. import events, policy
from ..model import Author, ClockFacts, ConflictOfInterest, Message, Notice, Row, Ticket, Visibility
from ..ports import Chains, Colleagues
from .changing import Changing

OWNERS = frozenset({Role.AGENT, Role.SUPERVISOR})


@dataclass(frozen=True)
class Desk:
    """What customers and staff do with tickets of any kind."""

    changing: Changing
    chains: Chains
    colleagues: Colleagues
    keys: Keys

    def read(self, id_: str, call: Call) -> Ticket:
        """Give one ticket."""
        return self.changing.reach(id_, Act.TICKET_READ, call)

    def clocks(self, id_: str, call: Call) -> tuple[ClockFacts, ...]:
        """Give the clocks of one ticket."""
        return self.changing.reach(id_, Act.DESK_READ, call).clocks

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

    def post(self, id_: str, body: str, visibility: Visibility, call: Call) -> Message:
        """Say something on a ticket; raises Forbidden if a customer wants to speak internally."""
        staff = call.actor.is_staff
        if visibility is Visibility.INTERNAL and not staff:
            raise Forbidden
        message = Message(
            id=call.new_id("msg"),
            author=Author.STAFF if staff else Author.CUSTOMER,
            by=call.actor.id,
            visibility=visibility,
            body=body,
            at=call.now,
        )
        digest = hashlib.sha256(body.encode()).hexdigest()
        happened = events.MessagePosted(id_, message.id, message.author, visibility, digest)
        self.changing.change(id_, Act.TICKET_WRITE, call.telling(message), lambda ticket: (ticket, [happened]), message)
        return message

    def messages(self, id_: str, limit: int, start: Position | None, call: Call) -> Page[Message]:
        """List what was said, oldest first; the customer sees what is public."""
        self.changing.reach(id_, Act.TICKET_READ, call)
        page = self.changing.store.messages(id_, limit, start)
        if call.actor.is_staff:
            return page
        shown = tuple(message for message in page.items if message.visibility is Visibility.PUBLIC)
        return replace(page, items=shown)

    def assign(self, id_: str, owner: str, call: Call) -> Ticket:
        """Make somebody the owner; raises ConflictOfInterest for who is complained about, Invalid for who is not there."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            roles = self.colleagues.working(ticket.unit).get(owner)
            if roles is None or not roles & OWNERS:
                raise Invalid.field("owner", "not_one_of")
            if ticket.complained_about(owner, ticket.unit):
                raise ConflictOfInterest
            if owner == ticket.owner:
                return ticket, []
            notice = Notice(f"assigned:{owner}:{ticket.version}", "case_assigned", "owner", call.now)
            after = replace(ticket, owner=owner).owing(notice)
            return after, [events.TicketAssigned(ticket.id, owner, ticket.owner, (after.word(notice),))]

        return self.changing.change(id_, Act.DESK_ASSIGN, call, change)

    def candidates(self, ticket: Ticket) -> list[str]:
        """List who may own a ticket in its unit: agents who are there and not complained about; else supervisors."""
        working = self.colleagues.working(ticket.unit)
        free = {who: roles for who, roles in working.items() if not ticket.complained_about(who, ticket.unit)}
        agents = [who for who, roles in free.items() if Role.AGENT in roles]
        return agents or [who for who, roles in free.items() if Role.SUPERVISOR in roles]

    def owner_for(self, ticket: Ticket) -> str:
        """Choose an owner for a new ticket; empty if there is nobody."""
        return policy.choose_owner(self.candidates(ticket), ticket.id)

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
