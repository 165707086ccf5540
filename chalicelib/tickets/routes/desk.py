"""Tickets at the desk."""

from typing import Annotated, Literal

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import CursorInvalid, NotFound, Outdated, PhoneInvalid
from chalicelib.web import Api, Listing, Query, call, given, sealed
from chalicelib.web.records import RecordOut, record_out

from ..model import TASK_NEXT, ConflictOfInterest
from .asking import AsOf, Cursor, Id, Limit
from .bodies import Assignment, LoggedTicket
from .shapes import ClockOut, RowOut, StatesOut, TicketOut
from .showing import as_lists, clock_out, filed, row_out, ticket_out

desk = Api("Desk", door="desk")


@desk.get("/v1/desk/queue", Act.DESK_QUEUE, refusals=(CursorInvalid, NotFound))
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
    return Listing(items=[row_out(row) for row in page.items], next_cursor=sealed(page.next, *asked))


@desk.post("/v1/desk/tickets", Act.TICKET_LOG, status=201, refusals=(PhoneInvalid, NotFound))
def log_ticket(body: LoggedTicket) -> TicketOut:
    """Log a contact from phone, letter, branch or elsewhere; its clocks run from when it was first expressed."""
    me = call()
    unit, received = body.unit or me.actor.unit, body.received_at or me.now
    filing = filed(body, body.customer.id or "", unit, body.channel, received)
    return ticket_out(services().intake.log(filing, body.customer.phone or "", call(ticket_out)))


@desk.post("/v1/desk/tickets/{ticket}/assign", Act.DESK_ASSIGN, refusals=(Outdated, ConflictOfInterest))
def assign_ticket(ticket: Id, body: Assignment) -> TicketOut:
    """Make somebody of the unit the owner; never who is complained about or away."""
    return ticket_out(services().routing.assign(ticket, body.owner, body.backup or "", call(ticket_out)))


@desk.get("/v1/desk/tickets/{ticket}/history", Act.DESK_HISTORY, refusals=(ConflictOfInterest,))
def desk_history(ticket: Id) -> Listing[RecordOut]:
    """Give the records of a ticket in order, with the hashes that chain them."""
    records = services().desk.history(ticket, Act.DESK_HISTORY, call())
    return Listing(items=[record_out(record, staff=True) for record in records], next_cursor=None)


@desk.get("/v1/desk/tickets/{ticket}/clocks", Act.DESK_READ, refusals=(ConflictOfInterest,))
def ticket_clocks(ticket: Id, as_of: AsOf = None) -> Listing[ClockOut]:
    """Explain every clock of a ticket, now or as it was known at an instant in the past."""
    found = services().desk.clocks(ticket, as_of, call())
    return Listing(items=[clock_out(clock, as_of) for clock in found], next_cursor=None)


@desk.get("/v1/states", Act.SESSION_USE)
def list_states() -> StatesOut:
    """Tell which state may follow which, for each kind of ticket, for tasks and for appointments."""
    kinds = {kind: as_lists(table) for kind, table in services().states.items()}
    return StatesOut(kinds=kinds | {"task": as_lists(TASK_NEXT)})
