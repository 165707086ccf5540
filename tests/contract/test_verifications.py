"""What every store of verifications promises."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.calls import Replayed
from chalicelib.kernel.delivery import Delivery
from chalicelib.kernel.errors import Changed
from chalicelib.verification.codes.model import Attempt, Channel, Purpose, Status, Verification
from chalicelib.verification.codes.store import DynamoVerifications
from tests.builders import stamp
from tests.fakes import MemoryVerifications
from tests.world import LI, START

SENT = Attempt(Channel.SMS, START)


def make_verification(**what_matters: Any) -> Verification:
    facts: dict[str, Any] = {
        "id": "ver_1",
        "purpose": Purpose.SIGN_IN,
        "phone": LI,
        "language": "en",
        "code_hash": "hash",
        "status": Status.SENT,
        "started_at": START,
        "resend_after": START + timedelta(minutes=1),
        "sent": (SENT,),
        "attempts": 0,
        "expires_at": START + timedelta(minutes=10),
    }
    return Verification(**facts | what_matters)


@pytest.fixture(params=["memory", "dynamo"])
def store(request: pytest.FixtureRequest) -> Any:
    return (
        MemoryVerifications() if request.param == "memory" else DynamoVerifications(request.getfixturevalue("tables"))
    )


def test_what_was_added_is_found_as_it_was(store: Any) -> None:
    store.add(make_verification(), [], None, None)

    assert store.get("ver_1") == make_verification()
    assert store.get("ver_2") is None


def test_an_id_is_added_once(store: Any) -> None:
    store.add(make_verification(), [], None, None)

    with pytest.raises(Changed):
        store.add(make_verification(code_hash="other"), [], None, None)
    assert store.get("ver_1").code_hash == "hash"


def test_who_read_an_older_version_cannot_save(store: Any) -> None:
    store.add(make_verification(), [], None, None)
    read = store.get("ver_1")
    store.save(replace(read, sent=(SENT, SENT)), [], None, None)

    with pytest.raises(Changed):
        store.save(replace(read, sent=(SENT, SENT, SENT)), [], None, None)
    assert store.get("ver_1").sends == 2


def test_tries_counted_since_the_reading_are_not_forgotten(store: Any) -> None:
    store.add(make_verification(), [], None, None)
    read = store.get("ver_1")
    store.count_attempt("ver_1", 5, START)

    with pytest.raises(Changed):
        store.save(replace(read, sent=(SENT, SENT)), [], None, None)
    store.save(replace(read, status=Status.APPROVED), [], None, None)
    assert store.get("ver_1").status is Status.APPROVED


def test_attempts_are_counted_up_to_the_limit(store: Any) -> None:
    store.add(make_verification(), [], None, None)

    counted = [store.count_attempt("ver_1", 3, START) for _ in range(5)]

    assert [found.attempts if found else None for found in counted] == [1, 2, 3, None, None]


@pytest.mark.parametrize(
    "what_matters",
    [{"status": Status.APPROVED}, {"expires_at": START}, {"id": "ver_2"}],
    ids=["used", "expired", "unknown"],
)
def test_nothing_is_counted_where_no_code_is_open(store: Any, what_matters: dict[str, Any]) -> None:
    store.add(make_verification(**what_matters), [], None, None)

    assert store.count_attempt("ver_1", 5, START) is None


def test_what_was_never_sent_is_over_and_its_call_may_come_again(store: Any) -> None:
    first = stamp("once")
    store.add(make_verification(), [], first, None)
    with pytest.raises(Replayed):
        store.add(make_verification(id="ver_2"), [], first, None)

    store.unsent(make_verification(status=Status.UNSENT), [], first.once, None)
    assert store.get("ver_1").status is Status.UNSENT
    assert store.count_attempt("ver_1", 5, START) is None
    store.add(make_verification(id="ver_2"), [], first, None)
    with pytest.raises(Replayed):
        store.add(make_verification(id="ver_3"), [], first, None)


def test_where_a_code_has_been_and_when_it_goes_on_is_found_as_it_was(store: Any) -> None:
    failed = Attempt(Channel.SMS, START, "twilio", Delivery.FAILED)
    due = START + timedelta(seconds=45)
    sent = make_verification(sent=(failed, Attempt(Channel.VOICE, START, "aws-voice")), seed="5e" * 16, due_at=due)
    store.add(sent, [], None, None)

    assert store.get("ver_1") == sent
