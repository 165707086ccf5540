"""The register of kiosks, for the people of a branch."""

from typing import Annotated

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act, Service
from chalicelib.kernel.errors import CursorInvalid, NotAllowedNow, NotFound, Outdated
from chalicelib.web import Api, Body, Listing, Path, Query, Versioned, call, given, sealed
from chalicelib.web.shapes import Moment

from ..model import CODE_TOKEN, Kiosk, Registered

desk = Api("Kiosks at the desk", door="desk")

Id = Annotated[str, Path(max_length=64)]
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=2000)]
UnitAsked = Annotated[str | None, Query(max_length=64)]


class NewKiosk(Body):
    """A device that is to become a kiosk; of my own unit if none is named."""

    branch: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$", examples=["shanghai-bund"])
    name: str = Field(min_length=1, max_length=60, examples=["Hall, left of the door"])
    services: list[Service] = Field(min_length=1, max_length=8, examples=[["check_in", "requests"]])
    unit: str | None = Field(default=None, max_length=64, examples=["east"])


class KioskOut(Versioned):
    """A kiosk: what it may offer, and what was last heard of it."""

    id: str = Field(examples=["kio_01M8325SC0WHNK40B5XV4HWRT4"])
    number: str = Field(examples=["K-20261123-WRT4E"])
    unit: str = Field(examples=["east"])
    branch: str = Field(examples=["shanghai-bund"])
    name: str = Field(examples=["Hall, left of the door"])
    services: list[str] = Field(examples=[["check_in", "requests"]])
    state: str = Field(examples=["active"])
    thumbprint: str | None = Field(examples=["ZFzYv1pH8D3Cw7tq0m3n0QeKqkMZlJ2cR5o1bqXb9yU"])
    software: str | None = Field(examples=["2.4.1"])
    paper: str | None = Field(examples=["ok"])
    enrolled_at: Moment | None
    heard_at: Moment | None
    silent_since: Moment | None
    offline_since: Moment | None


class RegisteredOut(KioskOut):
    """A kiosk with the code that makes a device into it; `code` is told this once."""

    enrolment: str = Field(examples=["enr_01M8325SC0WHNK40B5XV4HWRT5"])
    code: str = Field(examples=["7K3Q-XW2M-9PDT"])
    code_expires_at: Moment

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"code": (CODE_TOKEN, self.enrolment)}


def _facts(kiosk: Kiosk) -> dict[str, object]:
    return {
        "id": kiosk.id,
        "number": kiosk.number,
        "unit": kiosk.unit,
        "branch": kiosk.branch,
        "name": kiosk.name,
        "services": sorted(kiosk.services),
        "state": kiosk.state.value,
        "thumbprint": kiosk.thumbprint or None,
        "software": kiosk.software or None,
        "paper": kiosk.paper.value if kiosk.paper else None,
        "enrolled_at": kiosk.enrolled_at,
        "heard_at": kiosk.heard_at,
        "silent_since": kiosk.silent_since,
        "offline_since": kiosk.offline_since,
        "version": kiosk.version,
    }


def _kiosk(kiosk: Kiosk) -> KioskOut:
    return KioskOut.model_validate(_facts(kiosk))


def _registered(registered: Registered) -> RegisteredOut:
    enrolment = registered.enrolment
    code = {
        "enrolment": enrolment.id,
        "code": services().made_again(CODE_TOKEN, enrolment.id),
        "code_expires_at": enrolment.expires_at,
    }
    return RegisteredOut.model_validate(_facts(registered.kiosk) | code)


@desk.post("/v1/desk/kiosks", Act.KIOSK_MANAGE, status=201, refusals=(NotFound,))
def register_kiosk(body: NewKiosk) -> RegisteredOut:
    """Register a device; whoever stands before it types the code there within half an hour."""
    unit = body.unit or call().actor.unit
    register = services().kiosk_registry.register
    return _registered(register(unit, body.branch, body.name, frozenset(body.services), call(_registered)))


@desk.get("/v1/desk/kiosks", Act.KIOSK_READ, refusals=(CursorInvalid, NotFound))
def list_kiosks(unit: UnitAsked = None, limit: Limit = 25, cursor: Cursor = None) -> Listing[KioskOut]:
    """List a unit's kiosks, with what was last heard of each; my own unit's if none is named."""
    place = unit or call().actor.unit
    page = services().kiosk_registry.list(place, limit, given(cursor, "kiosks", place), call())
    return Listing(items=[_kiosk(one) for one in page.items], next_cursor=sealed(page.next, "kiosks", place))


@desk.post("/v1/desk/kiosks/{kiosk}/enrolment", Act.KIOSK_MANAGE, status=201, refusals=(NotAllowedNow, Outdated))
def enrolment_code(kiosk: Id) -> RegisteredOut:
    """Show another code, for a device that replaces this one or for a new key; the code before is worth nothing."""
    return _registered(services().kiosk_registry.code(kiosk, call(_registered)))


@desk.post("/v1/desk/kiosks/{kiosk}/disable", Act.KIOSK_MANAGE, refusals=(NotAllowedNow, Outdated))
def disable_kiosk(kiosk: Id) -> KioskOut:
    """Let it do nothing any more, from its next request on; whoever is signed in there is signed out."""
    return _kiosk(services().kiosk_registry.disable(kiosk, call(_kiosk)))


@desk.post("/v1/desk/kiosks/{kiosk}/enable", Act.KIOSK_MANAGE, refusals=(NotAllowedNow, Outdated))
def enable_kiosk(kiosk: Id) -> KioskOut:
    """Let it sign in again; one that was opened by force has to be enrolled anew first."""
    return _kiosk(services().kiosk_registry.enable(kiosk, call(_kiosk)))


@desk.post("/v1/desk/kiosks/{kiosk}/retire", Act.KIOSK_MANAGE, refusals=(NotAllowedNow, Outdated))
def retire_kiosk(kiosk: Id) -> KioskOut:
    """Take it out of service for good."""
    return _kiosk(services().kiosk_registry.retire(kiosk, call(_kiosk)))
