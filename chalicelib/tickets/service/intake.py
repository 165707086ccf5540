"""Taking in a matter of any kind: clocks, owner and the acknowledgement owed, all in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, Invalid, NotFound
from chalicelib.kernel.events import Event
from chalicelib.sla.packs import Packs

from .. import events, policy
from ..model import Filing, Kind, Notice, Severity, Ticket, received_notice
from ..ports import Customers, Handling
from .changing import Changing, sha256
from .recognising import Recognising
from .routing import Routing

NUMBERS_TRIED = 5
# How far the clocks of two honest machines may differ.
SKEW = timedelta(minutes=2)
# Says what happened when a ticket came in, and may add to it what its kind wants.
Receiving = Callable[[Ticket, Notice], tuple[Ticket, list[Event]]]


@dataclass(frozen=True)
class Intake:
    """The one door through which tickets come."""

    changing: Changing
    routing: Routing
    recognising: Recognising
    handling: Handling
    customers: Customers
    packs: Packs

    def log(self, filing: Filing, phone: str, call: Call, receiving: Receiving | None = None) -> Ticket:
        """Register what somebody of the staff took down; the customer is known by id or by phone number.

        Raises PhoneInvalid, and NotFound for a customer nobody knows.
        """
        self._may_file(filing, call)
        known = self.customers.known(filing.customer_id) if filing.customer_id else ""
        customer = known or (self.customers.by_phone(phone, call) if phone else "")
        if not customer:
            raise NotFound
        return self.file(replace(filing, customer_id=customer), call, receiving)

    def file(self, filing: Filing, call: Call, receiving: Receiving | None = None) -> Ticket:
        """Register a matter: clocks, owner, the acknowledgement owed.

        Raises NotFound for a unit that does not exist or is out of reach, Invalid if it was received in the future.
        """
        self._may_file(filing, call)
        for attempt in range(NUMBERS_TRIED):
            ticket, happened = self.registered(filing, call, receiving or _received)
            try:
                return self.changing.add(ticket, happened, call)
            except Changed:
                # The number was taken by another case of the day: one in a million for each of them.
                if attempt + 1 == NUMBERS_TRIED:
                    raise
        raise Changed

    def registered(self, filing: Filing, call: Call, receiving: Receiving | None = None) -> tuple[Ticket, list[Event]]:
        """Make the ticket and say what happened, without storing it; rights are the caller's to check."""
        ticket = self.begun(self._ticket(filing, call), filing.received_at, call)
        acknowledgement = received_notice(ticket, "acknowledgement", self.packs, call.now)
        ticket, happened = (receiving or _received)(ticket.owing(acknowledgement), acknowledgement)
        ticket, heard = self.recognising.heard(ticket, (ticket.subject, ticket.body), filing.received_at, call)
        return self.routing.settled(ticket, [*happened, *heard], call)

    def begun(self, ticket: Ticket, at: datetime, call: Call) -> Ticket:
        """Pin the regimes of the ticket's unit, product and channel, start what receipt starts, and choose an owner."""
        timezone, calendar, wanted, _, _ = self.handling.of(ticket.unit)
        pinned = policy.regimes(self.packs, wanted, ticket.product, ticket.channel, at, timezone)
        ticket = replace(ticket, calendar=calendar, regimes=tuple(pack.ref for pack in pinned))
        ticket = ticket.after("received", at, self.packs)
        owner = ticket.owner or self.routing.owner_for(ticket, call.now)
        ticket = replace(ticket, owner=owner)
        return ticket.after("assigned", call.now, self.packs) if owner else ticket

    def handled_by(self, unit: str, about_unit: str) -> str:
        """Name the unit that handles it: a complaint about a unit is handled above it."""
        return (self.handling.of(unit)[3] or unit) if about_unit == unit else unit

    def _ticket(self, filing: Filing, call: Call) -> Ticket:
        unit = self.handled_by(filing.unit, filing.about_unit)
        timezone, _, _, _, language = self.handling.of(unit)
        needs = policy.needs_kept(filing.needs, call.now, timezone)
        severity = Severity(filing.severity)
        return Ticket(
            id=call.new_id("tkt"),
            kind=filing.kind,
            status="received",
            unit=unit,
            customer_id=filing.customer_id,
            subject=filing.subject,
            body=filing.body,
            language=filing.language or language,
            channel=filing.channel,
            received_at=filing.received_at,
            registered_at=call.now,
            priority=policy.priority(needs, severity),
            severity=severity,
            topic=filing.topic,
            product=filing.product,
            about_unit=filing.about_unit,
            about_staff=filing.about_staff,
            process=filing.process,
            needs=needs,
        )

    def _may_file(self, filing: Filing, call: Call) -> None:
        by_customer, by_staff = _ACTS[filing.kind is Kind.COMPLAINT]
        if call.actor.is_staff:
            access.require_on(call.actor, by_staff, unit=filing.unit)
        else:
            access.require_on(call.actor, by_customer, customer=filing.customer_id)
        if filing.received_at > call.now + SKEW:
            raise Invalid.field("received_at", "in_the_future")
        try:
            self.handling.of(filing.unit)
        except KeyError as unknown:
            raise NotFound from unknown


_ACTS = {True: (Act.COMPLAINT_FILE, Act.COMPLAINT_LOG), False: (Act.TICKET_FILE, Act.TICKET_LOG)}


def _received(ticket: Ticket, acknowledgement: Notice) -> tuple[Ticket, list[Event]]:
    happened = events.TicketReceived(
        ticket=ticket.id,
        number=ticket.number,
        kind=ticket.kind,
        unit=ticket.unit,
        owner=ticket.owner,
        channel=ticket.channel,
        received_at=ticket.received_at,
        regimes=ticket.regimes,
        sha256=sha256(ticket.subject, ticket.body),
        notices=(ticket.word(acknowledgement),),
    )
    return ticket, [happened]
