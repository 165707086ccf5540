"""The fake providers take each of our messages once, and get rid of every receipt."""

import hashlib
import hmac
import io
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from infra.local.chaos import Chaos, Mischief
from infra.local.outbox import Outbox
from infra.local.providers import Providers
from infra.local.receipts import Receipts, receipts_key, signature

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SMS_TARGET = "PinpointSMSVoiceV2.SendTextMessage"


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    made = Outbox(tmp_path / "sent.sqlite")
    yield made
    made.close()


@pytest.fixture
def mischief() -> Mischief:
    return Mischief(random.Random(1))


def ask(providers: Providers, body: dict[str, Any], target: str = "", path: str = "/") -> tuple[str, dict[str, Any]]:
    content = json.dumps(body).encode()
    environ = {"CONTENT_LENGTH": str(len(content)), "wsgi.input": io.BytesIO(content), "PATH_INFO": path}
    if target:
        environ["HTTP_X_AMZ_TARGET"] = target
    told: list[str] = []
    answer = b"".join(providers(environ, lambda status, _: told.append(status)))  # type: ignore[arg-type,return-value]
    return told[0], json.loads(answer)


def text(id_: str, body: str = "Hello") -> dict[str, Any]:
    context = {"id": id_, "template": "greeting"}
    return {"DestinationPhoneNumber": "+8613800138000", "MessageBody": body, "Context": context}


def test_the_same_id_twice_is_one_message_with_one_provider_id(outbox: Outbox, mischief: Mischief) -> None:
    providers = Providers(outbox, mischief, lambda: NOW)

    first = ask(providers, text("msg_1"), SMS_TARGET)
    again = ask(providers, text("msg_1", "Hello again"), SMS_TARGET)
    other = ask(providers, text("msg_2"), SMS_TARGET)

    assert first == again != other
    assert [(sent.ours, sent.text) for sent in outbox.sent("sms")] == [("msg_1", "Hello"), ("msg_2", "Hello")]


def test_messages_are_listed_oldest_first_and_by_recipient(outbox: Outbox) -> None:
    for number, recipient in enumerate(("+1", "+2", "+1")):
        outbox.take("sms", f"msg_{number}", {"recipient": recipient, "text": str(number)}, NOW)

    assert [sent.text for sent in outbox.sent("sms")] == ["0", "1", "2"]
    assert [sent.text for sent in outbox.sent("sms", "+1")] == ["0", "2"]
    assert outbox.sent("mail") == []


def test_a_mail_is_kept_with_its_subject_and_the_id_from_its_tags(outbox: Outbox, mischief: Mischief) -> None:
    simple = {"Subject": {"Data": "News"}, "Body": {"Text": {"Data": "Good ones"}}}
    tags = [{"Name": "id", "Value": "msg_1"}, {"Name": "template", "Value": "news"}]
    mail = {"Destination": {"ToAddresses": ["a@x.test"]}, "Content": {"Simple": simple}, "EmailTags": tags}

    status, answer = ask(Providers(outbox, mischief, lambda: NOW), mail, path="/v2/email/outbound-emails")

    (sent,) = outbox.sent("mail")
    assert (status, answer) == ("200 OK", {"MessageId": sent.id})
    assert (sent.ours, sent.recipient, sent.subject, sent.text, sent.template) == (
        "msg_1",
        "a@x.test",
        "News",
        "Good ones",
        "news",
    )


def test_a_failing_provider_takes_nothing(outbox: Outbox, mischief: Mischief) -> None:
    mischief.chaos = Chaos(fail_provider=1.0)

    status, _ = ask(Providers(outbox, mischief, lambda: NOW), text("msg_1"), SMS_TARGET)

    assert (status[:3], outbox.sent("sms")) == ("500", [])


def test_what_is_not_played_here_is_not_answered(outbox: Outbox, mischief: Mischief) -> None:
    assert ask(Providers(outbox, mischief, lambda: NOW), {}, path="/v2/email/identities")[0][:3] == "404"


