"""Proving once more who one is, and binding oneself to another phone number."""

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import GrantSpent, StepUpNeeded, WarningNotAcknowledged
from chalicelib.web import Body, Out, call
from chalicelib.web.shapes import Moment

from ..model import CoolingOff, Customer, PhoneTaken, Session
from .sessions import Acknowledged, api

_GRANT = "ver_01M8323B80SXA2NPGKBVHYVJXY-Jm5lZ0xkq9s7bT2vN1cR8wYd"


class StepUp(Body):
    """The grant of a code of the purpose `step_up` to one's own phone."""

    grant: str = Field(min_length=1, max_length=200, examples=[_GRANT])


class Proven(Out):
    """The session has this level, for acts that need it at most so long ago."""

    session_id: str = Field(examples=["ses_01M8324JA0FMXFE81YHNB8MPR8"])
    level: int = Field(examples=[2])
    proven_at: Moment


class Read(Acknowledged):
    """The warning, and how many seconds it was looked at."""

    dwell: int = Field(ge=0, le=86_400, examples=[8])


class NewPhone(Body):
    """The grant of a code of the purpose `change_phone` to the new number, and the warning that was shown for it."""

    grant: str = Field(min_length=1, max_length=200, examples=[_GRANT])
    warning_acknowledged: Read


class Bound(Out):
    """The number one signs in with from now on, by its last digits."""

    customer_id: str = Field(examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6"])
    phone_ends: str = Field(examples=["8000"])
    since: Moment


def _proven(session: Session) -> Proven:
    return Proven(session_id=session.id, level=2, proven_at=call().now)


def _bound(customer: Customer) -> Bound:
    return Bound(customer_id=customer.id, phone_ends=customer.phone[-4:], since=call().now)


@api.post("/v1/sessions/current/step-up", Act.SESSION_PROVE, refusals=(GrantSpent,))
def step_up(body: StepUp) -> Proven:
    """Prove once more who one is, for what a session alone does not allow."""
    return _proven(services().proving.step_up(body.grant, call(_proven)))


@api.post(
    "/v1/me/phone",
    Act.PHONE_CHANGE,
    refusals=(StepUpNeeded, GrantSpent, WarningNotAcknowledged, CoolingOff, PhoneTaken),
)
def change_phone(body: NewPhone) -> Bound:
    """Bind oneself to another phone number; the old one is told before, and all other sessions end."""
    read = body.warning_acknowledged
    shown = (read.id, read.version)
    return _bound(services().proving.change_phone(body.grant, shown, read.dwell, call(_bound)))
