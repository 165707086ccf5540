"""Words for what is done with complaints in these tests."""

from typing import Any

from chalicelib.complaints.model import Classification, Outcome, Way
from chalicelib.tickets.model import Ticket
from tests.office import Office

UPHELD = (Outcome.UPHELD, "Charged twice.", "The fee is due once.")
REJECTED = (Outcome.REJECTED, "Charged once.", "It is in the list of fees.")
FEES = Classification("card", "fees", "normal", regulatory_impact=False, codes={})


def decide(office: Office, ticket: Ticket, what: Any = UPHELD, who: str = "lead-east", redress: Any = None) -> Ticket:
    return office.services.deciding.decide(ticket.id, *what, redress, office.call(who))


def deliver(office: Office, ticket: Ticket, way: Way = Way.BRANCH, proof: str = "signed") -> Ticket:
    return office.services.delivering.deliver(ticket.id, way, proof, office.call("lead-east"))


def delivered(office: Office, **what_matters: Any) -> Ticket:
    """A complaint whose decision is with the customer."""
    ticket = office.complaint(**what_matters)
    decide(office, ticket, redress={"amount": 2_500, "currency": "CNY"})
    return deliver(office, ticket)


def closed(office: Office) -> Ticket:
    return office.services.delivering.close(delivered(office).id, "table loaded twice", None, office.call("lead-east"))


def notices(ticket: Ticket) -> dict[str, str]:
    """Name what word a ticket owes, by template, and to whom."""
    return {notice.template: notice.to for notice in ticket.notices}
