"""Tickets at the desk."""

from typing import Annotated, Literal

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import CursorInvalid, NotFound, Outdated
from chalicelib.web import Api, Listing, Query, call, given, sealed

from ..model import ConflictOfInterest
from .asking import Cursor, Id, Limit
from .shapes import Assignment, ClockOut, RecordOut, RowOut, TicketOut
from .showing import clock_out, record_out, row_out, ticket_out

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


@desk.post("/v1/desk/tickets/{ticket}/assign", Act.DESK_ASSIGN, refusals=(Outdated, ConflictOfInterest))
def assign_ticket(ticket: Id, body: Assignment) -> TicketOut:
    """Make somebody of the unit the owner; never who is complained about."""
    return ticket_out(services().desk.assign(ticket, body.owner, call(ticket_out)))


@desk.get("/v1/desk/tickets/{ticket}/history", Act.DESK_HISTORY, refusals=(ConflictOfInterest,))
def desk_history(ticket: Id) -> Listing[RecordOut]:
    """Give the records of a ticket in order, with the hashes that chain them."""
    records = services().desk.history(ticket, Act.DESK_HISTORY, call())
    return Listing(items=[record_out(record, staff=True) for record in records], next_cursor=None)


@desk.get("/v1/desk/tickets/{ticket}/clocks", Act.DESK_READ, refusals=(ConflictOfInterest,))
def ticket_clocks(ticket: Id) -> Listing[ClockOut]:
    """Explain every clock of a ticket."""
    found = services().desk.clocks(ticket, call())
    return Listing(items=[clock_out(clock) for clock in found], next_cursor=None)
