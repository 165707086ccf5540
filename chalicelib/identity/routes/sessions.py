"""Sessions over HTTP."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import GrantSpent, NotSignedIn, WarningNotAcknowledged
from chalicelib.kernel.ids import born
from chalicelib.web import Api, Body, Out, Path, call
from chalicelib.web.shapes import Moment

from ..model import Session, SignedIn

api = Api("Identity")


class Acknowledged(Body):
    """The fraud warning that was shown and read."""

    id: str = Field(max_length=64, examples=["code-sharing"])
    version: int = Field(examples=[1])


class Shown(Acknowledged):
    """The same, and how many seconds it was looked at, if the app counts them."""

    dwell: int | None = Field(default=None, ge=0, le=86_400, examples=[4])


class SignIn(Body):
    """What a customer's app sends after the code was right."""

    grant: str = Field(
        min_length=1, max_length=200, examples=["ver_01M8323B80SXA2NPGKBVHYVJXY-Jm5lZ0xkq9s7bT2vN1cR8wYd"]
    )
    warning_acknowledged: Shown


class StaffSignIn(Body):
    """What the staff console sends after the institution's own sign-in."""

    id_token: str = Field(
        min_length=1, max_length=8192, examples=["eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZ2VudC1lYXN0In0.c2lnbmF0dXJl"]
    )


class SessionOut(Out):
    """A session that has just begun; `token` is told this once."""

    token: str = Field(examples=["ses_01M8324JA0FMXFE81YHNB8MPR8-h3Gk2Lq8Zt5nW0xB7yRfPdM4"])
    session_id: str = Field(examples=["ses_01M8324JA0FMXFE81YHNB8MPR8"])
    expires_at: Moment
    assurance: Literal["sms", "staff"]
    customer_id: str | None = Field(default=None, examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6"])
    staff_id: str | None = Field(default=None, examples=[None])
    roles: list[str] = Field(examples=[["customer"]])
    unit: str = Field(examples=["east"])

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"token": ("session", self.session_id)}


class Me(Out):
    """Who is signed in."""

    id: str = Field(examples=["agent-east"])
    roles: list[str] = Field(examples=[["agent"]])
    unit: str = Field(examples=["east"])
    units: list[str] = Field(examples=[["east"]])
    session_id: str = Field(examples=["ses_01M8324JA0FMXFE81YHNB8MPR8"])


class SessionRow(Out):
    """A session that is in force; `current` is the one this is asked with, `kiosk` if it is at one."""

    session_id: str = Field(examples=["ses_01M8324JA0FMXFE81YHNB8MPR8"])
    began_at: Moment
    expires_at: Moment
    assurance: Literal["sms", "staff"]
    current: bool
    kiosk: bool


class Sessions(Out):
    """One's own sessions, the newest first."""

    items: list[SessionRow]


class Ended(Out):
    """How many sessions are over."""

    ended: int = Field(examples=[2])


def _row(session: Session) -> SessionRow:
    return SessionRow(
        session_id=session.id,
        began_at=born(session.id),
        expires_at=session.expires_at,
        assurance="staff" if session.actor.is_staff else "sms",
        current=session.id == call().actor.session,
        kiosk=bool(session.actor.device),
    )


def _session_out(started: SignedIn) -> SessionOut:
    session = started.session
    staff = session.actor.is_staff
    return SessionOut(
        token=services().made_again("session", session.id),
        session_id=session.id,
        expires_at=session.expires_at,
        assurance="staff" if staff else "sms",
        customer_id=None if staff else session.actor.id,
        staff_id=session.actor.id if staff else None,
        roles=sorted(session.actor.roles),
        unit=session.actor.unit,
    )


@api.post("/v1/sessions", None, status=201, once_by="grant", refusals=(GrantSpent, WarningNotAcknowledged))
def start_session(body: SignIn) -> SessionOut:
    """Begin a customer's session with the grant of a successful verification; a grant works once."""
    read = body.warning_acknowledged
    shown = (read.id, read.version)
    return _session_out(services().identity.sign_in(body.grant, shown, call(_session_out), read.dwell))


@api.post("/v1/staff/sessions", None, status=201, once_by="id_token", refusals=(NotSignedIn,))
def start_staff_session(body: StaffSignIn) -> SessionOut:
    """Begin the session of a member of staff with a token of the institution's OpenID Connect provider."""
    return _session_out(services().identity.staff_sign_in(body.id_token, call(_session_out)))


@api.get("/v1/sessions/current", Act.SESSION_USE)
def current_session() -> Me:
    """Tell who is signed in with this session."""
    actor = call().actor
    return Me(
        id=actor.id,
        roles=sorted(actor.roles),
        unit=actor.unit,
        units=sorted(actor.units),
        session_id=actor.session,
    )


@api.get("/v1/me", Act.SESSION_USE)
def me() -> Me:
    """Tell who I am; the same as the current session."""
    return current_session()


@api.delete("/v1/sessions/current", Act.SESSION_USE)
def end_session() -> Me:
    """Sign out; the session is refused from the next request on."""
    ended = current_session()
    services().identity.sign_out(services().made_again("session", ended.session_id), call())
    return ended


@api.get("/v1/sessions", Act.SESSION_MANAGE)
def own_sessions() -> Sessions:
    """List one's own sessions."""
    return Sessions(items=[_row(session) for session in services().ending.list(call())])


@api.delete("/v1/sessions/{session}", Act.SESSION_MANAGE)
def end_own_session(session: Annotated[str, Path(max_length=64, pattern="^[A-Za-z0-9_]+$")]) -> Ended:
    """End one of one's own sessions; it is refused from the next request on."""
    return Ended(ended=services().ending.end(session, call()))


@api.delete("/v1/sessions", Act.SESSION_MANAGE)
def end_other_sessions() -> Ended:
    """End all of one's own sessions but this one."""
    return Ended(ended=services().ending.end_others(call()))
