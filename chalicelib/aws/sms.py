"""Texts and calls by AWS End User Messaging, and texts by SNS."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.kernel.errors import Unavailable

from . import clients


@dataclass(frozen=True)
class EndUserMessaging:
    """Sends texts; our id travels as context, so that receipts can name it and a provider that can will drop a double.

    `configuration` is the configuration set by which AWS tells what became of them; without one it tells nobody.
    """

    sender: str
    configuration: str = ""

    def text(self, id_: str, to: str, body: str, template: str) -> str:
        """Send one text and give the provider's id; raises Unavailable if the provider does not take it."""
        asked = _message(self, id_, to, body, template)
        return _taken(lambda: clients.sms().send_text_message(MessageType="TRANSACTIONAL", **asked)["MessageId"], "sms")


@dataclass(frozen=True)
class EndUserVoice:
    """Calls a number and speaks; Chinese words in a Chinese voice."""

    sender: str
    configuration: str = ""

    def text(self, id_: str, to: str, body: str, template: str) -> str:
        """Call once and give the provider's id; raises Unavailable if the provider does not take it."""
        asked = _message(self, id_, to, body, template) | {"MessageBodyTextType": "TEXT", "VoiceId": _voice(body)}
        return _taken(lambda: clients.sms().send_voice_message(**asked)["MessageId"], "voice")


@dataclass(frozen=True)
class SnsTexts:
    """Sends texts by SNS, which has nowhere to put our id: no receipt comes for what it takes."""

    sender: str

    def text(self, id_: str, to: str, body: str, template: str) -> str:  # noqa: ARG002 - nothing of SNS carries them
        """Send one text and give the provider's id; raises Unavailable if the provider does not take it."""
        told = {"AWS.SNS.SMS.SMSType": "Transactional"} | ({"AWS.SNS.SMS.SenderID": self.sender} if self.sender else {})
        attributes: Any = {name: {"DataType": "String", "StringValue": value} for name, value in told.items()}
        return _taken(
            lambda: clients.sns().publish(PhoneNumber=to, Message=body, MessageAttributes=attributes)["MessageId"],
            "sns",
        )


def _message(by: EndUserMessaging | EndUserVoice, id_: str, to: str, body: str, template: str) -> dict[str, Any]:
    asked = {
        "DestinationPhoneNumber": to,
        "OriginationIdentity": by.sender,
        "MessageBody": body,
        "Context": {"id": id_, "template": template},
    }
    return asked | ({"ConfigurationSetName": by.configuration} if by.configuration else {})


def _voice(body: str) -> str:
    return "AMY" if body.isascii() else "ZHIYU"


def _taken(ask: Callable[[], str], provider: str) -> str:
    try:
        return ask()
    except (ClientError, BotoCoreError) as trouble:
        raise Unavailable(provider=provider) from trouble
