"""The day itself at the desk: who comes, who waits in which order, who is called."""

from datetime import date
from typing import Annotated

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import Changed, Invalid, NotAllowedNow, Outdated, PhoneInvalid
from chalicelib.web import Query, call

from ..model import (
    CalledEnough,
    DocumentNeeded,
    NobodyWaiting,
    NotBookable,
    TooEarly,
    WalkInsRefused,
    WrongBranch,
    WrongDay,
)
from .coming import CallIn, CheckInIn, NextIn, ParkIn, ServeIn, TransferIn, WalkInIn, proof_in
from .desk import desk
from .hall import FiguresOut, figure_out
from .public import Id
from .standing import QueueOut, VisitorOut, WhyOut, queue_out, visitor_out, why_out

ARRIVING = (NotAllowedNow, TooEarly, WrongBranch, WrongDay, Outdated)
_STEP = (NotAllowedNow, Outdated)
Named = Annotated[str, Query(max_length=64)]
First = Annotated[date | None, Query(alias="from")]
Last = Annotated[date | None, Query(alias="to")]


@desk.post("/v1/desk/branches/{branch}/check-in", Act.BRANCH_SERVE, refusals=(*ARRIVING, PhoneInvalid))
def check_in(branch: Id, body: CheckInIn) -> VisitorOut:
    """Check somebody in who is booked, by code, number or phone; a clerk may note what they saw of a document."""
    seen = proof_in(body.document)
    return visitor_out(services().arrivals.check_in(branch, body.who, seen, call(visitor_out)))


@desk.post(
    "/v1/desk/branches/{branch}/walk-ins",
    Act.BRANCH_SERVE,
    status=201,
    refusals=(NotBookable, WalkInsRefused, PhoneInvalid, Changed),
)
def walk_in(branch: Id, body: WalkInIn) -> VisitorOut:
    """Give somebody without a booking a short number and a place."""
    asked, needs = [body.service, *body.also], body.support_needs
    return visitor_out(services().arrivals.walk_in(branch, asked, body.known, needs, call(visitor_out)))


@desk.get("/v1/desk/branches/{branch}/queue", Act.BRANCH_WATCH)
def show_queue(branch: Id) -> QueueOut:
    """Show a branch's day: who waits, in the order in which they are called and why, who is served, who is expected."""
    return queue_out(services().queueing.queue(branch, call()))


@desk.get("/v1/desk/branches/{branch}/queue/why", Act.BRANCH_WATCH)
def why_first(branch: Id, first: Named, second: Named) -> WhyOut:
    """Say who of two that wait is called first, and why."""
    return why_out(services().queueing.why(branch, first, second, call()))


@desk.get("/v1/desk/branches/{branch}/figures", Act.BRANCH_WATCH, refusals=(Invalid,))
def show_figures(branch: Id, first: First = None, last: Last = None) -> FiguresOut:
    """Show what was measured by service: times, who came, and how well the waits that were told held."""
    sums = services().queueing.figures(branch, first, last, call())
    return FiguresOut(branch=branch, items=[figure_out(*line) for line in sorted(sums.items())])


@desk.post("/v1/desk/branches/{branch}/call-next", Act.BRANCH_SERVE, refusals=(NobodyWaiting,))
def call_next(branch: Id, body: NextIn) -> VisitorOut:
    """Call whoever is first for a counter; two who call at once never call the same."""
    pool, asked = body.pool or "", body.services
    return visitor_out(services().calling.call_next(branch, body.counter, asked, pool, call(visitor_out)))


@desk.post("/v1/desk/appointments/{appointment}/call", Act.BRANCH_SERVE, refusals=_STEP)
def call_one(appointment: Id, body: CallIn) -> VisitorOut:
    """Call one who waits, or was put aside, out of turn."""
    return visitor_out(services().calling.call(appointment, body.counter, call(visitor_out)))


@desk.post("/v1/desk/appointments/{appointment}/recall", Act.BRANCH_SERVE, refusals=(*_STEP, CalledEnough))
def recall(appointment: Id) -> VisitorOut:
    """Call somebody once more who did not follow, three times at most."""
    return visitor_out(services().calling.recall(appointment, call(visitor_out)))


@desk.post("/v1/desk/appointments/{appointment}/park", Act.BRANCH_SERVE, refusals=_STEP)
def park(appointment: Id, body: ParkIn) -> VisitorOut:
    """Put somebody aside; they keep what they count since."""
    return visitor_out(services().calling.park(appointment, body.reason, call(visitor_out)))


@desk.post("/v1/desk/appointments/{appointment}/return", Act.BRANCH_SERVE, refusals=_STEP)
def back_to_queue(appointment: Id) -> VisitorOut:
    """Let somebody wait again, at the place they had."""
    return visitor_out(services().calling.back(appointment, call(visitor_out)))


@desk.post("/v1/desk/appointments/{appointment}/transfer", Act.BRANCH_SERVE, refusals=(*_STEP, NotBookable))
def transfer(appointment: Id, body: TransferIn) -> VisitorOut:
    """Let somebody wait for another service, kind of counter, or counter; they keep what they count since."""
    to = (body.service or "", body.pool or "", body.counter or "")
    return visitor_out(services().calling.transfer(appointment, *to, call(visitor_out)))


@desk.post("/v1/desk/appointments/{appointment}/serve", Act.BRANCH_SERVE, refusals=(*_STEP, DocumentNeeded))
def serve(appointment: Id, body: ServeIn) -> VisitorOut:
    """Begin to serve who was called; where a document has to be seen, it was, and fits."""
    return visitor_out(services().calling.serve(appointment, proof_in(body.document), call(visitor_out)))


@desk.post("/v1/desk/appointments/{appointment}/done", Act.BRANCH_SERVE, refusals=_STEP)
def done(appointment: Id) -> VisitorOut:
    """End a visit that was served."""
    return visitor_out(services().calling.done(appointment, call(visitor_out)))


@desk.post("/v1/desk/appointments/{appointment}/no-show", Act.BRANCH_SERVE, refusals=(*_STEP, TooEarly))
def no_show(appointment: Id) -> VisitorOut:
    """Mark that somebody has not come, or came and did not follow the call."""
    return visitor_out(services().missing.no_show(appointment, call(visitor_out)))
