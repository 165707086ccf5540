"""The waitlist: for customers, for whoever holds the link of an entry, at the desk."""

from datetime import date
from typing import Annotated

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import CursorInvalid, NotAllowedNow, NotFound, Outdated, PhoneInvalid
from chalicelib.web import Listing, Path, Query, call, given, sealed
from chalicelib.web.records import RecordOut, record_out

from ..model import (
    AlreadyWaiting,
    Details,
    HealthMissing,
    HoldExpired,
    HoldSpent,
    NotBookable,
    NothingOffered,
    TooManyWaiting,
)
from .customer import Cursor, Limit, api
from .desk import desk
from .public import Id, public
from .shapes import VisitOut
from .showing import visit_out
from .waiting import (
    AcceptIn,
    AnswerIn,
    DeskWishIn,
    LinkedOut,
    WaitersOut,
    WaitingOut,
    WishIn,
    linked_out,
    waiters_out,
    waiting_out,
    wish_in,
)

Link = Annotated[str, Path(max_length=200)]
OnDay = Annotated[date | None, Query(alias="date")]
_JOINING = (NotFound, NotBookable, AlreadyWaiting, TooManyWaiting)
_TAKING = (NothingOffered, HoldExpired, HoldSpent, HealthMissing)


@api.post("/v1/waitlist", Act.APPOINTMENT_BOOK, status=201, refusals=_JOINING)
def join_waitlist(body: WishIn) -> WaitingOut:
    """Wait for a time on some days at a branch; what comes free is offered in an order that can be told."""
    return waiting_out(services().waitlist.join(wish_in(body), call(waiting_out)))


@api.get("/v1/waitlist", Act.APPOINTMENT_LIST, refusals=(CursorInvalid,))
def list_waitlist(limit: Limit = 25, cursor: Cursor = None) -> Listing[WaitingOut]:
    """List what I wait for, and waited for, newest first."""
    page = services().waitlist.own(limit, given(cursor, "waitlist"), call())
    return Listing(items=[waiting_out(each) for each in page.items], next_cursor=sealed(page.next, "waitlist"))


@api.post("/v1/waitlist/{waiting}/leave", Act.APPOINTMENT_CHANGE, refusals=(NotAllowedNow, Outdated))
def leave_waitlist(waiting: Id) -> WaitingOut:
    """Wait no longer; what is offered goes to the next. Staff may for a customer."""
    return waiting_out(services().waitlist.leave(waiting, call(waiting_out)))


@public.get("/v1/waits/{token}", None)
def wait_by_link(token: Link) -> LinkedOut:
    """Show whoever holds the link what is waited for and what is offered; nothing of who waits."""
    return linked_out(services().waitlist.by_link(token))


@public.post("/v1/waits/{token}/accept", None, once_by="token", status=201, refusals=_TAKING)
def accept_offer(token: Link, body: AcceptIn) -> VisitOut:
    """Book the time that is offered; number and link are on their way to the customer's phone."""
    details = Details(health=body.health.model_dump() if body.health else {})
    return visit_out(services().taking_up.accept(token, body.hold, details, call(visit_out)))


@public.post("/v1/waits/{token}/decline", None, once_by="token", refusals=(NothingOffered,))
def decline_offer(token: Link, body: AnswerIn) -> LinkedOut:
    """Not take the time that is offered; it goes to the next at once, and one waits on."""
    return linked_out(services().taking_up.decline(token, body.hold, call(linked_out)))


@public.post("/v1/waits/{token}/leave", None, once_by="token", refusals=(NotAllowedNow,))
def leave_by_link(token: Link) -> LinkedOut:
    """Wait no longer; what is offered goes to the next."""
    return linked_out(services().waitlist.leave_by_link(token, call(linked_out)))


@desk.post("/v1/desk/waitlist", Act.APPOINTMENT_LOG, status=201, refusals=(*_JOINING, PhoneInvalid))
def join_waitlist_for_customer(body: DeskWishIn) -> WaitingOut:
    """Let a customer wait for a time; they hear of it by SMS."""
    who = body.customer.id or "", body.customer.phone or ""
    return waiting_out(services().waitlist.join_for(who, wish_in(body), call(waiting_out)))


@desk.get("/v1/desk/branches/{branch}/waitlist", Act.BRANCH_WATCH)
def show_waitlist(branch: Id, day: OnDay = None) -> WaitersOut:
    """List who waits for a day, today's if none is named, in the order in which they are offered what comes free, and why."""
    return waiters_out(branch, *services().waitlist.of_day(branch, day, call()))


@desk.get("/v1/desk/waitlist/{waiting}/history", Act.BRANCH_WATCH)
def waitlist_history(waiting: Id) -> Listing[RecordOut]:
    """Give the records of an entry in order: each offer names who was ahead and why it was not theirs."""
    records = services().waitlist.history(waiting, call())
    return Listing(items=[record_out(record, staff=True) for record in records], next_cursor=None)
