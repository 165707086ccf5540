"""The fake providers of SMS, mail, calls and looks at faces: they answer AWS's own requests, so real adapters run unchanged."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .chaos import Mischief
from .faces import SERVICE, Looker
from .outbox import Outbox

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_SMS = "PinpointSMSVoiceV2.SendTextMessage"
_MAIL = "/v2/email/outbound-emails"
_CALL = "/contact/outbound-voice"
_JSON_1_0, _JSON_1_1 = "application/x-amz-json-1.0", "application/x-amz-json-1.1"


class Providers:
    """A WSGI application for the requests of the adapters to End User Messaging, SES, Connect and Rekognition."""

    def __init__(
        self, outbox: Outbox, mischief: Mischief, now: Callable[[], datetime], looker: Looker | None = None
    ) -> None:
        self._outbox = outbox
        self._looker = looker or Looker()
        self._mischief = mischief
        self._now = now

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        body = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) or b"{}")
        target = str(environ.get("HTTP_X_AMZ_TARGET", ""))
        face = target.startswith(SERVICE)
        status, answer = self._answer(target or environ["PATH_INFO"], body)
        content = json.dumps(answer).encode()
        kind = _JSON_1_0 if target == _SMS else _JSON_1_1 if face else "application/json"
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content]

    def _answer(self, asked: str, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        played = {_SMS: ("MessageId", self._text), _MAIL: ("MessageId", self._mail), _CALL: ("ContactId", self._call)}
        face = asked.startswith(SERVICE)
        if asked not in played and not face:
            return "404 Not Found", {"__type": "UnknownOperationException", "message": "not played here"}
        if self._mischief.fails():
            return "500 Internal Server Error", {"__type": "InternalServerException", "message": "chaos"}
        if face:
            return self._looker.answer(asked.removeprefix(SERVICE), body)
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
