"""Asking for a code, for another, and typing it."""

from chalicelib.bootstrap import services
from chalicelib.kernel.errors import Invalid, PhoneInvalid
from chalicelib.web import call

from ..model import (
    HANDLE,
    CodeExpired,
    CodeUsed,
    CodeWrong,
    DestinationClosed,
    NumberUnsuitable,
    NumberUntrusted,
    Purpose,
    SmsUnavailable,
    TooManyAttempts,
    TooManyCodes,
    Transaction,
    Verification,
    grant_for,
)
from .shapes import Check, Checked, Id, Start, Started, TransactionIn, WarningOut, api

_SENDING = (NumberUnsuitable, NumberUntrusted, DestinationClosed, TooManyCodes, SmsUnavailable)


def _started(verification: Verification) -> Started:
    (id_, version), text = services().warning(verification.context)
    return Started(
        id=services().made_again(HANDLE, verification.id),
        expires_at=verification.expires_at,
        resend_after=verification.resend_after,
        warning=WarningOut(id=id_, version=version, text=text),
    )


def _checked(verification: Verification) -> Checked:
    return Checked(
        id=services().made_again(HANDLE, verification.id),
        status="approved",
        grant=services().made_again(grant_for(verification.purpose), verification.id),
        purpose=verification.purpose,
    )


def _told(transaction: TransactionIn | None) -> Transaction | None:
    return transaction.as_told if transaction else None


def _bound(body: Start) -> Transaction | None:
    """Give the transaction to confirm; other purposes confirm none."""
    if body.transaction and body.purpose is not Purpose.STEP_UP:
        raise Invalid.field("transaction", "unknown_field")
    return _told(body.transaction)


@api.post("/v1/verifications", None, status=202, once_by="phone", counted=True, refusals=(PhoneInvalid, *_SENDING))
def start_verification(body: Start) -> Started:
    """Send a one-time code; the answer is the same whether the phone number is known or not."""
    start = services().codes.start
    return _started(start(body.purpose, body.phone, body.language, _bound(body), call(_started)))


@api.post(
    "/v1/verifications/{verification}/resend",
    None,
    status=202,
    once_by="verification",
    counted=True,
    refusals=(CodeExpired, CodeUsed, *_SENDING),
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
    return _checked(services().codes.check(verification, body.code, _told(body.transaction), call(_checked)))
