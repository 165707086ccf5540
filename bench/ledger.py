"""P15: how fast the ledger is verified: the check itself on records in memory, and all of it with reading from the engine."""

import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from chalicelib.aws import ledger
from chalicelib.aws.items import decode
from chalicelib.kernel.events import Link, Record, digest
from chalicelib.records.model import first_fault
from infra.verify import Verifier
from tests.looking import PREFIX

from . import goals
from .bank import Bank, settle
from .engines import tables
from .figures import Figure, figure
from .recording import Asked

_CHAIN = 20_000  # records of one chain
_CASES = 400


def measure(repeats: int, pace: float) -> list[Figure]:
    """Measure the check of a chain, its memory, and the verifier as an auditor runs it."""
    with tables(1) as (client,):
        bank = Bank(client)
        for _ in range(_CASES):
            bank.complain()
        like = _record(bank.follow())
        whole = [_verified(client) for _ in range(repeats)]
    chain = _chain(like, _CHAIN)
    settle()
    rates = [_rate(chain) for _ in range(repeats)]
    growth = [_memory(like, 2_000 * 10) / _memory(like, 2_000) for _ in range(2)]
    goal = goals.scaled(goals.LEDGER, pace)
    said = f"goal {goal.value:,.0f}/s here; records of {len(str(ledger.to_item(like)))} characters"
    return [
        figure("P15", "check of a chain in memory", rates, "records/s", goal, said),
        figure("P15", "its peak memory, ten times the records / once", growth, "x", goals.MEMORY),
        figure("P15", "infra.verify on the engine, reading by boto3 included", whole, "records/s"),
    ]


def _record(asked: list[Asked]) -> Record:
    puts = [w["Put"] for name, p in asked if name == "transact_write_items" for w in p["TransactItems"] if "Put" in w]
    return ledger.from_item(decode([put["Item"] for put in puts if put["TableName"] == f"{PREFIX}-records"][-1]))


def _chain(like: Record, count: int) -> list[Record]:
    return list(_chained(like, count))


def _chained(like: Record, count: int) -> Iterator[Record]:
    """Give one long sound chain of records like this one."""
    at = Link()
    for seq in range(1, count + 1):
        draft = replace(like, seq=seq, prev=at.head)
        facts = {name: value for name, value in vars(draft).items() if name != "hash"}
        at = Link(seq, digest(facts))
        yield replace(draft, hash=at.head)


def _rate(chain: list[Record]) -> float:
    began = time.perf_counter()
    fault = first_fault(chain[0].subject, chain, Link(chain[-1].seq, chain[-1].hash))
    seconds = time.perf_counter() - began
    assert fault is None, fault
    return len(chain) / seconds


def _memory(like: Record, count: int) -> float:
    """Give the bytes at the peak of checking so many records that come one by one."""
    tracemalloc.start()
    try:
        assert first_fault(like.subject, _chained(like, count), None) is None
        return float(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


def _verified(client: Any) -> float:
    began = time.perf_counter()
    report = Verifier(client, PREFIX).verify()
    seconds = time.perf_counter() - began
    assert not report.faults
    return report.records / seconds
