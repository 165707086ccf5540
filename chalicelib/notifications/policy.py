"""How long a worker may take, how often we try, and what providers' words mean."""

import base64
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from .model import Status

CLAIM = timedelta(seconds=60)
TRIES = 12

# SNS tries again for an hour at most, with the message as it was first signed.
FRESH_BY_SNS = timedelta(hours=1)

STATUSES = {
    "delivered": Status.DELIVERED,
    "failed": Status.FAILED,
    "undelivered": Status.FAILED,
    "expired": Status.FAILED,
    "sent": Status.SENT,
    "accepted": Status.SENT,
}


# What Twilio says of texts and of calls. What leads nowhere yet is no news: it is taken, and nothing is kept.
TWILIO = {
    **dict.fromkeys(("sent", "in-progress"), Status.SENT),
    **dict.fromkeys(("delivered", "read", "completed"), Status.DELIVERED),
    **dict.fromkeys(("undelivered", "failed", "canceled", "busy", "no-answer"), Status.FAILED),
}
TWILIO_NO_NEWS = frozenset({"accepted", "scheduled", "queued", "initiated", "ringing", "sending", "receiving"})
# What AWS End User Messaging says. `SUCCESSFUL` is that the carrier took it, where carriers say no more.
AWS = {
    **dict.fromkeys(("TEXT_SENT", "TEXT_SUCCESSFUL", "VOICE_ANSWERED"), Status.SENT),
    **dict.fromkeys(("TEXT_DELIVERED", "VOICE_COMPLETED"), Status.DELIVERED),
    **dict.fromkeys(
        ("TEXT_INVALID", "TEXT_INVALID_MESSAGE", "TEXT_UNREACHABLE", "TEXT_CARRIER_UNREACHABLE"), Status.FAILED
    ),
    **dict.fromkeys(("TEXT_BLOCKED", "TEXT_CARRIER_BLOCKED", "TEXT_PROTECT_BLOCKED", "TEXT_SPAM"), Status.FAILED),
    **dict.fromkeys(("TEXT_TTL_EXPIRED", "VOICE_TTL_EXPIRED", "VOICE_BUSY", "VOICE_NO_ANSWER"), Status.FAILED),
    "VOICE_FAILED": Status.FAILED,
}


def try_again_at(now: datetime, tries: int) -> datetime:
    """Tell when to try again: a minute after the first time, then twice as long, at most an hour."""
    return now + min(CLAIM * (1 << min(tries - 1, 10)), timedelta(hours=1))


def twilio_signature(token: str, url: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Give Twilio's signature of a form that is sent to an address: HMAC-SHA1 in base64, each pair once, by name."""
    signed = url + "".join(name + value for name, value in sorted(set(pairs)))
    return base64.b64encode(hmac.digest(token.encode(), signed.encode(), "sha1")).decode()


# The fields that SNS signs, in its order; a subject is there or not.
_OF_A_NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_OF_A_CONFIRMATION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")


def signed_by_sns(message: Mapping[str, str]) -> bytes:
    """Give what SNS signs of a message."""
    names = _OF_A_NOTIFICATION if message.get("Type") == "Notification" else _OF_A_CONFIRMATION
    return "".join(f"{name}\n{message[name]}\n" for name in names if name in message).encode()
