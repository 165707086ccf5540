"""What every ledger promises: chains that only grow, and one answer per key."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import pytest

from chalicelib.aws.ledger import Ledger
from chalicelib.kernel.calls import Replayed, Stamp
from chalicelib.kernel.errors import Changed, KeyReused
from chalicelib.kernel.events import Record
from chalicelib.records.model import first_fault
from tests.builders import link_after, stamp
from tests.fakes import MemoryLedger


class Book(NamedTuple):
    """A ledger as it is written and read."""

    commit: Callable[[Sequence[Record], Stamp | None], None]
    chain: Callable[[str], Iterator[Record]]


@pytest.fixture(params=["memory", "dynamo"])
def book(request: pytest.FixtureRequest) -> Book:
    if request.param == "memory":
        memory = MemoryLedger()
        return Book(memory.commit, memory.chain)
    tables = request.getfixturevalue("tables")
    return Book(lambda records, given: tables.commit([], records, given), Ledger(tables).chain)


def test_a_chain_is_read_in_order_and_as_it_was_written(book: Book) -> None:
    records, last = link_after("tkt_1")
    more, end = link_after("tkt_1", last, "a", "b")
    book.commit(records, None)
    book.commit(more, None)

    assert list(book.chain("tkt_1")) == [*records, *more]
    assert first_fault("tkt_1", book.chain("tkt_1"), end) is None


def test_a_long_chain_is_read_to_its_end(book: Book) -> None:
    first, last = link_after("tkt_1")
    book.commit(first, None)
    for _ in range(3):
        records, last = link_after("tkt_1", last, *map(str, range(40)))
        book.commit(records, None)

    assert [record.seq for record in book.chain("tkt_1")] == list(range(1, 122))


def test_chains_of_others_are_not_in_it(book: Book) -> None:
    book.commit(link_after("tkt_1")[0], None)
    book.commit(link_after("tkt_10")[0], None)

    assert [record.subject for record in book.chain("tkt_1")] == ["tkt_1"]
    assert list(book.chain("tkt_2")) == []


def test_a_record_is_never_written_over(book: Book) -> None:
    first, _ = link_after("tkt_1")
    second, _ = link_after("tkt_2")
    book.commit(first, None)
    forged, _ = link_after("tkt_1")

    with pytest.raises(Changed):
        book.commit([*second, *forged], None)
    assert list(book.chain("tkt_1")) == first
    assert list(book.chain("tkt_2")) == [], "all or nothing"


def test_the_same_call_again_gets_the_answer_of_the_first_and_writes_nothing(book: Book) -> None:
    book.commit(link_after("tkt_1")[0], stamp(names=("a", "b")))

    with pytest.raises(Replayed) as told:
        book.commit(link_after("tkt_2")[0], stamp(said="otherwise"))
    assert (told.value.reply.status, json.loads(told.value.reply.body)) == (201, {"said": "so", "names": ["a", "b"]})
    assert told.value.reply.secrets == {"token": ("session", "ses_1")}
    assert list(book.chain("tkt_2")) == []


def test_an_answer_to_what_was_written_before_counts_more_than_that_it_was(book: Book) -> None:
    records, _ = link_after("tkt_1")
    book.commit(records, stamp())

    with pytest.raises(Replayed):
        book.commit(records, stamp())


def test_a_key_belongs_to_one_body(book: Book) -> None:
    book.commit([], stamp())

    with pytest.raises(KeyReused):
        book.commit(link_after("tkt_1")[0], stamp(fingerprint="another"))
    assert list(book.chain("tkt_1")) == []


def test_another_key_is_another_call(book: Book) -> None:
    book.commit([], stamp("one"))
    book.commit(link_after("tkt_1")[0], stamp("two"))

    assert len(list(book.chain("tkt_1"))) == 1


def test_where_something_does_not_hold_no_answer_is_kept(book: Book) -> None:
    records, last = link_after("tkt_1")
    book.commit(records, None)

    with pytest.raises(Changed):
        book.commit(records, stamp())
    book.commit(link_after("tkt_1", last)[0], stamp())
    assert len(list(book.chain("tkt_1"))) == 2
