"""Providers of texts and calls on the wire: what is asked, whose certificate is fetched, and that none of it hangs."""

import base64
import json
import urllib.request
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from chalicelib.aws import clients
from chalicelib.aws.sms import EndUserMessaging, EndUserVoice, SnsTexts
from chalicelib.aws.topics import Events
from chalicelib.aws.twilio import Account, TwilioTexts, TwilioVoice
from chalicelib.kernel.errors import Unavailable
from tests.unit.aws.stub import Stub, trouble
from tests.world import START

TO = "+8613800138000"
SECRET = {
    "account": "AC1",
    "key": "SK1",
    "secret": "s",
    "token": "t",
    "from": "+447400000000",
    "voice": "+447400000001",
}


def test_a_configuration_set_is_named_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    sms = Stub({"MessageId": "p-1"})
    monkeypatch.setattr(clients, "sms", lambda: sms)

    EndUserMessaging("Dutydesk", "receipts").text("msg_1", TO, "b", "t")
    EndUserMessaging("Dutydesk").text("msg_1", TO, "b", "t")
    assert [asked.get("ConfigurationSetName") for asked in sms.asked] == ["receipts", None]


def test_aws_speaks_in_the_language_of_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    sms = Stub({"MessageId": "p-1"})
    monkeypatch.setattr(clients, "sms", lambda: sms)

    assert EndUserVoice("+44").text("ver_1_2", TO, "Hello", "code_voice") == "p-1"
    EndUserVoice("+44").text("ver_1_2", TO, "您好", "code_voice")
    assert [(asked["operation"], asked["VoiceId"]) for asked in sms.asked] == [
        ("send_voice_message", "AMY"),
        ("send_voice_message", "ZHIYU"),
    ]
    assert sms.asked[0]["Context"]["id"] == "ver_1_2"


def test_sns_sends_to_a_phone_and_is_unavailable_when_it_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    sns = Stub({"MessageId": "p-1"}, trouble("Throttled"))
    monkeypatch.setattr(clients, "sns", lambda: sns)

    assert SnsTexts("BANK").text("msg_1", TO, "b", "t") == "p-1"
    assert sns.asked[0]["PhoneNumber"] == TO
    assert sns.asked[0]["MessageAttributes"]["AWS.SNS.SMS.SMSType"]["StringValue"] == "Transactional"
    with pytest.raises(Unavailable):
        SnsTexts("").text("msg_1", TO, "b", "t")


class Wire:
    """Twilio's end of the line."""

    def __init__(self, answer: bytes | Exception = b'{"sid": "SM1"}') -> None:
        self.asked: list[urllib.request.Request] = []
        self._answer = answer

    def __call__(self, request: urllib.request.Request, timeout: float) -> bytes:
        assert timeout <= 5
        self.asked.append(request)
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer

    def form(self) -> dict[str, str]:
        data = self.asked[-1].data
        assert isinstance(data, bytes)
        return {name: values[0] for name, values in parse_qs(data.decode()).items()}


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Account:
    monkeypatch.setattr(clients, "secrets", lambda: Stub({"SecretString": json.dumps(SECRET)}))
    return Account("secret")


def url(text: str) -> str:
    return f"https://desk.example/v1/webhooks/twilio/{text}"


def test_twilio_is_asked_as_its_interface_wants_it(account: Account) -> None:
    wire = Wire()

    assert TwilioTexts(account, url, wire).text("ver_1_1", TO, "验证码 1", "t") == "SM1"
    (asked,) = wire.asked
    assert asked.full_url == "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json"
    assert asked.get_header("Authorization") == "Basic " + base64.b64encode(b"SK1:s").decode()
    form = wire.form()
    assert (form["To"], form["From"], form["Body"]) == (TO, SECRET["from"], "验证码 1")
    assert form["StatusCallback"] == url("ver_1_1") + "#rc=5&rp=5xx,ct,rt"


def test_twilio_speaks_what_is_written_and_nothing_in_it_is_an_order(account: Account) -> None:
    wire = Wire(b'{"sid": "CA1"}')

    assert TwilioVoice(account, url, wire).text("ver_1_2", TO, "Pay A & B <Dial>", "t") == "CA1"
    assert wire.asked[0].full_url.endswith("/AC1/Calls.json")
    assert wire.form()["Twiml"] == '<Response><Say language="en-GB">Pay A &amp; B &lt;Dial&gt;</Say></Response>'


