"""Providers beside our own: an account at Twilio, a topic of AWS, and how both tell what became of a text."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from chalicelib.kernel import clock
from chalicelib.notifications import policy
from chalicelib.notifications.service import Sns
from tests.fakes import FakeProvider
from tests.unit.notifications.test_schemes import OneTopic, sns
from tests.world import Answer, World

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class FakeAccount:
    """What is needed of an account to believe what it tells."""

    token: str = "twilio's token"


class Others:
    """A world with further providers; `twilio` and `voice` are asked after its own."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.texts, self.voice = FakeProvider(), FakeProvider()
        ways = {"aws": world.provider, "twilio": self.texts, "aws-voice": self.voice}
        world.services.__dict__ |= {"ways": ways, "twilio": FakeAccount()}
        for standing_on_them in ("codes", "following", "carrying", "sending", "receipts"):
            world.services.__dict__.pop(standing_on_them, None)
        world.services.__dict__["_signatures"] = {**world.services._signatures, "sns": Sns(OneTopic())}

    def twilio(self, text: str, status: str = "delivered", token: str = FakeAccount.token, kind: str = FORM) -> Answer:
        """Let Twilio tell what became of a text."""
        pairs = {"MessageSid": "SM1", "MessageStatus": status}
        signed = policy.twilio_signature(token, self.world.services.twilio_url(text), [*pairs.items()])
        headers = {"Content-Type": kind, "X-Twilio-Signature": signed}
        return self.world.ask("POST", f"/v1/webhooks/twilio/{text}", urlencode(pairs), **headers)

    def aws(self, text: str, kind: str = "TEXT_DELIVERED", **fields: Any) -> Answer:
        """Let AWS tell what became of a text, by its topic."""
        at = int(self.world.now.timestamp() * 1000)
        signed = {"Timestamp": clock.text(self.world.now)} | fields
        said = sns({"eventType": kind, "context": {"id": text}, "eventTimestamp": at}, **signed)
        return self.world.ask("POST", "/v1/webhooks/sns", said.body, **{"Content-Type": "text/plain; charset=UTF-8"})

    def complain(self) -> str:
        """File a complaint and send its acknowledgement; give the text's id."""
        ticket = self.world.complain(self.world.sign_in())["id"]
        self.world.drain()
        return next(item["id"] for item in self.world.items("notifications") if item.get("about") == ticket)

    def status(self, text: str) -> str:
        """Tell what has become of a text."""
        return next(str(item["status"]) for item in self.world.items("notifications") if item["pk"] == text)


def started(world: World, phone: str) -> dict[str, Any]:
    """Ask for a code; give the answer."""
    world.forgive()
    answer = world.ask("POST", "/v1/verifications", {"purpose": "sign_in", "phone": phone, "language": "en"})
    assert answer.status == 202, answer.text
    found: dict[str, Any] = json.loads(answer.text)
    return found
