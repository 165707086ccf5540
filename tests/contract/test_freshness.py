"""How old an answer may be: a minute, for what is asked with every case and changes seldom."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.aws.tables import Tables
from chalicelib.identity.model import Unit
from chalicelib.identity.store import DynamoDirectory, DynamoPeople
from chalicelib.kernel import clock
from chalicelib.kernel.tokens import Keys
from chalicelib.tickets.store import DynamoTickets
from tests.builders import link_after, make_ticket

EAST = Unit("east", "", "East", "Asia/Shanghai", "CN", "zh-CN", ())


class Counting(Tables):
    """Tables that count what is read."""

    def __init__(self, of: Tables) -> None:
        super().__init__(of._client, of._prefix)
        self.asked = 0

    def query(self, *given: Any, **options: Any) -> Any:
        self.asked += 1
        return super().query(*given, **options)


@pytest.fixture
def counting(tables: Tables) -> Counting:
    return Counting(tables)


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    passed = [1000.0]
    monkeypatch.setattr(clock, "monotonic", lambda: passed[0])
    return passed


def test_units_are_read_once_a_minute(counting: Counting, seconds: list[float]) -> None:
    people, directory = DynamoPeople(counting, Keys(b"k")), DynamoDirectory(counting)
    records, link = link_after(EAST.subject)
    people.register_unit(replace(EAST, link=link), None, records)

    assert [len(directory.units()) for _ in range(3)] == [1, 1, 1]
    assert counting.asked == 1
    seconds[0] += 60.5
    assert len(directory.units()) == 1
    assert counting.asked == 2


def test_a_page_that_was_empty_is_read_again_at_once(counting: Counting, seconds: list[float]) -> None:
    people, directory = DynamoPeople(counting, Keys(b"k")), DynamoDirectory(counting)
    assert directory.units() == {}

    records, link = link_after(EAST.subject)
    people.register_unit(replace(EAST, link=link), None, records)
    assert set(directory.units()) == {"east"}


def test_loads_are_read_once_a_minute_and_what_others_wrote_counts_then(
    counting: Counting, seconds: list[float]
) -> None:
    ours, theirs = DynamoTickets(counting), DynamoTickets(counting)
    assert dict(ours.loads("east")) == {}
    for n in (1, 2):
        theirs.write([ticket := make_ticket(n)], {ticket.id}, [], None)

    assert dict(ours.loads("east")) == {}
    assert counting.asked == 1
    seconds[0] += 60.5
    assert dict(ours.loads("east")) == {"agent-east": 2}
