"""What is said on a ticket, and what it does to its clocks."""

from dataclasses import dataclass, replace

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Forbidden, NotAllowedNow
from chalicelib.kernel.events import Event
from chalicelib.kernel.paging import Page, Position

from .. import events
from ..model import (
    NEXT,
    AnswerRef,
    Author,
    Channel,
    Filing,
    Kind,
    Message,
    Reason,
    Relation,
    Status,
    Ticket,
    Visibility,
    opens_at,
)
from .changing import Changing, Part, posted
from .handling import reopened
from .intake import Intake
from .wording import Wording


@dataclass(frozen=True)
class Conversation:
    """Messages of customers and staff; the system speaks through notices."""

    changing: Changing
    intake: Intake
    wording: Wording

    def post(self, id_: str, body: str, visibility: Visibility, call: Call, answer: AnswerRef | None = None) -> Message:
        """Say something on a ticket; raises Forbidden if a customer wants to speak internally, or in our words.

        With an `answer` its words come first, and the body, if there is one, below them; see Wording for what it raises.

        Staff's public word answers; the customer's ends the waiting for it, and puts a resolved ticket back to work. What
        the customer says on a closed one opens a follow-up tied to it: the message is then on that.
        """
        if not call.actor.is_staff and visibility is Visibility.INTERNAL:
            raise Forbidden
        message = self._message(id_, body, visibility, call)

        def change(tickets: list[Ticket]) -> list[Part]:
            nonlocal message
            ticket = tickets[0]
            message = self.wording.message(ticket, replace(message, body=body), answer, call)
            if call.actor.is_staff or ticket.open:
                return [Part(ticket, *self._said(ticket, message, call), message)]
            if ticket.status == Status.MERGED:
                raise NotAllowedNow(state=ticket.status, allowed=[])
            return self._follow_up(ticket, message, call)

        def said(ticket: Ticket) -> Message:
            opens = opens_at(ticket.calendar, self.changing.packs, call.now)
            return replace(message, ticket=ticket.id, opens_at=opens)

        written = self.changing.together(
            lambda: [self.changing.reach(id_, Act.TICKET_WRITE, call)], call.telling(said), change
        )
        return said(written[0])

    def messages(self, id_: str, limit: int, start: Position | None, call: Call) -> Page[Message]:
        """List what was said, oldest first; the customer sees what is public."""
        self.changing.reach(id_, Act.TICKET_READ, call)
        page = self.changing.store.messages(id_, limit, start)
        if call.actor.is_staff:
            return page
        shown = tuple(message for message in page.items if message.visibility is Visibility.PUBLIC)
        return replace(page, items=shown)

    def _message(self, id_: str, body: str, visibility: Visibility, call: Call) -> Message:
        author = Author.STAFF if call.actor.is_staff else Author.CUSTOMER
        return Message(call.new_id("msg"), author, call.actor.id, visibility, body, call.now, id_)

    def _said(self, ticket: Ticket, message: Message, call: Call) -> tuple[Ticket, list[Event]]:
        happened: list[Event] = [posted(ticket, message)]
        packs = self.changing.packs
        if message.author is Author.CUSTOMER:
            if ticket.waits_for(Reason.CUSTOMER):
                ticket = ticket.resumed(Reason.CUSTOMER, call.now)
                happened.append(events.TicketResumed(ticket.id, Reason.CUSTOMER, "customer"))
            if ticket.status == Status.RESOLVED:
                ticket = replace(ticket.moved(Status.IN_PROGRESS, NEXT), clocks=reopened(ticket, packs))
                happened.append(events.TicketReopened(ticket.id, ticket.status, ""))
            ticket = ticket.after("customer_wrote", call.now, packs)
            ticket, heard = self.intake.recognising.heard(ticket, (message.body,), call.now, call)
            return ticket, [*happened, *heard]
        if call.actor.id == ticket.owner:
            ticket = ticket.after("accepted", call.now, packs)
        return ticket.after("replied", call.now, packs) if message.visibility is Visibility.PUBLIC else ticket, happened

    def _follow_up(self, ticket: Ticket, message: Message, call: Call) -> list[Part]:
        """Open a new ticket for what is said on a closed one, whose own time is over."""
        filing = Filing(
            kind=Kind.ENQUIRY,
            subject=ticket.subject,
            body=message.body,
            customer_id=ticket.customer_id,
            unit=ticket.unit,
            channel=Channel.by(call.door),
            received_at=call.now,
            language=ticket.language,
            topic=ticket.topic,
            product=ticket.product,
        )
        new, happened = self.intake.registered(filing, call)
        said = replace(message, ticket=new.id)
        new, tied = new.tied(Relation.FOLLOW_UP_OF, ticket.id), ticket.tied(Relation.FOLLOWED_BY, new.id)
        # The new one stands first: it is where the message is.
        return [
            Part(None, new, [*happened, posted(new, said)], said),
            Part(ticket, tied, [events.TicketTied(ticket.id, Relation.FOLLOWED_BY, new.id)]),
        ]
