"""Where SMS providers report."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from chalicelib.bootstrap import services
from chalicelib.kernel.errors import SignatureInvalid
from chalicelib.web import Api, Out, Path, call, raw
from chalicelib.web.shapes import GivenMoment

from .model import ReceiptMalformed

api = Api("Webhooks", door="webhook")


class ReceiptIn(BaseModel):
    """What a provider says about a text; more fields may be there."""

    id: str = Field(description="The provider's id of the text.", examples=["provider-7c1f"])
    message: str = Field(description="Our id of the text.", examples=["msg_01M8325SC0WHNK40B5XV4HWRT4"])
    status: Literal["delivered", "failed", "undelivered", "expired", "sent", "accepted"]
    at: GivenMoment


class Taken(Out):
    """The receipt is kept; `known` if it was before."""

    status: str = Field(examples=["taken"])


@api.post(
    "/v1/webhooks/sms/{provider}",
    None,
    refusals=(SignatureInvalid, ReceiptMalformed),
    takes=ReceiptIn,
    signed={"Dutydesk-Signature": f"t=1795485600,v1={'5e' * 32}"},
)
def sms_receipt(provider: Annotated[Literal["dutydesk"], Path()]) -> Taken:  # noqa: ARG001 - checked by its type
    """Take a delivery receipt; answered only once it is stored, so that a provider who hears nothing else tries again."""
    body, header = raw("dutydesk-signature")
    return Taken(status=services().receipts.take(header, body, call()))
