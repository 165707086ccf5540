"""What every store of reports and words promises."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import Changed
from chalicelib.kernel.limits import Bucket
from chalicelib.verification.codes.model import Closing, Why
from chalicelib.verification.codes.store import DynamoGates
from chalicelib.verification.fraud import policy
from chalicelib.verification.fraud.model import Channel, Kind, Report, Word
from chalicelib.verification.fraud.store import DynamoReports
from tests.fakes import MemoryReports
from tests.world import START

WORD = Word("wrd_1", "m1", "p1", Channel.CALL, "agent-east", "east", START, START + timedelta(minutes=15))
REPORT = Report("frd_1", Kind.IMPERSONATION, "cus_1", "east", "agent-east", "", START, None, "n1")
CLOSING = Closing("cls_1", "phone_1", Why.FRAUD, START, START + timedelta(days=1), 0, 0)
LIMIT = policy.BY_ADDRESS


@pytest.fixture(params=["memory", "dynamo"])
def store(request: pytest.FixtureRequest) -> Any:
    return MemoryReports() if request.param == "memory" else DynamoReports(request.getfixturevalue("tables"))


def gates(store: Any) -> Any:
    return store.gates if isinstance(store, MemoryReports) else DynamoGates(store._tables)


def taken(key: str = "b") -> tuple[Bucket, Bucket]:
    return Bucket(key), Bucket(key).taken(LIMIT, START, LIMIT.within)


def test_what_was_issued_is_found_as_it_was_and_once(store: Any) -> None:
    store.issue(WORD, [], None)

    assert store.standing("m1", "", ["b"]) == (WORD, None, [Bucket("b")])
    assert store.standing("m2", "", [])[0] is None
    with pytest.raises(Changed):
        store.issue(replace(WORD, id="wrd_2"), [], None)


def test_a_number_is_marked_by_a_report_for_a_month(store: Any) -> None:
    store.report(REPORT, [], [], None)
    store.report(replace(REPORT, id="frd_2", marked=""), [], [], None)

    assert store.standing("", "n1", [])[1] == START + timedelta(days=30)
    assert store.standing("", "n2", [])[1] is None
    with pytest.raises(Changed):
        store.report(REPORT, [], [], None)


def test_a_report_and_what_it_closes_are_kept_together_or_not_at_all(store: Any) -> None:
    at = gates(store)
    store.report(REPORT, [at.written(CLOSING)], [], None)
    assert at.closing("phone_1").why is Why.FRAUD

    stale = replace(REPORT, id="frd_2", marked="n2")
    with pytest.raises(Changed):
        store.report(stale, [at.written(CLOSING)], [], None)
    assert store.standing("", "n2", [])[1] is None


def test_who_read_before_somebody_asked_cannot_count(store: Any) -> None:
    store.issue(WORD, [], None)
    store.checked(WORD, [taken()], [], None, START)

    for word in (None, WORD):
        with pytest.raises(Changed):
            store.checked(word, [taken()], [], None, START)
    found, _, (bucket,) = store.standing("m1", "", ["b"])
    assert (found.version, len(bucket.times)) == (2, 1)
    with pytest.raises(Changed):
        store.checked(WORD, [taken("another")], [], None, START)