class Webhook:
    """Our webhook: its answers, and what it was told."""

    def __init__(self, *answers: int) -> None:
        self.answers = list(answers)
        self.calls: list[tuple[dict[str, Any], str, bytes]] = []

    def __call__(self, body: bytes, signed: str) -> int:
        self.calls.append((json.loads(body), signed, body))
        return self.answers.pop(0) if self.answers else 200


@pytest.fixture
def sent(outbox: Outbox) -> str:
    return outbox.take("sms", "msg_1", {"recipient": "+1", "text": "Hello"}, NOW)


def test_a_receipt_names_both_ids_and_is_signed_over_its_second_and_its_bytes(outbox: Outbox, sent: str) -> None:
    webhook, key = Webhook(), receipts_key("root")

    assert Receipts(outbox, key, lambda: NOW, webhook).order(sent, "delivered", timedelta(0), 1) == [200]

    ((told, signed, body),) = webhook.calls
    assert told == {"id": sent, "message": "msg_1", "status": "delivered", "at": "2026-11-23T02:00:00.000Z"}
    at = int(NOW.timestamp())
    assert key == hmac.digest(b"root", b"receipts", "sha256")
    assert signed == f"t={at},v1={hmac.new(key, f'{at}.'.encode() + body, hashlib.sha256).hexdigest()}"
    found = outbox.find(sent)
    assert found is not None
    assert found.status == "delivered"


def test_a_receipt_may_be_asked_for_several_times(outbox: Outbox, sent: str) -> None:
    webhook = Webhook(200, 401, 200)

    answered = Receipts(outbox, b"k", lambda: NOW, webhook).order(sent, "delivered", timedelta(0), 3)

    assert answered == [200, 401, 200]


def test_a_refused_receipt_comes_again_until_it_is_taken_even_after_a_restart(tmp_path: Path) -> None:
    times = [NOW]
    outbox = Outbox(tmp_path / "sent.sqlite")
    id_ = outbox.take("sms", "msg_1", {"recipient": "+1", "text": "Hello"}, NOW)
    assert Receipts(outbox, b"k", lambda: times[0], Webhook(503)).order(id_, "delivered", timedelta(0), 1) == [503]
    outbox.close()

    again = Outbox(tmp_path / "sent.sqlite")
    webhook = Webhook(0, 200)
    receipts = Receipts(again, b"k", lambda: times[0], webhook)
    receipts.work_off()
    assert webhook.calls == []
    while (due := receipts.next_after(times[0])) is not None:
        times[0] = due
        receipts.work_off()

    assert len(webhook.calls) == 2
    assert [each.status for each in again.sent("sms")] == ["delivered"]
    again.close()


def test_a_delayed_receipt_waits_for_its_time_on_the_movable_clock(outbox: Outbox, sent: str) -> None:
    webhook, times = Webhook(), [NOW]
    receipts = Receipts(outbox, b"k", lambda: times[0], webhook)

    assert receipts.order(sent, "delivered", timedelta(days=1), 1) == []
    receipts.work_off()
    assert webhook.calls == []
    assert receipts.next_after(NOW) == NOW + timedelta(days=1)

    times[0] = NOW + timedelta(days=1)
    receipts.work_off()
    assert len(webhook.calls) == 1


def test_a_receipt_for_a_message_nobody_sent_is_refused(outbox: Outbox) -> None:
    with pytest.raises(KeyError):
        Receipts(outbox, b"k", lambda: NOW, Webhook()).order("nothing", "delivered", timedelta(0), 1)


def test_a_signature_is_one_line_of_two_parts() -> None:
    assert signature(b"key", 7, b"{}").startswith("t=7,v1=")


def test_a_call_rings_once_for_each_client_token(outbox: Outbox, mischief: Mischief) -> None:
    providers = Providers(outbox, mischief, lambda: NOW)
    body = {"DestinationPhoneNumber": "+8613800138000", "ClientToken": "cbk_1-1", "Attributes": {"callback": "cbk_1"}}

    first, again = (ask(providers, body, path="/contact/outbound-voice") for _ in range(2))
    other = ask(providers, body | {"ClientToken": "cbk_1-2"}, path="/contact/outbound-voice")

    assert first == again != other
    assert set(first[1]) == {"ContactId"}
    assert [call.ours for call in outbox.sent("call")] == ["cbk_1-1", "cbk_1-2"]
