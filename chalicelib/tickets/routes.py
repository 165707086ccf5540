"""Tickets over HTTP, for customers and at the desk."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Path, Query
from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import Conflict, CursorInvalid, Outdated
from chalicelib.kernel.events import Record
from chalicelib.web import Api, Body, Listing, Out, Versioned, call, given, sealed
from chalicelib.web.shapes import Moment

from .model import ClockFacts, ConflictOfInterest, Message, Row, Ticket, Visibility

api = Api("Tickets")
desk = Api("Desk", door="desk")

Id = Annotated[str, Path(max_length=64)]
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=2000)]
# What the customer's own history shows; the rest is the institution's work.
_SHOWN = ("complaint.", "ticket.assigned", "clock.met", "notice.arrived", "message.posted")


class CalendarOut(Out):
    """The working calendar a clock is counted on."""

    id: str
    version: str
    published_through: str


class LineOut(Out):
    """A stretch of days or time, counted or not, and why."""

    start: str
    end: str
    counted: bool
    why: str
    detail: str
    total: float


class ClockOut(Out):
    """A clock; `due_at` is the first instant that is too late, `explanation` lets anybody count again."""

    id: str
    name: dict[str, str]
    pack: str
    basis: Literal["statutory", "guidance", "code", "house"]
    clause: str
    unit: str
    started_at: Moment
    due_at: Moment
    due_date: str | None
    timezone: str
    state: Literal["running", "paused", "met", "missed", "stopped"]
    met_at: Moment | None
    paused_for: str
    provisional: bool
    calendar: CalendarOut
    explanation: list[LineOut]


class TicketOut(Versioned):
    """A matter a customer raised."""

    id: str
    number: str
    kind: Literal["enquiry", "request", "complaint"]
    status: str
    subject: str
    body: str
    channel: str
    unit: str
    owner: str | None
    priority: str
    language: str
    received_at: Moment
    registered_at: Moment
    due_at: Moment | None
    clocks: list[ClockOut]
    regimes: list[str]
    status_url: str

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"status_url": ("status_url", self.id)}


class RowOut(Out):
    """A ticket as a line in a list."""

    id: str
    number: str
    kind: str
    status: str
    subject: str
    owner: str | None
    unit: str
    channel: str
    priority: str
    received_at: Moment
    due_at: Moment | None
    version: int


class MessageIn(Body):
    """Something to say."""

    body: str = Field(min_length=1, max_length=10_000)
    visibility: Visibility = Visibility.PUBLIC


class MessageOut(Out):
    """Something that was said, and by whom: customer, staff or system."""

    id: str
    author: str
    by: str | None
    visibility: str
    body: str
    at: Moment


class Assignment(Body):
    """Who is to own it."""

    owner: str = Field(min_length=1, max_length=64)


class RecordOut(Out):
    """One record of the ledger; the hashes are for staff."""

    seq: int
    event: str
    actor: str | None
    role: str
    at: str
    body: dict[str, object]
    prev: str | None = None
    hash: str | None = None


class StatusOut(Out):
    """What may be seen without signing in: number, status, next step, next due date; nothing else."""

    number: str
    status: str
    next_step: str
    next_due_date: str | None


def clock_out(facts: ClockFacts) -> ClockOut:
    """Derive and show a clock, as of the call."""
    now = call().now
    clock = facts.clock(services().packs)
    due = clock.due(now)
    return ClockOut(
        id=facts.id,
        name={"en": clock.rule.name["en"], "zh-CN": clock.rule.name["zh"]},
        pack=facts.pack,
        basis=clock.rule.basis.value,
        clause=clock.rule.clause,
        unit=clock.rule.unit.value,
        started_at=clock.started_at,
        due_at=due.at,
        due_date=due.date.isoformat(),
        timezone=due.timezone,
        state=clock.state(now).value,
        met_at=clock.met_at,
        paused_for=f"PT{int(due.paused_for.total_seconds())}S",
        provisional=due.provisional,
        calendar=CalendarOut(
            id=clock.calendar.id,
            version=clock.calendar.version,
            published_through=clock.calendar.published_through.isoformat(),
        ),
        explanation=[
            LineOut(
                start=line.from_, end=line.to, counted=line.counted, why=line.why, detail=line.detail, total=line.total
            )
            for line in due.explanation
        ],
    )


def ticket_facts(ticket: Ticket) -> dict[str, object]:
    """Give what every kind of ticket shows."""
    return {
        "id": ticket.id,
        "number": ticket.number,
        "kind": ticket.kind.value,
        "status": ticket.status,
        "subject": ticket.subject,
        "body": ticket.body,
        "channel": ticket.channel.value,
        "unit": ticket.unit,
        "owner": ticket.owner or None,
        "priority": ticket.priority,
        "language": ticket.language,
        "received_at": ticket.received_at,
        "registered_at": ticket.registered_at,
        "due_at": ticket.desk_due,
        "clocks": [clock_out(clock) for clock in ticket.clocks],
        "regimes": list(ticket.regimes),
        "status_url": services().status_url(ticket.id),
        "version": ticket.version,
    }


def _ticket(ticket: Ticket) -> TicketOut:
    return TicketOut.model_validate(ticket_facts(ticket))


def _row(row: Row) -> RowOut:
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


def _message(message: Message) -> MessageOut:
    # A customer hears the institution, not a name from its staff list.
    by = message.by if call().actor.is_staff or message.author == "customer" else None
    return MessageOut(
        id=message.id,
        author=message.author.value,
        by=by,
        visibility=message.visibility.value,
        body=message.body,
        at=message.at,
    )


def _record(record: Record, *, staff: bool) -> RecordOut:
    body = {name: value for name, value in record.body.items() if name != "notices"}
    return RecordOut(
        seq=record.seq,
        event=record.event,
        actor=record.actor if staff else None,
        role=record.role,
        at=record.at,
        body=body if staff else {},
        prev=record.prev if staff else None,
        hash=record.hash if staff else None,
    )


@api.get("/v1/tickets", Act.TICKET_LIST, refusals=(CursorInvalid,))
def list_tickets(limit: Limit = 25, cursor: Cursor = None) -> Listing[RowOut]:
    """List my tickets, newest first."""
    page = services().desk.own(limit, given(cursor, "own"), call())
    return Listing(items=[_row(row) for row in page.items], next_cursor=sealed(page.next, "own"))


@api.get("/v1/tickets/{ticket}", Act.TICKET_READ, refusals=(ConflictOfInterest,))
def get_ticket(ticket: Id) -> TicketOut:
    """Show a ticket of any kind."""
    return _ticket(services().desk.read(ticket, call()))


@api.post(
    "/v1/tickets/{ticket}/messages", Act.TICKET_WRITE, status=201, refusals=(Conflict, Outdated, ConflictOfInterest)
)
def post_message(ticket: Id, body: MessageIn) -> MessageOut:
    """Say something; `internal` is for staff, and never visible to the customer."""
    return _message(services().desk.post(ticket, body.body, body.visibility, call(_message)))


@api.get("/v1/tickets/{ticket}/messages", Act.TICKET_READ, refusals=(CursorInvalid, ConflictOfInterest))
def list_messages(ticket: Id, limit: Limit = 25, cursor: Cursor = None) -> Listing[MessageOut]:
    """List what was said, oldest first."""
    page = services().desk.messages(ticket, limit, given(cursor, "messages", ticket), call())
    return Listing(items=[_message(m) for m in page.items], next_cursor=sealed(page.next, "messages", ticket))


@api.get("/v1/tickets/{ticket}/history", Act.TICKET_HISTORY)
def ticket_history(ticket: Id) -> Listing[RecordOut]:
    """Tell what happened to my ticket, in order."""
    records = services().desk.history(ticket, Act.TICKET_HISTORY, call())
    shown = [_record(record, staff=False) for record in records if record.event.startswith(_SHOWN)]
    return Listing(items=shown, next_cursor=None)


@api.get("/v1/status/{token}", None)
def status_by_token(token: Annotated[str, Path(max_length=200)]) -> StatusOut:
    """Tell number, status, next step and next due date to whoever holds the link; nothing else."""
    ticket = services().desk.by_token(token)
    return StatusOut(
        number=ticket.number,
        status=ticket.status,
        next_step=next_step(ticket.status),
        next_due_date=min(
            (c.due_date for c in map(clock_out, ticket.clocks) if c.state == "running" and c.due_date), default=None
        ),
    )


def next_step(status: str) -> str:
    """Name what comes next in a stable word an app can translate."""
    return _STEPS.get(status, "none")


_STEPS = {
    "received": "we_investigate",
    "in_progress": "we_decide",
    "decided": "we_tell_you",
    "delivering": "we_tell_you",
    "delivered": "you_may_answer",
}


@desk.get("/v1/desk/queue", Act.DESK_QUEUE, refusals=(CursorInvalid,))
def desk_queue(
    unit: Annotated[str | None, Query(max_length=64)] = None,
    kind: Annotated[Literal["enquiry", "request", "complaint"] | None, Query()] = None,
    status: Annotated[str | None, Query(max_length=32)] = None,
    owner: Annotated[str | None, Query(max_length=64)] = None,
    open: Annotated[bool, Query()] = True,
    sort: Annotated[Literal["due"], Query()] = "due",
    limit: Limit = 25,
    cursor: Cursor = None,
) -> Listing[RowOut]:
    """List a unit's tickets of every kind, nearest due first; my own unit if none is named."""
    where = {name: value for name, value in (("kind", kind), ("status", status), ("owner", owner)) if value}
    asked = ("queue", unit or "", str(open), sort, str(sorted(where.items())))
    place = unit or call().actor.unit
    page = services().desk.queue(place, open, where, limit, given(cursor, *asked), call())
    return Listing(items=[_row(row) for row in page.items], next_cursor=sealed(page.next, *asked))


@desk.post("/v1/desk/tickets/{ticket}/assign", Act.DESK_ASSIGN, refusals=(Conflict, Outdated, ConflictOfInterest))
def assign_ticket(ticket: Id, body: Assignment) -> TicketOut:
    """Make somebody of the unit the owner; never who is complained about."""
    return _ticket(services().desk.assign(ticket, body.owner, call(_ticket)))


@desk.get("/v1/desk/tickets/{ticket}/history", Act.DESK_HISTORY, refusals=(ConflictOfInterest,))
def desk_history(ticket: Id) -> Listing[RecordOut]:
    """Give the records of a ticket in order, with the hashes that chain them."""
    records = services().desk.history(ticket, Act.DESK_HISTORY, call())
    return Listing(items=[_record(record, staff=True) for record in records], next_cursor=None)


@desk.get("/v1/desk/tickets/{ticket}/clocks", Act.DESK_READ, refusals=(ConflictOfInterest,))
def ticket_clocks(ticket: Id) -> Listing[ClockOut]:
    """Explain every clock of a ticket."""
    found = services().desk.clocks(ticket, call())
    return Listing(items=[clock_out(clock) for clock in found], next_cursor=None)
