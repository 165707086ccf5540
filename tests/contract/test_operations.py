"""What the `due` index, the heartbeat, the redrives and the tally promise."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest

from chalicelib.aws.tables import WHATEVER, Put
from chalicelib.kernel.calls import Call, Once, Replayed
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import Changed, KeyReused
from chalicelib.notifications.store import DynamoTally
from chalicelib.operations import store
from chalicelib.operations.model import DueThing, Redrive
from chalicelib.operations.store import DynamoDueIndex, DynamoHeartbeat, DynamoRedrives
from tests.builders import CALL, link_after, stamp
from tests.fakes import MemoryDueIndex, MemoryHeartbeat, MemoryRedrives, MemoryTally
from tests.world import START

MINUTE = timedelta(minutes=1)
SHARDS = {"tickets": 2, "identity": 1}


class Due(NamedTuple):
    """An index and how something gets into it."""

    index: Any
    put: Callable[[str, DueThing], None]


@pytest.fixture(params=["memory", "dynamo"])
def due(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Due:
    if request.param == "memory":
        memory = MemoryDueIndex()
        return Due(memory, memory.put)
    tables = request.getfixturevalue("tables")
    monkeypatch.setattr(store, "_PAGE", 2)

    def put(shard: str, thing: DueThing) -> None:
        item = {"pk": thing.pk, "sk": thing.sk, "id": thing.id, "due_shard": shard, "due_at": text(thing.due_at)}
        tables.put(Put(shard.partition("#")[0], item, WHATEVER))

    return Due(DynamoDueIndex(tables, SHARDS), put)


@pytest.fixture(params=["memory", "dynamo"])
def heartbeat(request: pytest.FixtureRequest) -> Any:
    return MemoryHeartbeat() if request.param == "memory" else DynamoHeartbeat(request.getfixturevalue("tables"))


@pytest.fixture(params=["memory", "dynamo"])
def redrives(request: pytest.FixtureRequest) -> Any:
    return MemoryRedrives() if request.param == "memory" else DynamoRedrives(request.getfixturevalue("tables"))


@pytest.fixture(params=["memory", "dynamo"])
def tally(request: pytest.FixtureRequest) -> Any:
    return MemoryTally() if request.param == "memory" else DynamoTally(request.getfixturevalue("tables"))


def thing(n: int, at: datetime) -> DueThing:
    return DueThing(f"tkt_{n}", f"T-{n}", "ticket", at)


def test_what_is_due_by_an_instant_is_found_and_nothing_later(due: Due) -> None:
    due.put("tickets#0", now := thing(1, START))
    due.put("tickets#1", thing(2, START + timedelta(milliseconds=1)))

    assert list(due.index.until(START)) == [now]
    assert list(due.index.until(START - MINUTE)) == []


def test_every_shard_of_every_table_is_looked_at_oldest_first_within_one(due: Due) -> None:
    for n in (3, 1, 5, 2, 4):
        due.put("tickets#1", thing(n, START + n * MINUTE))
    due.put("tickets#0", thing(6, START + 9 * MINUTE))
    due.put("identity#0", DueThing("away_ann", "staff#ann", "moving", START))

    found = list(due.index.until(START + 10 * MINUTE))

    assert [one.id for one in found if one.id in {f"tkt_{n}" for n in range(1, 6)}] == [f"tkt_{n}" for n in range(1, 6)]
    assert {one.id for one in found} == {"away_ann", *(f"tkt_{n}" for n in range(1, 7))}


def test_the_oldest_of_each_shard_is_told_however_many_there_are(due: Due) -> None:
    for n in (3, 1, 2):
        due.put("tickets#0", thing(n, START + n * MINUTE))
    due.put("tickets#1", thing(4, START + 4 * MINUTE))
    due.put("identity#0", thing(5, START + 50 * MINUTE))

    assert {one.id for one in due.index.oldest(START + 10 * MINUTE)} == {"tkt_1", "tkt_4"}


def test_before_the_first_sweep_there_was_none_and_the_last_one_counts(heartbeat: Any) -> None:
    assert heartbeat.last() is None
    heartbeat.beat(START)
    heartbeat.beat(START + MINUTE)

    assert heartbeat.last() == START + MINUTE


def test_a_redrive_is_kept_with_its_claim_and_its_chain(redrives: Any) -> None:
    assert redrives.get("receipts") is None
    records, link = link_after("redrive_receipts")
    redrives.save(Redrive("receipts", START, link=link), records, None)

    assert redrives.get("receipts") == Redrive("receipts", START, 1, link)
    assert redrives.get("escalations") is None


def test_a_claim_that_is_given_up_is_none(redrives: Any) -> None:
    redrives.save(Redrive("receipts", START), [], None)
    redrives.save(replace(redrives.get("receipts"), claimed_until=None), [], None)

    assert redrives.get("receipts").claimed_until is None
    assert redrives.get("receipts").version == 2


def test_of_two_who_claim_at_once_one_does(redrives: Any) -> None:
    for seen in (Redrive("receipts", START), None):
        read = seen or redrives.get("receipts")
        redrives.save(read, [], None)
        with pytest.raises(Changed):
            redrives.save(read, [], None)


def test_a_redrive_that_was_answered_is_known_before_it_is_done_again(redrives: Any) -> None:
    def asked(fingerprint: str) -> Call:
        return replace(CALL, once=Once("key", fingerprint))

    redrives.raise_if_done(CALL)
    redrives.raise_if_done(asked("body"))
    redrives.save(Redrive("receipts"), [], stamp(moved=3))

    with pytest.raises(Replayed) as told:
        redrives.raise_if_done(asked("body"))
    assert json.loads(told.value.reply.body) == {"said": "so", "moved": 3}
    with pytest.raises(KeyReused):
        redrives.raise_if_done(asked("another"))


def test_texts_are_counted_by_what_became_of_them_in_whole_hours(tally: Any) -> None:
    hour = timedelta(hours=1)
    for at in (START - hour - MINUTE, START - MINUTE, START + 59 * MINUTE, START + hour):
        tally.count("sent", at)
    tally.count("delivered", START)
    tally.count("delivered", START)

    assert tally.since(START - hour, START + 30 * MINUTE) == {"sent": 2, "delivered": 2, "failed": 0}
    assert tally.since(START, START) == {"sent": 1, "delivered": 2, "failed": 0}
    assert tally.since(START + 2 * hour, START + 3 * hour) == {"sent": 0, "delivered": 0, "failed": 0}
