"""Where SMS providers report."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Path

from chalicelib.bootstrap import services
from chalicelib.web import Api, Out, call, raw

from .model import ReceiptMalformed, SignatureInvalid

api = Api("Webhooks", door="webhook")


class Taken(Out):
    """The receipt is kept; `known` if it was before."""

    status: str


@api.post("/v1/webhooks/sms/{provider}", None, refusals=(SignatureInvalid, ReceiptMalformed))
def sms_receipt(provider: Annotated[Literal["dutydesk"], Path()]) -> Taken:  # noqa: ARG001 - checked by its type
    """Take a delivery receipt; answered only once it is stored, so that a provider who hears nothing else tries again."""
    body, header = raw("dutydesk-signature")
    return Taken(status=services().receipts.take(header, body, call()))
