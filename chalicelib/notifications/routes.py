"""Where SMS providers report."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from chalicelib.bootstrap import services
from chalicelib.kernel.errors import SignatureInvalid
from chalicelib.web import Api, Out, Path, call, raw
from chalicelib.web.shapes import GivenMoment

from .model import ReceiptMalformed, Said

api = Api("Webhooks", door="webhook")


class ReceiptIn(BaseModel):
    """What a provider says about a text; more fields may be there."""

    id: str = Field(description="The provider's id of the text.", examples=["provider-7c1f"])
    message: str = Field(description="Our id of the text.", examples=["msg_01M8325SC0WHNK40B5XV4HWRT4"])
    status: Literal["delivered", "failed", "undelivered", "expired", "sent", "accepted"]
    at: GivenMoment


class Taken(Out):
    """The receipt is kept; `known` if it was before, `no_news` if there is nothing to keep."""

    status: str = Field(examples=["taken"])


class TwilioIn(BaseModel):
    """What Twilio says about a text or a call, as a form; more fields may be there."""

    MessageSid: str = Field(examples=["SM0123456789abcdef0123456789abcdef"])
    MessageStatus: str = Field(examples=["delivered"])


class SnsIn(BaseModel):
    """A message of SNS, in which AWS End User Messaging says what became of a text; more fields may be there."""

    Type: str = Field(examples=["Notification"])
    MessageId: str = Field(examples=["22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324"])
    TopicArn: str = Field(examples=["arn:aws:sns:eu-west-1:123456789012:texts"])
    Message: str = Field(examples=["{}"])
    Timestamp: str = Field(examples=["2026-11-23T02:00:00.000Z"])
    SignatureVersion: str = Field(examples=["2"])
    Signature: str = Field(examples=["EXAMPLEpH+..."])
    SigningCertURL: str = Field(examples=["https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem"])


_REFUSALS = (SignatureInvalid, ReceiptMalformed)


@api.post(
    "/v1/webhooks/sms/{provider}",
    None,
    refusals=_REFUSALS,
    takes=ReceiptIn,
    signed={"Dutydesk-Signature": f"t=1795485600,v1={'5e' * 32}"},
)
def sms_receipt(provider: Annotated[Literal["dutydesk"], Path()]) -> Taken:
    """Take a delivery receipt; answered only once it is stored, so that a provider who hears nothing else tries again."""
    body, header = raw("dutydesk-signature")
    return Taken(status=services().receipts.take(provider, Said(body, header), call()))


@api.post(
    "/v1/webhooks/twilio/{text}",
    None,
    refusals=_REFUSALS,
    takes=TwilioIn,
    kind="application/x-www-form-urlencoded",
    signed={"X-Twilio-Signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="},
)
def twilio_receipt(text: Annotated[str, Path(max_length=64, pattern="^[A-Za-z0-9_]+$")]) -> Taken:
    """Take what Twilio says of a text or a call; it tries again after 5xx, as the address it was given asks."""
    body, header = raw("x-twilio-signature")
    return Taken(status=services().receipts.take("twilio", Said(body, header, text), call()))


@api.post("/v1/webhooks/sns", None, refusals=_REFUSALS, takes=SnsIn, kind="text/plain")
def sns_receipt() -> Taken:
    """Take what AWS says of a text by its topic, which tries again after 5xx and never after 4xx."""
    body, _ = raw("")
    return Taken(status=services().receipts.take("sns", Said(body), call()))
