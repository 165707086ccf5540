"""From what we mean to what goes out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.bootstrap import services
from chalicelib.web import call, shown_once

from ..model import AnswerRef, Channel, ClockFacts, Filing, Kind, Message, Row, Ticket, opens_at
from .bodies import AnswerUsed, NewTicket
from .shapes import ClockOut, MessageOut, PostedOut, RowOut, TicketOut


def clock_out(facts: ClockFacts, as_of: datetime | None = None) -> ClockOut:
    """Derive and show a clock, as of the call or of an instant in the past."""
    return ClockOut.model_validate(_clock(facts, as_of or call().now))


def _clock(facts: ClockFacts, now: datetime) -> dict[str, object]:
    """Give what a clock shows, as plain data: an answer with all of its clocks is checked in one go."""
    clock = facts.clock(services().packs)
    due, on = clock.due(now), clock.calendar
    return {
        "id": facts.id,
        "name": {"en": clock.rule.name["en"], "zh-CN": clock.rule.name["zh"]},
        "kind": clock.rule.kind,
        "pack": facts.pack,
        "basis": clock.rule.basis.value,
        "clause": clock.rule.clause,
        "unit": clock.rule.unit.value,
        "started_at": clock.started_at,
        "due_at": due.at,
        "due_date": due.date.isoformat(),
        "timezone": due.timezone,
        "state": clock.state(now).value,
        "met_at": clock.met_at,
        "paused_for": f"PT{int(due.paused_for.total_seconds())}S",
        "provisional": due.provisional,
        "calendar": {"id": on.id, "version": on.version, "published_through": on.published_through.isoformat()},
        "explanation": [_line(line) for line in due.explanation],
    }


def _line(line: Any) -> dict[str, object]:
    return {
        "start": line.from_,
        "end": line.to,
        "counted": line.counted,
        "why": line.why,
        "detail": line.detail,
        "total": line.total,
    }


def ticket_facts(ticket: Ticket) -> dict[str, object]:
    """Give what every kind of ticket shows."""
    return {
        **{name: getattr(ticket, name) for name in _AS_IT_IS},
        **{name: getattr(ticket, name) or None for name in ("owner", "backup", "topic")},
        "support_needs": [kind.value for kind in ticket.needs.kinds] if ticket.needs else [],
        "waiting": [{"reason": it.reason, "since": it.since, "until": it.until} for it in ticket.waits],
        "ties": [{"relation": tie.relation, "ticket": tie.ticket} for tie in ticket.ties],
        "due_at": ticket.desk_due,
        "opens_at": opens_at(ticket.calendar, services().packs, call().now),
        **{name: (getattr(ticket, name) or None) if call().actor.is_staff else None for name in _FOR_STAFF},
        # The clocks of tasks are work among units: staff sees them with the tasks, and customers not at all.
        "clocks": [_clock(clock, call().now) for clock in ticket.clocks if not clock.about],
        "regimes": list(ticket.regimes),
        "status_url": services().status_url(ticket.id),
    }


_FOR_STAFF = ("suspected_at", "group")
_AS_IT_IS = (
    "id",
    "number",
    "kind",
    "status",
    "subject",
    "body",
    "channel",
    "unit",
    "priority",
    "severity",
    "language",
    "received_at",
    "registered_at",
    "version",
)


@shown_once
def ticket_out(ticket: Ticket) -> TicketOut:
    """Show a ticket of any kind."""
    return TicketOut.model_validate(ticket_facts(ticket))


def row_out(row: Row) -> RowOut:
    """Show a ticket as a line in a list."""
    return RowOut(
        id=row.id,
        number=row.number,
        kind=row.kind,
        status=row.status,
        subject=row.subject,
        owner=row.owner or None,
        unit=row.unit,
        channel=row.channel,
        priority=row.priority,
        received_at=row.received_at,
        due_at=row.due_at,
        version=row.version,
    )


def message_out(message: Message, ticket: str = "") -> MessageOut:
    """Show what was said, to whoever asks."""
    # A customer hears the institution, not a name from its staff list.
    by = message.by if call().actor.is_staff or message.author == "customer" else None
    return MessageOut(
        id=message.id,
        ticket=message.ticket or ticket,
        author=message.author.value,
        by=by,
        visibility=message.visibility.value,
        body=message.body,
        at=message.at,
        answer=message.answer or None if call().actor.is_staff else None,
    )


def posted_out(message: Message) -> PostedOut:
    """Show what was just said, and from when somebody is there to read it."""
    return PostedOut(**message_out(message).model_dump(), opens_at=message.opens_at)


def next_step(status: str) -> str:
    """Name what comes next in a stable word an app can translate."""
    return _STEPS.get(status, "none")


def next_due(ticket: Ticket) -> str | None:
    """Give the local day by which the customer has an answer; None if no clock that promises one runs."""
    now, packs = call().now, services().packs
    clocks = [facts.clock(packs) for facts in ticket.clocks]
    running = [it for it in clocks if it.rule.kind in _ANSWERS and it.state(now) == "running"]
    return min((it.due(now).date.isoformat() for it in running), default=None)


# The clocks at whose end the customer has an answer.
_ANSWERS = frozenset({"final", "review"})

_STEPS = {
    "received": "we_investigate",
    "proposed": "we_decide",
    "in_review": "we_decide",
    "resolved": "you_may_answer",
    "in_progress": "we_decide",
    "decided": "we_tell_you",
    "delivering": "we_tell_you",
    "delivered": "you_may_answer",
}


def filed(body: NewTicket, customer: str, unit: str, channel: Channel, received_at: datetime) -> Filing:
    """Read what comes in as what we mean by it."""
    return Filing(
        kind=Kind(body.kind),
        subject=body.subject,
        body=body.body,
        customer_id=customer,
        unit=unit,
        channel=channel,
        received_at=received_at,
        language=body.language or "",
        topic=body.topic or "",
        product=body.product or "",
        needs=tuple(body.support_needs),
    )


def answer_used(body: AnswerUsed | None) -> AnswerRef | None:
    """Read which canned answer is to be used, if one is."""
    return None if body is None else AnswerRef(body.id, body.version)


def as_lists(table: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """Show which state may follow which."""
    return {str(state): sorted(after) for state, after in table.items()}
