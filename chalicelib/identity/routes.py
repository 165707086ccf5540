"""Sessions over HTTP."""

from typing import Literal

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import NotSignedIn
from chalicelib.web import Api, Body, Out, call
from chalicelib.web.shapes import Moment

from .model import GrantSpent, SignedIn, WarningNotAcknowledged

api = Api("Identity")


class Acknowledged(Body):
    """The fraud warning that was shown and read."""

    id: str = Field(max_length=64)
    version: int


class SignIn(Body):
    """What a customer's app sends after the code was right."""

    grant: str = Field(min_length=1, max_length=200)
    warning_acknowledged: Acknowledged


class StaffSignIn(Body):
    """What the staff console sends after the institution's own sign-in."""

    id_token: str = Field(min_length=1, max_length=8192)


class SessionOut(Out):
    """A session that has just begun; `token` is told this once."""

    token: str
    session_id: str
    expires_at: Moment
    assurance: Literal["sms", "staff"]
    customer_id: str | None = None
    staff_id: str | None = None
    roles: list[str]
    unit: str

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"token": ("session", self.session_id)}


class Me(Out):
    """Who is signed in."""

    id: str
    roles: list[str]
    unit: str
    units: list[str]
    session_id: str


def _session_out(started: SignedIn) -> SessionOut:
    session = started.session
    staff = session.actor.is_staff
    return SessionOut(
        token=services().made_again("session", session.id),
        session_id=session.id,
        expires_at=session.expires_at,
        assurance=session.assurance.value,
        customer_id=None if staff else session.actor.id,
        staff_id=session.actor.id if staff else None,
        roles=sorted(session.actor.roles),
        unit=session.actor.unit,
    )


@api.post("/v1/sessions", None, status=201, once_by="grant", refusals=(GrantSpent, WarningNotAcknowledged))
def start_session(body: SignIn) -> SessionOut:
    """Begin a customer's session with the grant of a successful verification; a grant works once."""
    shown = (body.warning_acknowledged.id, body.warning_acknowledged.version)
    return _session_out(services().identity.sign_in(body.grant, shown, call(_session_out)))


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
