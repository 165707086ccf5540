"""What is known of phone numbers: by Twilio's Lookup, by nobody, or as tests were told."""

import json
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.kernel.clock import moment
from chalicelib.kernel.errors import Unavailable

from .twilio import Account, Open, authorization, opened

_TIMEOUT = 2  # seconds: a customer waits for it, and without an answer it goes on as unknown
_API = "https://lookups.twilio.com/v2/PhoneNumbers"
_FIELDS = "sim_swap,call_forwarding,line_type_intelligence"
_LINES = {
    "mobile": "mobile",
    "landline": "landline",
    "fixedVoip": "voip",
    "nonFixedVoip": "voip",
    **dict.fromkeys(("premium", "sharedCost", "tollFree"), "toll"),
    **dict.fromkeys(("pager", "personal", "uan", "voicemail"), "other"),
}
_SAID = {True: "on", "true": "on", False: "off", "false": "off"}


@dataclass(frozen=True)
class TwilioLookup:
    """Asks Lookup v2 for everything at once; a field that the account or the carrier does not give stays unknown."""

    account: Account
    open: Open = opened
    name: str = "twilio"

    def signals(self, phone: str, since: datetime) -> Mapping[str, str]:
        """Tell what is known of a number; raises Unavailable if Twilio does not say within two seconds."""
        try:
            url = f"{_API}/{urllib.parse.quote(phone, safe='')}?Fields={urllib.parse.quote(_FIELDS)}"
            request = urllib.request.Request(url, headers={"Authorization": authorization(self.account)})  # noqa: S310
            answer = json.loads(self.open(request, _TIMEOUT))
            return {
                "sim_swap": _swapped(_field(answer, "sim_swap"), since),
                "call_diversion": _diverted(_field(answer, "call_forwarding")),
                "line_type": _LINES.get(str(_field(answer, "line_type_intelligence").get("type")), "unknown"),
            }
        except (OSError, ValueError, TypeError, LookupError, AttributeError, ClientError, BotoCoreError) as trouble:
            raise Unavailable(provider="twilio") from trouble


def _field(answer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Give one field; one that is missing, or that came with an error, is empty."""
    found: Mapping[str, Any] = answer.get(name) or {}
    return {} if found.get("error_code") else found


def _swapped(field: Mapping[str, Any], since: datetime) -> str:
    """Tell whether the SIM was changed lately: by its date, and by Twilio's own period where there is none."""
    last: Mapping[str, Any] = field.get("last_sim_swap") or {}
    if told := last.get("last_sim_swap_date"):
        return "recent" if moment(str(told)) >= since else "none"
    swapped = last.get("swapped_in_period")
    return ("recent" if swapped else "none") if isinstance(swapped, bool) else "unknown"


def _diverted(field: Mapping[str, Any]) -> str:
    told = field.get("call_forwarding_enabled", field.get("call_forwarding_status"))
    return _SAID.get(told, "unknown") if isinstance(told, bool | str) else "unknown"


@dataclass(frozen=True)
class NobodyKnows:
    """No provider: everything is unknown, and nothing is asked."""

    name: str = ""

    def signals(self, phone: str, since: datetime) -> Mapping[str, str]:  # noqa: ARG002 - nobody is asked
        """Give nothing."""
        return {}


@dataclass(frozen=True)
class TestSignals:
    """Numbers of which tests were told what is known, or that a provider is `away`; of any other nobody knows anything."""

    __test__ = False

    told: Mapping[str, Mapping[str, str]]
    name: str = "test"

    def signals(self, phone: str, since: datetime) -> Mapping[str, str]:  # noqa: ARG002 - it is told as it is
        """Give what was told of a number; raises Unavailable for one that is told to be `away`."""
        found = self.told.get(phone, {})
        if "away" in found:
            raise Unavailable(provider="test")
        return found
