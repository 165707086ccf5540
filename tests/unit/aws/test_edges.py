"""Plain values to attributes and back; queues, texts and mails whose service is away; the root secret."""

from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.aws import clients, keys
from chalicelib.aws.items import decode, encode
from chalicelib.aws.mail import Ses
from chalicelib.aws.queues import Queues
from chalicelib.aws.sms import EndUserMessaging
from chalicelib.kernel.errors import Unavailable
from tests.unit.aws.stub import Stub, trouble

AWAY = EndpointConnectionError(endpoint_url="https://aws")
values = st.recursive(
    st.text(max_size=5) | st.booleans() | st.integers() | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=50, database=None, derandomize=True, deadline=None)
@given(st.dictionaries(st.text(max_size=5), values, max_size=4))
def test_whatever_is_written_is_read_back(item: dict[str, Any]) -> None:
    assert decode(encode(item)) == item


def test_truth_is_no_number_and_none_is_left_out() -> None:
    assert encode({"a": True, "b": 1, "c": None, "d": {"e": None}}) == {
        "a": {"BOOL": True},
        "b": {"N": "1"},
        "d": {"M": {}},
    }
    assert decode(encode({"a": ("x", 1)})) == {"a": ["x", 1]}


@pytest.mark.parametrize("value", [0.5, {"x"}, object(), [None]])
def test_what_has_no_attribute_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="no attribute for"):
        encode({"a": value})


class Sqs(Stub):
    """Queues of which every send fails as told."""

    def get_queue_url(self, QueueName: str) -> dict[str, str]:  # noqa: N803 - as AWS spells it
        return {"QueueUrl": QueueName}

    def get_queue_attributes(self, QueueUrl: str, AttributeNames: list[str]) -> Any:  # noqa: N803
        return {"Attributes": dict.fromkeys(AttributeNames, "3")}


def queues(*answers: Any) -> tuple[Queues, Sqs]:
    stub = Sqs(*answers)
    return Queues(lambda: stub, "dutydesk-test"), stub  # type: ignore[arg-type,return-value]


def test_messages_go_in_tens_each_after_its_own_delay_within_what_sqs_allows() -> None:
    post, stub = queues({})
    post.send("escalations", [{"n": n} for n in range(23)], [-1, 901, *range(21)])

    sizes = [len(asked["Entries"]) for asked in stub.asked]
    delays = [entry["DelaySeconds"] for asked in stub.asked for entry in asked["Entries"]]
    assert sizes == [10, 10, 3]
    assert delays == [0, 900, *range(21)]
    assert len({entry["Id"] for entry in stub.asked[0]["Entries"]}) == 10


def test_a_message_that_was_not_taken_is_told() -> None:
    post, _ = queues({"Successful": [], "Failed": [{"Id": "0"}]})

    with pytest.raises(Unavailable):
        post.send("escalations", [{"n": 1}])


RECEIVED = {"Messages": [{"Body": "a", "ReceiptHandle": "ra"}, {"Body": "b", "ReceiptHandle": "rb"}]}


def test_a_dead_letter_is_deleted_only_once_it_is_back() -> None:
    post, stub = queues(RECEIVED, {"Successful": [{"Id": "1"}]}, {}, {"Messages": []})

    assert post.bring_back("receipts", 300) == (1, 6)
    (deleted,) = (asked for asked in stub.asked if asked["operation"] == "delete_message_batch")
    assert [entry["ReceiptHandle"] for entry in deleted["Entries"]] == ["rb"], "the one that was taken, and no other"


@pytest.mark.parametrize("answers", [[trouble("X")], [AWAY], [RECEIVED, {"Failed": [{"Id": "0"}, {"Id": "1"}]}]])
def test_where_nothing_could_be_moved_we_are_unavailable_and_nothing_is_deleted(answers: list[Any]) -> None:
    post, stub = queues(*answers)

    with pytest.raises(Unavailable):
        post.bring_back("receipts", 300)
    assert "delete_message_batch" not in {asked["operation"] for asked in stub.asked}


def test_a_later_failure_just_ends_it() -> None:
    post, _ = queues(RECEIVED, {"Successful": [{"Id": "0"}, {"Id": "1"}]}, {}, AWAY)

    assert post.bring_back("receipts", 300)[0] == 2


def test_no_more_are_received_than_were_asked_for() -> None:
    post, stub = queues(RECEIVED, {"Successful": [{"Id": "0"}, {"Id": "1"}]}, {})
    post.bring_back("receipts", 2)

    assert [asked["MaxNumberOfMessages"] for asked in stub.asked if asked["operation"] == "receive_message"] == [2]


@pytest.mark.parametrize("away", [trouble("ThrottlingException"), trouble("X", 500), AWAY])
def test_a_provider_that_takes_nothing_is_unavailable(monkeypatch: pytest.MonkeyPatch, away: Exception) -> None:
    monkeypatch.setattr(clients, "sms", lambda: Stub(away))
    monkeypatch.setattr(clients, "mail", lambda: Stub(away))

    with pytest.raises(Unavailable) as sms:
        EndUserMessaging("Dutydesk").text("msg_1", "+8613800138000", "b", "t")
    with pytest.raises(Unavailable) as mail:
        Ses("desk@dutydesk.test").mail("msg_1", "a@b.c", "s", "b", "t")
    assert (sms.value.facts, mail.value.facts) == ({"provider": "sms"}, {"provider": "mail"})


def test_our_id_travels_with_what_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    sms, mail = Stub({"MessageId": "p-1"}), Stub({"MessageId": "p-2"})
    monkeypatch.setattr(clients, "sms", lambda: sms)
    monkeypatch.setattr(clients, "mail", lambda: mail)

    assert EndUserMessaging("Dutydesk").text("msg_1", "+8613800138000", "b", "t") == "p-1"
    assert Ses("desk@dutydesk.test").mail("msg_1", "a@b.c", "s", "b", "t") == "p-2"
    assert sms.asked[0]["Context"]["id"] == "msg_1"
    assert {"Name": "id", "Value": "msg_1"} in mail.asked[0]["EmailTags"]


def test_the_root_secret_is_read_when_the_first_key_is_needed_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = Stub({"SecretString": "root"})
    monkeypatch.setattr(clients, "secrets", lambda: secrets)
    made = keys.keys.__wrapped__("dutydesk-test-root")
    assert secrets.asked == []

    assert made.key("a") != made.key("b")
    assert [asked["SecretId"] for asked in secrets.asked] == ["dutydesk-test-root"]
