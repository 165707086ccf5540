"""Complaints that share their cause."""

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import CursorInvalid, NotAllowedNow, Outdated
from chalicelib.web import Body, Listing, call, given, sealed

from ..model import ConflictOfInterest
from .asking import Cursor, Id, Limit
from .bodies import Word
from .desk import desk
from .shapes import RowOut, TicketOut
from .showing import row_out, ticket_out

_STEP = (NotAllowedNow, Outdated, ConflictOfInterest)


class LeadIn(Body):
    """The complaint that leads those with the same cause."""

    lead: Word = Field(examples=["tkt_01M83255V069EDXC383WSXJHG8"])


class MembersOut(Listing[RowOut]):
    """The complaints of a group; `lead` is the one on which cause and correction are worked on, null where there is none."""

    lead: str | None = Field(examples=["tkt_01M83255V069EDXC383WSXJHG8"])


@desk.post("/v1/desk/tickets/{ticket}/group", Act.DESK_WRITE, refusals=_STEP)
def join_group(ticket: Id, body: LeadIn) -> TicketOut:
    """Put a complaint beside others with the same cause; each is still answered by itself."""
    return ticket_out(services().grouping.join(ticket, body.lead, call(ticket_out)))


@desk.post("/v1/desk/tickets/{ticket}/leave-group", Act.DESK_WRITE, refusals=_STEP)
def leave_group(ticket: Id) -> TicketOut:
    """Take a complaint out of its group."""
    return ticket_out(services().grouping.leave(ticket, call(ticket_out)))


@desk.get("/v1/desk/tickets/{ticket}/group", Act.DESK_READ, refusals=(CursorInvalid, ConflictOfInterest))
def list_group(ticket: Id, limit: Limit = 25, cursor: Cursor = None) -> MembersOut:
    """List the complaints that share their cause with this one, oldest first."""
    lead, page = services().grouping.members(ticket, limit, given(cursor, "group", ticket), call())
    return MembersOut(
        items=[row_out(row) for row in page.items], next_cursor=sealed(page.next, "group", ticket), lead=lead or None
    )
