"""From what we mean to what goes out, and back."""

from datetime import datetime
from typing import Any

from chalicelib.tickets.model import Channel, Filing, Kind, Ticket
from chalicelib.tickets.routes import ticket_facts
from chalicelib.web import call, shown_once

from .shapes import ComplaintOut, LoggedComplaint, NewComplaint

# The customer hears of a decision once it is on its way.
_ON_ITS_WAY = frozenset({"delivering", "delivered", "accepted", "closed"})


@shown_once
def complaint_out(ticket: Ticket) -> ComplaintOut:
    """Show a complaint to whoever asks."""
    process, staff = ticket.process, call().actor.is_staff
    return ComplaintOut.model_validate(
        {
            **ticket_facts(ticket),
            "product": ticket.product or None,
            "wanted_outcome": process.get("wanted_outcome"),
            "amount": process.get("amount"),
            "decision": process.get(_shown(ticket, staff=staff)),
            "approval_for": process.get("approval_for", []) if staff else [],
            "in_review": "review" in process,
            "extensions": [{**it, "approved": bool(it.get("approved_by"))} for it in process.get("extensions", ())],
            "root_cause": process.get("root_cause") if staff else None,
        }
    )


def _shown(ticket: Ticket, *, staff: bool) -> str:
    """Name the decision to show: during a review the customer still sees the first one."""
    if staff or ticket.status in _ON_ITS_WAY:
        return "decision"
    if "review" not in ticket.process:
        return ""
    return "first_decision" if "first_decision" in ticket.process else "decision"


def filed(body: NewComplaint, customer: str, unit: str, channel: Channel, received_at: datetime) -> Filing:
    """Read what comes in as what we mean by it."""
    process: dict[str, Any] = {"wanted_outcome": body.wanted_outcome}
    process["amount"] = body.amount.model_dump() if body.amount else None
    if isinstance(body, LoggedComplaint):
        process |= {"media": body.media, "group_size": body.group_size if body.group_size > 1 else None}
    return Filing(
        kind=Kind.COMPLAINT,
        subject=body.subject,
        body=body.body,
        customer_id=customer,
        unit=unit,
        channel=channel,
        received_at=received_at,
        language=body.language or "",
        product=body.product or "",
        about_unit=body.about.unit or "",
        about_staff=body.about.staff or "",
        needs=tuple(body.support_needs),
        process={name: value for name, value in process.items() if value},
    )
