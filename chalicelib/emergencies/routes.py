"""Reaching another unit for an hour, and answering for it."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import ConflictOfInterest, CursorInvalid, NotAllowedNow, NotFound, NotSignedIn
from chalicelib.web import Api, Body, Listing, Out, Path, Query, Versioned, call, given, sealed
from chalicelib.web.shapes import Moment

from .model import Emergency

desk = Api("Emergencies", door="desk")

Id = Annotated[str, Path(max_length=64)]
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=2000)]
Unanswered = Annotated[bool, Query()]


class BeginIn(Body):
    """Which unit has to be reached, why, and for how long."""

    unit: str = Field(min_length=1, max_length=64, examples=["london"])
    reason: str = Field(
        min_length=10, max_length=500, examples=["London's desk has no line; a card has to be stopped now."]
    )
    minutes: int = Field(default=60, ge=1, le=60, examples=[30])


class AnswerIn(Body):
    """Whether it was justified, and why; the note is kept as its SHA-256 only."""

    justified: bool = Field(examples=[True])
    note: str = Field(min_length=1, max_length=2000, examples=["The outage is in the incident log."])


class BegunOut(Out):
    """A session that reaches one more unit until then; `token` is told this once, and all of it is looked at."""

    id: str = Field(examples=["emg_01M8324JA0FMXFE81YHNB8MPR8"])
    unit: str = Field(examples=["london"])
    token: str = Field(examples=["ses_01M8324JA0FMXFE81YHNB8MPR8-h3Gk2Lq8Zt5nW0xB7yRfPdM4"])
    session_id: str = Field(examples=["ses_01M8324JA0FMXFE81YHNB8MPR8"])
    expires_at: Moment

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"token": ("session", self.session_id)}


class EmergencyOut(Versioned):
    """Who reached which unit, why, until when, and what was said of it."""

    id: str = Field(examples=["emg_01M8324JA0FMXFE81YHNB8MPR8"])
    staff: str = Field(examples=["agent-east"])
    home: str = Field(examples=["east"])
    unit: str = Field(examples=["london"])
    reason: str = Field(examples=["London's desk has no line; a card has to be stopped now."])
    began_at: Moment
    until: Moment
    session: str = Field(examples=["ses_01M8324JA0FMXFE81YHNB8MPR8"])
    state: Literal["open", "justified", "unjustified"] = Field(examples=["open"])
    asked: int = Field(examples=[1])
    answered_by: str | None = Field(examples=[None])
    answered_at: Moment | None


def _begun(emergency: Emergency) -> BegunOut:
    return BegunOut(
        id=emergency.id,
        unit=emergency.unit,
        token=services().made_again("session", emergency.session),
        session_id=emergency.session,
        expires_at=emergency.until,
    )


def _emergency(emergency: Emergency) -> EmergencyOut:
    return EmergencyOut.model_validate(vars(emergency) | {"answered_by": emergency.answered_by or None})


@desk.post("/v1/desk/emergencies", Act.EMERGENCY_BEGIN, status=201, refusals=(NotFound, NotSignedIn))
def begin_emergency(body: BeginIn) -> BegunOut:
    """Reach a unit that is not mine, for at most an hour; compliance hears of it at once."""
    begin = services().emergencies.begin
    return _begun(begin(body.unit, body.reason, body.minutes, call(_begun)))


@desk.get("/v1/desk/emergencies", Act.EMERGENCY_READ, refusals=(CursorInvalid,))
def list_emergencies(unanswered: Unanswered = True, limit: Limit = 25, cursor: Cursor = None) -> Listing[EmergencyOut]:
    """List who reached beyond their unit, the newest first: those nobody has answered for, or all."""
    asked = ("emergencies", str(unanswered))
    page = services().emergencies.newest(limit, given(cursor, *asked), call(), unanswered=unanswered)
    return Listing(items=[_emergency(one) for one in page.items], next_cursor=sealed(page.next, *asked))


@desk.post(
    "/v1/desk/emergencies/{emergency}/answer", Act.EMERGENCY_ANSWER, refusals=(NotAllowedNow, ConflictOfInterest)
)
def answer_emergency(emergency: Id, body: AnswerIn) -> EmergencyOut:
    """Say whether it was justified; nobody answers for themselves."""
    answer = services().emergencies.answer
    return _emergency(answer(emergency, body.justified, body.note, call(_emergency)))
