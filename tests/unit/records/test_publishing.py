"""What was recorded reaches the queues that hear of it, and a chain tells its first bad link."""

from dataclasses import replace

import pytest

from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.events import Link, Record, digest
from chalicelib.records.model import first_fault
from chalicelib.records.service import Publishing
from tests.builders import link_after
from tests.fakes import FakeOutlet

HEARS = {"thing.happened": ("escalations", "notifications"), "other.happened": ("receipts",)}
WATCHES = {"tkt": "escalations", "apt": "receipts"}
CARRIED = frozenset({"what", "notices"})


def published(*records: Record) -> list[tuple[str, int]]:
    outlet = FakeOutlet()
    Publishing(outlet, HEARS, WATCHES, CARRIED).publish(records)
    return [(queue, hint["seq"]) for queue, hint, _ in outlet.sent]


def test_each_queue_hears_of_what_it_subscribed_to_in_order() -> None:
    records, _ = link_after("tkt_1", Link(), "a", "b")
    other = replace(records[1], event="other.happened")
    unheard = replace(records[1], event="nobody.hears")

    assert published(records[0], other, unheard, records[1]) == [
        ("escalations", 1),
        ("escalations", 2),
        ("receipts", 2),
    ]


def test_notifications_hear_only_of_what_carries_a_notice() -> None:
    (record,), _ = link_after("tkt_1")

    assert ("notifications", 1) not in published(replace(record, body={"notices": []}))
    assert ("notifications", 1) in published(replace(record, body={"notices": [{"key": "a"}]}))


def test_news_about_something_goes_only_to_the_queue_that_watches_over_it() -> None:
    (record,), _ = link_after("txt_1")
    other = replace(record, event="other.happened")

    assert published(replace(record, body={"about": "tkt_1"}), replace(other, body={"about": "tkt_1"})) == [
        ("escalations", 1)
    ]
    assert published(replace(other, body={"about": "apt_1"})) == [("receipts", 1)]
    assert published(replace(record, body={"about": "kio_1"})) == []


def test_a_hint_says_what_happened_to_what_and_by_which_request() -> None:
    (record,), _ = link_after("tkt_1")
    outlet = FakeOutlet()
    said = replace(record, body={**record.body, "reason": "what somebody wrote", "notices": {"reason": "what else"}})
    Publishing(outlet, HEARS, WATCHES, CARRIED).publish([said])

    _, hint, delay = outlet.sent[0]
    assert hint == {
        "event": "thing.happened",
        "subject": "tkt_1",
        "seq": 1,
        "at": record.at,
        "body": {"what": "something"},
        "request_id": "req-test",
    }
    assert delay == 0


def test_a_queue_that_cannot_be_had_is_no_success() -> None:
    class Broken:
        def send(self, *_: object) -> None:
            raise Unavailable

    with pytest.raises(Unavailable):
        Publishing(Broken(), HEARS, WATCHES, CARRIED).publish(link_after("tkt_1")[0])


def rehashed(record: Record, **changed: object) -> Record:
    other = replace(record, **changed)
    return replace(other, hash=digest(other.facts))


CHAIN, END = link_after("tkt_1", Link(), *"abcde")


@pytest.mark.parametrize(
    ("records", "end", "fault"),
    [
        (CHAIN, END, None),
        (CHAIN, None, None),
        ([], None, None),
        ([], END, (1, "cut off")),
        (CHAIN[:3], END, (4, "cut off")),
        (CHAIN[:2] + CHAIN[3:], END, (3, "missing")),
        (CHAIN[1:], END, (1, "missing")),
        ([CHAIN[0], CHAIN[2], CHAIN[1], *CHAIN[3:]], END, (2, "missing")),
        ([CHAIN[0], replace(CHAIN[1], actor="x"), *CHAIN[2:]], END, (2, "altered")),
        ([CHAIN[0], rehashed(CHAIN[1], actor="x"), *CHAIN[2:]], END, (3, "unchained")),
        ([*CHAIN[:4], rehashed(CHAIN[4], actor="x")], END, (5, "altered")),
        (CHAIN, Link(3, CHAIN[2].hash), (4, "unclaimed")),
        ([rehashed(CHAIN[0], subject="tkt_2")], None, (1, "altered")),
    ],
)
def test_the_first_bad_record_is_named_with_what_is_wrong_with_it(
    records: list[Record], end: Link | None, fault: tuple[int, str] | None
) -> None:
    found = first_fault("tkt_1", records, end)

    assert (found and (found.seq, found.why)) == fault
