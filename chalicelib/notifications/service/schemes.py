"""How each provider signs its receipts and what it says in them; what nobody we know has signed is not even read."""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chalicelib.kernel import forms
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import moment
from chalicelib.kernel.errors import SignatureInvalid
from chalicelib.kernel.ids import born
from chalicelib.kernel.signatures import Signers, check_signature

from .. import policy
from ..model import Receipt, ReceiptMalformed, Said, Status, receipt_id
from ..ports import Topic

LONGEST = 16_384  # characters of a receipt
LONGEST_ID = 256
_ID = 30  # letters of an id; that of a code's text goes on with its number
_UNREADABLE = (ValueError, KeyError, TypeError, OverflowError, RecursionError)


@dataclass(frozen=True)
class Ours:
    """Our own format: JSON, signed with its time by a key that both sides know."""

    signers: Signers

    def read(self, said: Said, call: Call) -> Receipt:
        """Give the receipt; raises SignatureInvalid, or ReceiptMalformed for what is signed and cannot be read."""
        check_signature(said.signature, said.body, self.signers.believed(call.now), call.now)
        try:
            told: dict[str, Any] = json.loads(said.body[:LONGEST])
            at = moment(str(told["at"]))
            status, text, provider_id = str(told["status"]), str(told["message"]), str(told["id"])
            id_ = receipt_id(json.dumps([provider_id, text, status, told["at"]]), at)
        except _UNREADABLE as unreadable:
            raise ReceiptMalformed from unreadable
        if status not in policy.STATUSES:
            raise ReceiptMalformed
        return _receipt(id_, text, provider_id, policy.STATUSES[status], at, call)


@dataclass(frozen=True)
class Twilio:
    """A form, signed with the account's token together with the address that it was sent to.

    The signature bears no time. What is sent again says the same and is known; what is said is never taken back.
    """

    token: Callable[[], str]
    url: Callable[[str], str]

    def read(self, said: Said, call: Call) -> Receipt | None:
        """Give the receipt, None for what is no news yet; raises SignatureInvalid, ReceiptMalformed."""
        token = self.token()
        if not token or len(said.body) > LONGEST:
            raise SignatureInvalid
        pairs = forms.pairs(said.body)
        expected = policy.twilio_signature(token, self.url(said.text), pairs)
        if not hmac.compare_digest(expected.encode(), said.signature.encode()):
            raise SignatureInvalid
        told = dict(pairs)
        status = told.get("MessageStatus") or told.get("CallStatus") or ""
        if status in policy.TWILIO_NO_NEWS:
            return None
        provider_id = told.get("MessageSid") or told.get("CallSid") or ""
        try:
            asked_at = born(said.text[:_ID])
        except ValueError as unknown:
            raise ReceiptMalformed from unknown
        if status not in policy.TWILIO:
            raise ReceiptMalformed
        # It does not say when, so its id takes the day of the text: said again, it is the same receipt.
        id_ = receipt_id(json.dumps([provider_id, said.text, status]), asked_at)
        return _receipt(id_, said.text, provider_id, policy.TWILIO[status], call.now, call)


@dataclass(frozen=True)
class Sns:
    """Events of AWS End User Messaging by a topic of ours, signed by SNS under a certificate of its own."""

    topic: Topic

    def read(self, said: Said, call: Call) -> Receipt | None:
        """Give the receipt, None for what is no news; the topic's question whether it may write here is answered.

        Raises SignatureInvalid, ReceiptMalformed, and Unavailable if the certificate cannot be had.
        """
        message = self._signed(said, call)
        if message["Type"] == "SubscriptionConfirmation":
            self.topic.confirm(message["SubscribeURL"])
        if message["Type"] != "Notification":
            return None
        try:
            event: dict[str, Any] = json.loads(message["Message"][:LONGEST])
            kind, text = str(event["eventType"]), str(event.get("context", {}).get("id", ""))
            at = datetime.fromtimestamp(int(event["eventTimestamp"]) / 1000, UTC)
            provider_id = str(event["messageId"])
            id_ = receipt_id(json.dumps([provider_id, text, kind, event["eventTimestamp"]]), at)
        except (*_UNREADABLE, OSError, AttributeError) as unreadable:
            raise ReceiptMalformed from unreadable
        status = policy.AWS.get(kind)
        # Without our id it is about something that others send by the same service.
        return _receipt(id_, text, provider_id, status, at, call) if status and text else None

    def _signed(self, said: Said, call: Call) -> dict[str, str]:
        try:
            message = {str(name): str(value) for name, value in json.loads(said.body).items()}
            fresh = abs(call.now - moment(message["Timestamp"]))
            asked = (message["TopicArn"], message["SigningCertURL"], message["SignatureVersion"], message["Type"])
        except (*_UNREADABLE, AttributeError) as unreadable:
            raise SignatureInvalid from unreadable
        arn, certificate, version, _ = asked
        # The first version signs with SHA-1.
        ours = self.topic.is_ours(arn) and version == "2"
        signed = policy.signed_by_sns(message)
        if not ours or not self.topic.signed(signed, message.get("Signature", ""), certificate, call.now):
            raise SignatureInvalid
        if fresh > policy.FRESH_BY_SNS:
            raise SignatureInvalid
        return message


def _receipt(id_: str, text: str, provider_id: str, status: Status, at: datetime, call: Call) -> Receipt:
    """Make a receipt to be worked off at once; nothing arrived after we heard of it, whatever a fast clock says."""
    if not _storable(text) or not _storable(provider_id):
        raise ReceiptMalformed
    return Receipt(id_, text, provider_id, status, min(at, call.now), due_at=call.now)


def _storable(id_: str) -> bool:
    """What is no key could be stored, and never be worked off."""
    return 0 < len(id_) <= LONGEST_ID and id_.isascii() and id_.isprintable()
