"""Who may speak for a customer, what the customer needs, and being asked how it stands."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Invalid, NotFound
from chalicelib.kernel.events import Event

from .. import events, policy
from ..model import (
    MOST_REPRESENTATIVES,
    Capacity,
    Need,
    Notice,
    Representative,
    SupportNeeds,
    Ticket,
    TooManyRepresentatives,
    UpdateAskedAlready,
)
from ..ports import Customers
from .changing import Changing

# How often a customer may ask how it stands; the clocks can be read at any time.
ASKED_AGAIN = timedelta(hours=24)


@dataclass(frozen=True)
class Speaking:
    """Mandates, support needs, and requests for an update."""

    changing: Changing
    customers: Customers

    def let_speak(
        self, id_: str, phone: str, capacity: Capacity, document_sha256: str, until: datetime | None, call: Call
    ) -> Ticket:
        """Let somebody speak for the customer, on a mandate whose document a member of staff has checked.

        Raises TooManyRepresentatives, PhoneInvalid, and Invalid for a mandate that is over.
        """
        if until is not None and until <= call.now:
            raise Invalid.field("until", "in_the_past")
        self.changing.reach(id_, Act.DESK_WRITE, call)
        somebody = self.customers.by_phone(phone, call)
        person = Representative(somebody, capacity, document_sha256, call.actor.id, call.now, until)

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            others = [one for one in ticket.people if one.customer_id != somebody and one.speaks(call.now)]
            if somebody == ticket.customer_id:
                raise Invalid.field("phone", "not_one_of")
            if len(others) >= MOST_REPRESENTATIVES:
                raise TooManyRepresentatives
            news = events.MandateKept(ticket.id, somebody, capacity, document_sha256, until)
            return replace(ticket, people=(*others, person)), [news]

        return self.changing.change(id_, Act.DESK_WRITE, call, change)

    def end_mandate(self, id_: str, representative: str, call: Call) -> Ticket:
        """Let somebody speak no longer; raises NotFound for who did not."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            left = tuple(one for one in ticket.people if one.customer_id != representative)
            if left == ticket.people:
                raise NotFound
            return replace(ticket, people=left), [events.MandateEnded(ticket.id, representative)]

        return self.changing.change(id_, Act.DESK_WRITE, call, change)

    def need(self, id_: str, kinds: tuple[Need, ...], review_on: date | None, call: Call) -> Ticket:
        """Keep what the customer needs, with their consent, until it is looked at again; nothing any more if empty."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            last = call.now.date() + policy.NEEDS_REVIEW
            review = review_on or last
            if not call.now.date() < review <= last:
                raise Invalid.field("review_on", "not_one_of")
            needs = SupportNeeds(tuple(sorted(set(kinds))), call.now, review) if kinds else None
            after = replace(ticket, needs=needs, priority=policy.priority(needs, ticket.severity))
            return after, [events.NeedsKept(ticket.id, len(kinds), review.isoformat())]

        return self.changing.change(id_, Act.TICKET_NEEDS, call, change)

    def ask_update(self, id_: str, call: Call) -> Ticket:
        """Ask how it stands: the answer is the ticket with its clocks, and the owner hears of it.

        Raises UpdateAskedAlready within a day.
        """

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            again = ticket.update_asked_at + ASKED_AGAIN if ticket.update_asked_at else call.now
            if again > call.now:
                raise UpdateAskedAlready(retry_after=int((again - call.now).total_seconds()) + 1)
            notice = Notice(f"update_asked:{ticket.version}", "update_asked", "owner", call.now)
            after = replace(ticket, update_asked_at=call.now).owing(notice)
            return after, [events.UpdateAsked(ticket.id, (after.word(notice),))]

        return self.changing.change(id_, Act.TICKET_ASK, call, change)
