"""Texts and calls by Twilio, over its HTTP interface; its own library would weigh more than all of ours."""

import base64
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from chalicelib.kernel.errors import Unavailable

from . import clients

_TIMEOUT = 5  # seconds
_API = "https://api.twilio.com/2010-04-01/Accounts"
# How Twilio is to repeat what we did not take: five times, when we cannot be reached or say 5xx; never after a 4xx.
_AGAIN = "#rc=5&rp=5xx,ct,rt"

Open = Callable[[urllib.request.Request, float], bytes]


@dataclass(frozen=True)
class Account:
    """An account of Twilio's, as the institution's secret tells it, a JSON object.

    `account` is its SID, `token` signs what Twilio tells us, `key` and `secret` are an API key's; `from` is the number,
    or the SID of a messaging service, that texts come from, and `voice` the number that calls.
    """

    secret_id: str

    @cached_property
    def _told(self) -> Mapping[str, str]:
        if not self.secret_id:
            raise Unavailable(provider="twilio")
        told: dict[str, str] = json.loads(clients.secrets().get_secret_value(SecretId=self.secret_id)["SecretString"])
        return told

    def of(self, name: str) -> str:
        """Give one of its facts; raises Unavailable where the institution has no account."""
        return self._told[name]

    @property
    def token(self) -> str:
        """What Twilio signs with; empty where there is no account, and then nobody signs."""
        return self.of("token") if self.secret_id else ""


def opened(request: urllib.request.Request, timeout: float) -> bytes:
    """Ask over the network."""
    with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310 - the address is a constant of ours
        body: bytes = answer.read()
        return body


@dataclass(frozen=True)
class TwilioTexts:
    """Sends texts; what became of each is told to an address that names it by our id."""

    account: Account
    told_at: Callable[[str], str]
    open: Open = opened

    def text(self, id_: str, to: str, body: str, template: str) -> str:  # noqa: ARG002 - Twilio has no use for it
        """Send one text and give the provider's id; raises Unavailable if the provider does not take it."""
        sender = self.account.of("from")
        by = "MessagingServiceSid" if sender.startswith("MG") else "From"
        form = {"To": to, by: sender, "Body": body, "StatusCallback": self.told_at(id_) + _AGAIN}
        return _posted(self.account, "Messages", form, self.open)


@dataclass(frozen=True)
class TwilioVoice:
    """Calls a number and speaks."""

    account: Account
    told_at: Callable[[str], str]
    open: Open = opened

    def text(self, id_: str, to: str, body: str, template: str) -> str:  # noqa: ARG002 - Twilio has no use for it
        """Call once and give the provider's id; raises Unavailable if the provider does not take it."""
        language = "en-GB" if body.isascii() else "zh-CN"
        spoken = f'<Response><Say language="{language}">{escape(body)}</Say></Response>'
        form = {
            "To": to,
            "From": self.account.of("voice"),
            "Twiml": spoken,
            "StatusCallback": self.told_at(id_) + _AGAIN,
        }
        return _posted(self.account, "Calls", form, self.open)


def authorization(by: Account) -> str:
    """Give the header by which an account's API key signs in; raises Unavailable where there is no account."""
    return "Basic " + base64.b64encode(f"{by.of('key')}:{by.of('secret')}".encode()).decode()


def _posted(by: Account, what: str, form: Mapping[str, str], ask: Open) -> str:
    request = urllib.request.Request(  # noqa: S310 - https, by the constant above
        f"{_API}/{by.of('account')}/{what}.json",
        urllib.parse.urlencode(form).encode(),
        {"Authorization": authorization(by), "Content-Type": "application/x-www-form-urlencoded"},
    )
    try:
        answer: dict[str, Any] = json.loads(ask(request, _TIMEOUT))
        return str(answer["sid"])
    except (OSError, ValueError, KeyError) as trouble:
        raise Unavailable(provider="twilio") from trouble
