"""When the unit of a ticket is there, and the acknowledgement that says so."""

from datetime import datetime

from chalicelib.kernel.notices import Notice
from chalicelib.sla import opening
from chalicelib.sla.packs import Packs

from .clocks import answer_by
from .ticket import Kind, Ticket


def opens_at(calendar: str, packs: Packs, now: datetime) -> datetime | None:
    """Give the next opening by a ticket's calendar; None while it is open."""
    return opening.opens_at(packs.calendar(calendar), now) if calendar else None


def received_notice(ticket: Ticket, key: str, packs: Packs, now: datetime) -> Notice:
    """Owe the customer the acknowledgement: until when there is an answer, and when somebody is there if nobody is."""
    complaint = ticket.kind is Kind.COMPLAINT
    facts = {"answer_by": answer_by(ticket.clocks, packs, now)}
    template = "complaint_received" if complaint else "ticket_received"
    opens = opens_at(ticket.calendar, packs, now)
    if opens is not None:
        template = "complaint_received_closed" if complaint else "ticket_received_closed"
        facts["opens_at"] = opening.told(packs.calendar(ticket.calendar), opens)
    return Notice(key, template, "customer", now, facts=facts)
