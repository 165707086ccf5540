"""Where the telephony system reports."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from chalicelib.bootstrap import services
from chalicelib.kernel.errors import SignatureInvalid
from chalicelib.web import Api, Out, Path, call, raw

from ..model import CallMalformed

webhook = Api("Webhooks", door="webhook")


class SaidIn(BaseModel):
    """How a call ended (`call`, `outcome`), or who rang in vain (`phone`, `unit`, `language`); more fields may be there."""

    kind: Literal["outcome", "overflow"]
    call: str | None = Field(default=None, examples=["cbk_01M83255V069EDXC383WSXJHG7-1"])
    outcome: Literal["reached", "no_answer", "busy", "voicemail"] | None = None
    phone: str | None = Field(default=None, examples=["+8613800138000"])
    unit: str | None = Field(default=None, examples=["east"])
    language: str | None = Field(default=None, examples=["zh-CN"])


class Heard(Out):
    """What came of it: taken, known before, nothing of ours, or full for a week."""

    status: str = Field(examples=["taken"])


@webhook.post(
    "/v1/webhooks/calls/{provider}",
    None,
    refusals=(SignatureInvalid, CallMalformed),
    takes=SaidIn,
    signed={"Dutydesk-Signature": f"t=1795485600,v1={'5e' * 32}"},
)
def call_reported(provider: Annotated[Literal["dutydesk"], Path()]) -> Heard:  # noqa: ARG001 - checked by its type
    """Hear how a call of ours ended, or that somebody rang the hotline in vain: they are promised a call."""
    body, header = raw("dutydesk-signature")
    return Heard(status=services().call_reports.take(header, body, call()))
