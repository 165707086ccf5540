"""A customer in front of a kiosk, and what goes on elsewhere."""

from typing import Annotated, Any

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import GrantSpent, NotFound, WarningNotAcknowledged
from chalicelib.web import Api, Body, Out, Path, call
from chalicelib.web.shapes import Moment

from ..model import VISIT_IDLE, Handover, HandoverOver, Kiosk, Started, Taken, To, VisitOver
from .devices import api

handovers = Api("Kiosks")

# What must be gone from the device when somebody has left, before it shows its first screen again.
WIPE = ["session_token", "form_data", "screen", "browser_storage", "clipboard", "downloads", "scans", "print_queue"]
_DRAFT = {"kind": "request", "subject": "Card", "body": "Please send a new card."}


class Acknowledged(Body):
    """The fraud warning that was shown and read."""

    id: str = Field(max_length=64, examples=["code-sharing"])
    version: int = Field(examples=[1])


class Visit(Body):
    """What a kiosk sends after the customer's code was right."""

    grant: str = Field(
        min_length=1, max_length=200, examples=["ver_01M8323B80SXA2NPGKBVHYVJXY-Jm5lZ0xkq9s7bT2vN1cR8wYd"]
    )
    warning_acknowledged: Acknowledged


class VisitOut(Out):
    """A customer's session at a kiosk that has just begun; `token` is told this once, and is the customer's."""

    token: str = Field(examples=["ses_01M8324JA0FMXFE81YHNB8MPR8-h3Gk2Lq8Zt5nW0xB7yRfPdM4"])
    session_id: str = Field(examples=["ses_01M8324JA0FMXFE81YHNB8MPR8"])
    customer_id: str = Field(examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6"])
    expires_at: Moment
    idle_seconds: int = Field(examples=[120])
    services: list[str] = Field(examples=[["check_in", "requests"]])

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"token": ("session", self.session_id)}


class LeftOut(Out):
    """Nobody is signed in any more; `wipe` lists what must be gone from the device."""

    device: str = Field(examples=["kio_01M8325SC0WHNK40B5XV4HWRT4"])
    wipe: list[str] = Field(examples=[WIPE])


class DraftIn(Body):
    """Where it goes on, and what was typed so far: at most 8 KB of JSON."""

    to: To
    draft: dict[str, Any] = Field(examples=[_DRAFT])


class OfferedOut(Out):
    """`token` is what the QR code says; whoever it is for takes the draft with it, once."""

    id: str = Field(examples=["hnd_01M8325SC0WHNK40B5XV4HWRT4"])
    to: str = Field(examples=["phone"])
    token: str = Field(examples=["hnd_01M8325SC0WHNK40B5XV4HWRT4-h3Gk2Lq8Zt5nW0xB7yRfPdM4h3Gk2Lq8"])
    expires_at: Moment

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"token": ("handover", self.id)}


class TakenOut(Out):
    """What was typed at the kiosk, and whose it is; it is kept there no longer."""

    id: str = Field(examples=["hnd_01M8325SC0WHNK40B5XV4HWRT4"])
    customer_id: str = Field(examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6"])
    branch: str = Field(examples=["shanghai-bund"])
    taken_at: Moment
    draft: dict[str, Any] = Field(examples=[_DRAFT])


class _TakenAgain(TakenOut):
    """The same, knowing how its draft is told again: sealed, so that it is remembered in no answer in clear."""

    sealed: str = Field(exclude=True)

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"draft": ("draft", f"{self.id}.{self.sealed}")}


def _visit(started: Started) -> VisitOut:
    return VisitOut(
        token=services().made_again("session", started.id),
        session_id=started.id,
        customer_id=started.customer,
        expires_at=started.expires_at,
        idle_seconds=int(VISIT_IDLE.total_seconds()),
        services=sorted(started.services),
    )


def _left(kiosk: Kiosk) -> LeftOut:
    return LeftOut(device=kiosk.id, wipe=WIPE)


def _handover(handover: Handover) -> OfferedOut:
    token = services().made_again("handover", handover.id)
    return OfferedOut(id=handover.id, to=handover.to.value, token=token, expires_at=handover.expires_at)


def _taken(taken: Taken) -> TakenOut:
    handover = taken.handover
    return _TakenAgain(
        id=handover.id,
        customer_id=handover.customer,
        branch=handover.branch,
        taken_at=taken.at,
        draft=dict(taken.draft),
        sealed=taken.sealed.hex(),
    )


@api.post("/v1/kiosks/visits", Act.KIOSK_VISIT, status=201, refusals=(GrantSpent, WarningNotAcknowledged))
def start_visit(body: Visit) -> VisitOut:
    """Sign in the customer in front of the kiosk, for ten minutes at most, two of them idle."""
    shown = (body.warning_acknowledged.id, body.warning_acknowledged.version)
    return _visit(services().kiosk_visiting.begin(body.grant, shown, call(_visit)))


@api.delete("/v1/kiosks/visits/current", Act.KIOSK_VISIT, refusals=(VisitOver,))
def end_visit() -> LeftOut:
    """Sign out whoever is in front of the kiosk; it is told what to wipe."""
    return _left(services().kiosk_visiting.end(call()))


@api.post("/v1/kiosks/visits/current/handover", Act.KIOSK_VISIT, status=201, refusals=(VisitOver,))
def offer_handover(body: DraftIn) -> OfferedOut:
    """Let what was half done go on on the customer's phone or at the counter, without typing it again."""
    return _handover(services().kiosk_handing.offer(body.to, body.draft, call(_handover)))


@handovers.post("/v1/handovers/{token}/take", Act.HANDOVER_TAKE, refusals=(NotFound, HandoverOver))
def take_handover(token: Annotated[str, Path(max_length=100)]) -> TakenOut:
    """Take what was handed over: the same customer on their own device, or a clerk of the branch; it works once."""
    return _taken(services().kiosk_handing.take(token, call(_taken)))
