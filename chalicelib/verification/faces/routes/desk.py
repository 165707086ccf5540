"""Unclear checks, for compliance."""

from typing import Annotated

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import ConflictOfInterest, CursorInvalid, NotAllowedNow
from chalicelib.web import Api, Listing, Query, call, given, sealed

from ..model import Check, Waiting
from .shapes import Decide, DecidedOut, Id, WaitingOut

desk = Api("Faces", door="desk")

Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=2000)]


def _waiting(waiting: Waiting) -> WaitingOut:
    return WaitingOut.model_validate(vars(waiting))


def _decided(check: Check) -> DecidedOut:
    return DecidedOut.model_validate({"id": check.id, "status": check.status.value, "until": check.until})


@desk.get("/v1/desk/faces/reviews", Act.FACE_READ, refusals=(CursorInvalid,))
def face_reviews(limit: Limit = 25, cursor: Cursor = None) -> Listing[WaitingOut]:
    """List the checks that wait for a person, the most urgent first."""
    page = services().face_reviews.waiting(limit, given(cursor, "faces"), call())
    return Listing(items=[_waiting(one) for one in page.items], next_cursor=sealed(page.next, "faces"))


@desk.post(
    "/v1/desk/faces/{customer}/checks/{check}/decide", Act.FACE_DECIDE, refusals=(NotAllowedNow, ConflictOfInterest)
)
def decide_face_check(customer: Id, check: Id, body: Decide) -> DecidedOut:
    """Decide about an unclear check, having made sure by other means; nobody does whom the customer complains about."""
    decide = services().face_reviews.decide
    return _decided(decide(customer, check, body.outcome == "confirmed", body.how, body.reason, call(_decided)))