@pytest.mark.parametrize("answer", [OSError("down"), TimeoutError(), b"<html>", b"{}"])
def test_twilio_that_takes_nothing_is_unavailable(account: Account, answer: Any) -> None:
    with pytest.raises(Unavailable):
        TwilioTexts(account, url, Wire(answer)).text("msg_1", TO, "b", "t")


def test_without_an_account_twilio_is_unavailable_and_signs_nothing(account: Account) -> None:
    assert (account.token, Account("").token) == ("t", "")
    with pytest.raises(Unavailable):
        TwilioTexts(Account(""), url, Wire()).text("msg_1", TO, "b", "t")


HOST = "https://sns.eu-west-1.amazonaws.com"
CERTIFICATE = f"{HOST}/SimpleNotificationService-9c6465fa7f48f5cacd23014631ec1136.pem"


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(key: rsa.RSAPrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(START - timedelta(days=1))
        .not_valid_after(START + timedelta(days=1))
    )
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


class Fetching:
    """SNS's end of the line."""

    def __init__(self, body: bytes) -> None:
        self.asked: list[str] = []
        self._body = body

    def __call__(self, url: str) -> bytes:
        self.asked.append(url)
        return self._body


def signature(key: rsa.RSAPrivateKey, what: bytes, by: Any = None) -> str:
    return base64.b64encode(key.sign(what, padding.PKCS1v15(), by or hashes.SHA256())).decode()


def test_what_sns_signed_is_believed_and_its_certificate_fetched_once(key: rsa.RSAPrivateKey) -> None:
    fetch = Fetching(certificate(key))
    topic = Events("arn:ours", fetch)

    assert topic.signed(b"what", signature(key, b"what"), CERTIFICATE, START)
    assert topic.signed(b"more", signature(key, b"more"), CERTIFICATE, START)
    assert fetch.asked == [CERTIFICATE]
    for what, signed in (
        (b"else", signature(key, b"what")),
        (b"what", signature(key, b"what", hashes.SHA1())),  # noqa: S303 - that it is refused is the point
        (b"what", ""),
        (b"what", "no base64!"),
        (b"what", base64.b64encode(b"short").decode()),
    ):
        assert not topic.signed(what, signed, CERTIFICATE, START)
    for now in (START - timedelta(days=2), START + timedelta(days=2)):
        assert not topic.signed(b"what", signature(key, b"what"), CERTIFICATE, now)


@pytest.mark.parametrize(
    "address",
    [
        CERTIFICATE.replace("https", "http"),
        CERTIFICATE.replace("amazonaws.com", "amazonaws.com.evil.example"),
        CERTIFICATE.replace("sns.eu", "evil.sns.eu"),
        CERTIFICATE.replace("sns.", "x@sns."),
        CERTIFICATE.replace("https://", "https://evil.example/"),
        CERTIFICATE.replace(".com", ".com:8443"),
        f"{HOST}/?Action=GetTopic#/SimpleNotificationService-0.pem",
        f"{HOST}/other.pem",
        CERTIFICATE + "?x",
        "https://[",
        "",
    ],
)
def test_a_certificate_is_fetched_from_nobody_but_sns(key: rsa.RSAPrivateKey, address: str) -> None:
    fetch = Fetching(certificate(key))

    assert not Events("arn:ours", fetch).signed(b"what", signature(key, b"what"), address, START)
    assert fetch.asked == []


def test_what_is_no_certificate_signs_nothing(key: rsa.RSAPrivateKey) -> None:
    assert not Events("arn:ours", Fetching(b"<html>")).signed(b"what", signature(key, b"what"), CERTIFICATE, START)


def test_a_subscription_is_confirmed_at_sns_alone() -> None:
    fetch = Fetching(b"")
    topic = Events("arn:ours", fetch)

    topic.confirm("https://evil.example/?Action=ConfirmSubscription")
    topic.confirm(f"{HOST}/?Action=ConfirmSubscription&Token=1")
    assert fetch.asked == [f"{HOST}/?Action=ConfirmSubscription&Token=1"]


def test_without_a_topic_no_message_is_ours() -> None:
    assert not Events("").is_ours("")
    assert Events("arn:ours").is_ours("arn:ours")
    assert not Events("arn:ours").is_ours("arn:theirs")
