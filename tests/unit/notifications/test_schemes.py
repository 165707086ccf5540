"""Receipts of providers that are not ours: whose signature is believed, and what they say."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.actors import ANONYMOUS
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text as written
from chalicelib.kernel.errors import SignatureInvalid
from chalicelib.notifications import policy
from chalicelib.notifications.model import Receipt, ReceiptMalformed, Said, Status
from chalicelib.notifications.service import Sns, Twilio
from tests.builders import id_of, make_text
from tests.world import START

# As Twilio publishes them with its library.
PAGE = "https://mycompany.com/myapp.php?foo=1&bar=2"
CALL = {
    "CallSid": "CA1234567890ABCDE",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
    "Caller": "+14158675309",
}
TWICE = [("Sid", "CA123"), ("SidAccount", "AC123"), ("Digits", "5678"), ("Digits", "1234")]
MESSAGE = make_text().id
NOW = Call(ANONYMOUS, START, "r", "webhook")


def test_twilio_s_published_signatures_are_ours() -> None:
    assert policy.twilio_signature("12345", PAGE, [*CALL.items()]) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    assert policy.twilio_signature("12345", PAGE, TWICE) == "IK+Dwps556ElfBT0I3Rgjkr1wJU="
    http = PAGE.replace("https", "http").replace(".com", ".com:1234")
    assert policy.twilio_signature("12345", http, [*CALL.items()]) == "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="
    assert policy.twilio_signature("12345", PAGE.replace(".com", ".com:443"), [*CALL.items()]) == (
        "kvajT1Ptam85bY51eRf/AJRuM3w="
    )


def twilio(**fields: str) -> Said:
    """Say something about a text as Twilio would."""
    told = {"MessageSid": "SM1", "MessageStatus": "delivered", "To": "+8613800138000"} | fields
    body = "&".join(f"{name}={value.replace('+', '%2B')}" for name, value in told.items() if value)
    pairs = [(name, value) for name, value in told.items() if value]
    return Said(body, policy.twilio_signature("token", address(MESSAGE), pairs), MESSAGE)


def address(text: str) -> str:
    return f"https://desk.example/v1/webhooks/twilio/{text}"


TWILIO = Twilio(lambda: "token", address)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, Status.DELIVERED),
        ({"MessageStatus": "sent"}, Status.SENT),
        ({"MessageStatus": "undelivered", "ErrorCode": "30003"}, Status.FAILED),
        ({"MessageSid": "", "MessageStatus": "", "CallSid": "CA1", "CallStatus": "completed"}, Status.DELIVERED),
        ({"MessageSid": "", "MessageStatus": "", "CallSid": "CA1", "CallStatus": "no-answer"}, Status.FAILED),
    ],
)
def test_twilio_says_what_became_of_texts_and_calls(fields: dict[str, str], status: Status) -> None:
    said = TWILIO.read(twilio(**fields), NOW)

    assert said is not None
    assert (said.text, said.status, said.at, said.due_at) == (MESSAGE, status, START, START)
    later = Call(ANONYMOUS, START + timedelta(hours=3), "r", "webhook")
    again = TWILIO.read(twilio(**fields), later)
    assert again is not None
    assert again.id == said.id, "said again, it is the same receipt"


def test_what_leads_nowhere_yet_is_no_news() -> None:
    assert [TWILIO.read(twilio(MessageStatus=status), NOW) for status in ("queued", "sending", "accepted")] == [
        None
    ] * 3


@pytest.mark.parametrize("fields", [{"MessageStatus": "lost"}, {"MessageSid": ""}, {"MessageStatus": ""}])
def test_what_twilio_signs_and_we_do_not_understand_is_refused_for_good(fields: dict[str, str]) -> None:
    with pytest.raises(ReceiptMalformed):
        TWILIO.read(twilio(**fields), NOW)


def test_another_text_body_or_token_is_not_believed() -> None:
    good = twilio()
    forged = [
        Said(good.body, good.signature, id_of(2, "msg")),
        Said(good.body.replace("delivered", "failed"), good.signature, MESSAGE),
        Said(good.body + "&x=1", good.signature, MESSAGE),
        Said(good.body, "", MESSAGE),
        Said(good.body, good.signature.lower(), MESSAGE),
        Said(good.body, policy.twilio_signature("other", address(MESSAGE), []), MESSAGE),
        Said("x" * 20_000, good.signature, MESSAGE),
    ]
    for said in forged:
        with pytest.raises(SignatureInvalid):
            TWILIO.read(said, NOW)


def test_where_there_is_no_account_nobody_signs() -> None:
    pairs = [("MessageSid", "SM1"), ("MessageStatus", "delivered")]
    said = Said("MessageSid=SM1&MessageStatus=delivered", policy.twilio_signature("", address(MESSAGE), pairs), MESSAGE)

    with pytest.raises(SignatureInvalid):
        Twilio(lambda: "", address).read(said, NOW)


class OneTopic:
    """A topic whose signature is what is signed, in base64."""

    def __init__(self) -> None:
        self.confirmed: list[str] = []

    def is_ours(self, arn: str) -> bool:
        return arn == "arn:ours"

    def signed(self, what: bytes, signature: str, certificate: str, now: Any) -> bool:
        return certificate == "cert" and signature == base64.b64encode(what).decode()

    def confirm(self, url: str) -> None:
        self.confirmed.append(url)


def sns(event: Any = None, **fields: str) -> Said:
    """Say something about a text as SNS would."""
    told = {
        "eventType": "TEXT_DELIVERED",
        "eventTimestamp": int(START.timestamp() * 1000),
        "messageId": "p-1",
        "context": {"id": MESSAGE},
    }
    message = {
        "Type": "Notification",
        "MessageId": "1",
        "TopicArn": "arn:ours",
        "Message": event if isinstance(event, str) else json.dumps(told | (event or {})),
        "Timestamp": written(START),
        "SignatureVersion": "2",
        "SigningCertURL": "cert",
    } | fields
    signature = base64.b64encode(policy.signed_by_sns(message)).decode()
    return Said(json.dumps({"Signature": signature} | message))


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("TEXT_DELIVERED", Status.DELIVERED),
        ("TEXT_SUCCESSFUL", Status.SENT),
        ("TEXT_CARRIER_UNREACHABLE", Status.FAILED),
        ("VOICE_NO_ANSWER", Status.FAILED),
        ("VOICE_COMPLETED", Status.DELIVERED),
    ],
)
def test_aws_says_what_became_of_texts_and_calls(kind: str, status: Status) -> None:
    said = Sns(OneTopic()).read(sns({"eventType": kind}), NOW)

    assert isinstance(said, Receipt)
    assert (said.text, said.status, said.at, said.provider_id) == (MESSAGE, status, START, "p-1")


@pytest.mark.parametrize("event", [{"eventType": "TEXT_QUEUED"}, {"context": {}}, {"eventType": "MEDIA_READ"}])
def test_what_is_no_news_or_not_ours_is_taken_and_not_kept(event: dict[str, Any]) -> None:
    assert Sns(OneTopic()).read(sns(event), NOW) is None


def test_the_topic_s_question_is_answered_once_it_is_believed() -> None:
    topic = OneTopic()
    asked = {"Type": "SubscriptionConfirmation", "SubscribeURL": "https://sns/", "Token": "t"}

    assert Sns(topic).read(sns("You have chosen", **asked), NOW) is None
    assert topic.confirmed == ["https://sns/"]
    with pytest.raises(SignatureInvalid):
        Sns(topic).read(sns("You have chosen", **asked, Signature="forged"), NOW)
    assert len(topic.confirmed) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"TopicArn": "arn:theirs"},
        {"SigningCertURL": "https://evil.example/cert.pem"},
        {"SignatureVersion": "1"},
        {"Signature": "AAAA"},
        {"Timestamp": written(START - timedelta(hours=2))},
        {"Timestamp": written(START + timedelta(hours=2))},
        {"Timestamp": "yesterday"},
    ],
)
def test_what_sns_did_not_sign_for_us_just_now_is_not_believed(fields: dict[str, str]) -> None:
    with pytest.raises(SignatureInvalid):
        Sns(OneTopic()).read(sns(**fields), NOW)


@pytest.mark.parametrize("body", ["", "[]", "null", "{", "{}", '"text"'])
def test_what_is_no_message_of_sns_is_signed_by_nobody(body: str) -> None:
    with pytest.raises(SignatureInvalid):
        Sns(OneTopic()).read(Said(body), NOW)


@pytest.mark.parametrize(
    "event",
    [
        "no json",
        "[]",
        {"eventTimestamp": "soon"},
        {"eventTimestamp": 10**20},
        {"eventTimestamp": -(10**15)},
        {"context": "x"},
        {"context": {"id": "投"}},
    ],
)
def test_what_is_signed_and_says_nothing_is_refused_for_good(event: Any) -> None:
    with pytest.raises(ReceiptMalformed):
        Sns(OneTopic()).read(sns(event), NOW)
