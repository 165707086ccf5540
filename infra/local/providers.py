"""The fake providers of SMS, mail and calls: they answer AWS's own requests, so that the real adapters run unchanged."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .chaos import Mischief
from .outbox import Outbox

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_SMS = "PinpointSMSVoiceV2.SendTextMessage"
_MAIL = "/v2/email/outbound-emails"
_CALL = "/contact/outbound-voice"
_JSON_1_0 = "application/x-amz-json-1.0"


class Providers:
    """A WSGI application: End User Messaging's SendTextMessage, SES's SendEmail, Connect's StartOutboundVoiceContact."""

    def __init__(self, outbox: Outbox, mischief: Mischief, now: Callable[[], datetime]) -> None:
        self._outbox = outbox
        self._mischief = mischief
        self._now = now

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        body = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) or b"{}")
        sms = environ.get("HTTP_X_AMZ_TARGET") == _SMS
        status, answer = self._answer(_SMS if sms else environ["PATH_INFO"], body)
        content = json.dumps(answer).encode()
        kind = _JSON_1_0 if sms else "application/json"
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content]

    def _answer(self, asked: str, body: dict[str, Any]) -> tuple[str, dict[str, str]]:
        played = {_SMS: ("MessageId", self._text), _MAIL: ("MessageId", self._mail), _CALL: ("ContactId", self._call)}
        if asked not in played:
            return "404 Not Found", {"__type": "UnknownOperationException", "message": "not played here"}
        if self._mischief.fails():
            return "500 Internal Server Error", {"__type": "InternalServerException", "message": "chaos"}
        name, take = played[asked]
        return "200 OK", {name: take(body)}

    def _text(self, body: dict[str, Any]) -> str:
        context = body.get("Context", {})
        message = {
            "recipient": body["DestinationPhoneNumber"],
            "text": body["MessageBody"],
            "template": context.get("template", ""),
        }
        return self._outbox.take("sms", context.get("id"), message, self._now())

    def _mail(self, body: dict[str, Any]) -> str:
        tags = {tag["Name"]: tag["Value"] for tag in body.get("EmailTags", [])}
        simple = body["Content"]["Simple"]
        message = {
            "recipient": ", ".join(body["Destination"]["ToAddresses"]),
            "subject": simple["Subject"]["Data"],
            "text": simple["Body"].get("Text", simple["Body"].get("Html", {})).get("Data", ""),
            "template": tags.get("template", ""),
        }
        return self._outbox.take("mail", tags.get("id"), message, self._now())

    def _call(self, body: dict[str, Any]) -> str:
        """Ring once for each client token, as Connect does."""
        about = body.get("Attributes", {})
        message = {"recipient": body["DestinationPhoneNumber"], "text": about.get("callback", ""), "template": "call"}
        return self._outbox.take("call", body.get("ClientToken"), message, self._now())
