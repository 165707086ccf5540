"""What a device does: it is enrolled, signs in, is heard of, signs out."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.web import Api, Body, Out, call
from chalicelib.web.shapes import GivenMoment, Moment

from ..model import HEARTBEAT_EVERY, EnrolmentInvalid, Kiosk, KioskDisabled, Paper, ProofInvalid, Pulse, Started

api = Api("Kiosks", door="kiosk")

Coordinate = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]
_KEY = {
    "kty": "EC",
    "crv": "P-256",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
}


class EcKey(Body):
    """A public key on P-256, with which ES256 is checked."""

    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: Coordinate
    y: Coordinate


class EdKey(Body):
    """A public key on Ed25519, with which EdDSA is checked."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: Coordinate


class Enrol(Body):
    """The code as it was typed, and the public half of a key that the device made for itself."""

    code: str = Field(min_length=1, max_length=32, examples=["7K3Q-XW2M-9PDT"])
    public_key: Annotated[EcKey | EdKey, Field(discriminator="kty", examples=[_KEY])]


class EnrolledOut(Out):
    """The device is a kiosk; statements are to be made for `audience`, under `algorithm`."""

    device: str = Field(examples=["kio_01M8325SC0WHNK40B5XV4HWRT4"])
    number: str = Field(examples=["K-20261123-WRT4E"])
    unit: str = Field(examples=["east"])
    branch: str = Field(examples=["shanghai-bund"])
    services: list[str] = Field(examples=[["check_in", "requests"]])
    thumbprint: str = Field(examples=["oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U"])
    algorithm: Literal["ES256", "EdDSA"]
    audience: str = Field(examples=["https://service.example.com/v1/kiosks/sessions"])


class SignIn(Body):
    """A JWT of the device: `sub` itself, `aud` the audience, `jti` new, `exp` at most 60 seconds after `iat`."""

    device: str = Field(min_length=1, max_length=64, examples=["kio_01M8325SC0WHNK40B5XV4HWRT4"])
    proof: str = Field(
        min_length=1, max_length=2048, examples=["eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJraW9fIn0.c2lnbmF0dXJl"]
    )


class StartedOut(Out):
    """A session of a kiosk that has just begun; `token` is told this once."""

    token: str = Field(examples=["ses_01M8324JA0FMXFE81YHNB8MPR8-h3Gk2Lq8Zt5nW0xB7yRfPdM4"])
    session_id: str = Field(examples=["ses_01M8324JA0FMXFE81YHNB8MPR8"])
    expires_at: Moment
    device: str = Field(examples=["kio_01M8325SC0WHNK40B5XV4HWRT4"])
    unit: str = Field(examples=["east"])
    branch: str = Field(examples=["shanghai-bund"])
    services: list[str] = Field(examples=[["check_in", "requests"]])

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"token": ("session", self.session_id)}


class PulseIn(Body):
    """How the device is; `tamper` if it was opened by force, `offline_since` if it had no network until just now."""

    software: str = Field(pattern=r"^[!-~]{1,64}$", examples=["2.4.1"])
    paper: Paper | None = None
    tamper: bool = False
    offline_since: GivenMoment | None = None


class PulseOut(Out):
    """How the device stands with us, and in how many seconds to be heard of again."""

    device: str = Field(examples=["kio_01M8325SC0WHNK40B5XV4HWRT4"])
    state: str = Field(examples=["active"])
    again_in: int = Field(examples=[60])


def _enrolled(kiosk: Kiosk) -> EnrolledOut:
    return EnrolledOut(
        device=kiosk.id,
        number=kiosk.number,
        unit=kiosk.unit,
        branch=kiosk.branch,
        services=sorted(kiosk.services),
        thumbprint=kiosk.thumbprint,
        algorithm="ES256" if kiosk.key and kiosk.key["kty"] == "EC" else "EdDSA",
        audience=services().kiosk_audience,
    )


def _started(started: Started) -> StartedOut:
    return StartedOut(
        token=services().made_again("session", started.id),
        session_id=started.id,
        expires_at=started.expires_at,
        device=started.kiosk,
        unit=started.unit,
        branch=started.branch,
        services=sorted(started.services),
    )


def _pulse(kiosk: Kiosk) -> PulseOut:
    return PulseOut(device=kiosk.id, state=kiosk.state.value, again_in=int(HEARTBEAT_EVERY.total_seconds()))


@api.post("/v1/kiosks/enrol", None, once_by="code", refusals=(EnrolmentInvalid,))
def enrol_kiosk(body: Enrol) -> EnrolledOut:
    """Become a kiosk by a code that works once, or give it another key; sessions under the old one are over."""
    return _enrolled(services().kiosk_enrolling.enrol(body.code, body.public_key.model_dump(), call(_enrolled)))


@api.post("/v1/kiosks/sessions", None, status=201, once_by="proof", refusals=(ProofInvalid, KioskDisabled))
def start_kiosk_session(body: SignIn) -> StartedOut:
    """Begin a session of fifteen minutes with a statement that was signed just now and works once."""
    return _started(services().kiosk_enrolling.sign_in(body.device, body.proof, call(_started)))


@api.delete("/v1/kiosks/sessions/current", Act.KIOSK_USE)
def end_kiosk_session() -> PulseOut:
    """Sign out, and with it whoever is signed in within this session."""
    return _pulse(services().kiosk_enrolling.sign_out(call()))


@api.post("/v1/kiosks/heartbeat", Act.KIOSK_USE, refusals=(KioskDisabled,))
def heartbeat(body: PulseIn) -> PulseOut:
    """Say how the device is, every minute; after five without a word its branch hears of it."""
    pulse = Pulse(body.software, body.paper, body.tamper, body.offline_since)
    return _pulse(services().kiosk_beating.beat(pulse, call(_pulse)))
