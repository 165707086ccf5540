"""What is asked and answered about faces."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.kernel.tokens import borne
from chalicelib.web import Body, Out, Path
from chalicelib.web.shapes import Moment

from ..model import OTHER_WAYS, How, Purpose, Way, grant_for

Id = Annotated[str, Path(max_length=64, pattern="^[A-Za-z0-9_]+$")]
Words = dict[str, str]
Ways = Annotated[
    list[str], Field(description="Other ways, each of which leads everywhere a face does.", examples=[list(OTHER_WAYS)])
]


class Agree(Body):
    """Consent to the terms in a version, as they were read in a language; to nothing else, and to nothing by silence."""

    version: int = Field(ge=1, examples=[1])
    language: Literal["en", "zh-CN"] = Field(examples=["zh-CN"])
    agreed: Literal[True] = Field(examples=[True])


class Instead(Body):
    """The way that is chosen instead, and what for."""

    purpose: Purpose
    way: Way


class Start(Body):
    """What the face is to prove."""

    purpose: Purpose


class Decide(Body):
    """What a person decides, how they made sure, and why; the reason is kept as its SHA-256 only."""

    outcome: Literal["confirmed", "refused"] = Field(examples=["confirmed"])
    how: How
    reason: str = Field(min_length=1, max_length=2000, examples=["Called back on the number known for ten years."])


class TermsOut(Out):
    """What is to be agreed to, and how long result, scores and digest are kept; no picture is."""

    version: int = Field(examples=[1])
    text: Words = Field(
        examples=[{"en": "We compare your face with your photo.", "zh-CN": "我们将比对您的面部与留存照片。"}]
    )
    purpose: Words = Field(examples=[{"en": "To confirm risky acts.", "zh-CN": "用于确认高风险操作。"}])
    keep_days: int = Field(examples=[30])
    assessment: str = Field(examples=["PIA-2026-07"])


class ConsentOut(Out):
    """What was agreed to, and whether it was taken back."""

    version: int = Field(examples=[1])
    language: str = Field(examples=["zh-CN"])
    at: Moment
    withdrawn_at: Moment | None


class FacesOut(Out):
    """How somebody stands: what is offered, what they agreed to, and how many failures are left."""

    offered: bool = Field(examples=[True])
    terms: TermsOut | None
    consent: ConsentOut | None
    consented: bool = Field(examples=[True])
    remaining: int = Field(examples=[5])
    closed_until: Moment | None
    check: str | None = Field(examples=["fch_01M8323B80SXA2NPGKBVHYVJXY"])
    alternatives: Ways


class CheckOut(Out):
    """Where a check is; `session` is for the provider's own part in the app, `grant` opens what its purpose is for, once."""

    id: str = Field(examples=["fch_01M8323B80SXA2NPGKBVHYVJXY"])
    purpose: Purpose
    status: Literal["open", "passed", "step_up", "review", "confirmed", "refused", "ended"] = Field(examples=["passed"])
    session: str | None = Field(examples=[None])
    until: Moment
    remaining: int = Field(examples=[5])
    alternatives: Ways
    grant: str | None = Field(
        default=None,
        examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6.fch_01M8323B80SXA2NPGKBVHYVJXY-Jm5lZ0xkq9s7bT2vN1cR8wYdq9s7bT2v"],
    )

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"grant": (grant_for(self.purpose), borne(self.grant))} if self.grant else {}


class WaitingOut(Out):
    """A check that waits for a person: scores in hundredths of a percent; there is no picture."""

    check: str = Field(examples=["fch_01M8323B80SXA2NPGKBVHYVJXY"])
    customer: str = Field(examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6"])
    unit: str = Field(examples=["east"])
    purpose: Purpose
    risk: Literal["elevated", "high"] = Field(examples=["high"])
    liveness: int = Field(examples=[9120])
    similarity: int = Field(examples=[9310])
    decide_by: Moment


class DecidedOut(Out):
    """What was decided; what is confirmed can be collected by the customer until then."""

    id: str = Field(examples=["fch_01M8323B80SXA2NPGKBVHYVJXY"])
    status: Literal["confirmed", "refused"] = Field(examples=["confirmed"])
    until: Moment
