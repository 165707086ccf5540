"""One-time codes over HTTP."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.errors import PhoneInvalid
from chalicelib.web import Api, Body, Out, Path, call
from chalicelib.web.shapes import Moment

from .model import CodeExpired, CodeUsed, CodeWrong, Purpose, TooManyAttempts, TooManyCodes, Verification

api = Api("Identity")

Id = Annotated[str, Path(max_length=64)]


class Start(Body):
    """What a code is wanted for, and where it goes."""

    purpose: Purpose
    phone: str = Field(min_length=4, max_length=32, examples=["+8613800138000"])
    language: Literal["en", "zh-CN"] | None = None


class Check(Body):
    """The code as it was typed."""

    code: str = Field(pattern=r"^[0-9]{6}$", examples=["482913"])


class WarningOut(Out):
    """The fraud warning to show beside the input field."""

    id: str = Field(examples=["code-sharing"])
    version: int = Field(examples=[1])
    text: dict[str, str] = Field(examples=[{"en": "We never ask for this code.", "zh-CN": "我们绝不会索要验证码。"}])


class Started(Out):
    """A code is on its way."""

    id: str = Field(examples=["ver_01M8323B80SXA2NPGKBVHYVJXY"])
    expires_at: Moment
    resend_after: Moment
    warning: WarningOut


class Checked(Out):
    """The code was right; `grant` opens one session."""

    id: str = Field(examples=["ver_01M8323B80SXA2NPGKBVHYVJXY"])
    status: Literal["approved"]
    grant: str = Field(examples=["ver_01M8323B80SXA2NPGKBVHYVJXY-Jm5lZ0xkq9s7bT2vN1cR8wYd"])

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"grant": ("grant", self.id)}


def _started(verification: Verification) -> Started:
    (id_, version), text = services().warning
    return Started(
        id=verification.id,
        expires_at=verification.expires_at,
        resend_after=verification.resend_after,
        warning=WarningOut(id=id_, version=version, text=text),
    )


def _checked(verification: Verification) -> Checked:
    grant = services().made_again("grant", verification.id)
    return Checked(id=verification.id, status="approved", grant=grant)


@api.post("/v1/verifications", None, status=202, once_by="phone", refusals=(PhoneInvalid,))
def start_verification(body: Start) -> Started:
    """Send a one-time code; the answer is the same whether the phone number is known or not."""
    return _started(services().codes.start(body.purpose, body.phone, body.language, call(_started)))


@api.post(
    "/v1/verifications/{verification}/resend",
    None,
    status=202,
    once_by="verification",
    refusals=(CodeExpired, CodeUsed, TooManyCodes),
)
def resend_code(verification: Id) -> Started:
    """Send another code; the one before is worth nothing from then on."""
    return _started(services().codes.resend(verification, call(_started)))


@api.post(
    "/v1/verifications/{verification}/check",
    None,
    once_by="verification",
    refusals=(CodeWrong, CodeExpired, CodeUsed, TooManyAttempts),
)
def check_code(verification: Id, body: Check) -> Checked:
    """Compare a code; five tries, counted before they are compared."""
    return _checked(services().codes.check(verification, body.code, call(_checked)))
