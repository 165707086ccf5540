"""The fake SMS and mail providers, and who looks at faces: they answer AWS's own requests, so real adapters run unchanged."""

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
_JSON_1_0, _JSON_1_1 = "application/x-amz-json-1.0", "application/x-amz-json-1.1"


class Providers:
    """A WSGI application: AWS End User Messaging's SendTextMessage, SES's SendEmail, and Rekognition's three requests."""

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
        status, answer = self._answer(target, environ["PATH_INFO"] == _MAIL, body)
        content = json.dumps(answer).encode()
        kind = _JSON_1_0 if target == _SMS else _JSON_1_1 if face else "application/json"
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content]

    def _answer(self, target: str, mail: bool, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        sms, face = target == _SMS, target.startswith(SERVICE)
        if not (sms or mail or face):
            return "404 Not Found", {"__type": "UnknownOperationException", "message": "not played here"}
        if self._mischief.fails():
            return "500 Internal Server Error", {"__type": "InternalServerException", "message": "chaos"}
        if face:
            return self._looker.answer(target.removeprefix(SERVICE), body)
        take = self._text if sms else self._mail
        return "200 OK", {"MessageId": take(body)}

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
