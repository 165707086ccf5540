"""P3: what a route costs in CPU beside AWS, its calls answered on the spot by what DynamoDB answered a moment ago.

Each call is followed by one bare GetItem, whose client CPU says how fast this machine is just now. Microseconds are given as
on the machine on which the goals were set.
"""

import time
from collections.abc import Callable
from statistics import median
from typing import TYPE_CHECKING, Any

from . import goals
from .bank import Asking, Bank, Prepare, routes, settle
from .engines import tables
from .figures import Figure, figure

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_CALLS = 40
_WARM = 25
_PACE_CALLS = 300
_LISTS = ("list 25 own", "desk queue of 25", "slots of a day")


class Canned:
    """Answers like DynamoDB, from a list, whatever it is asked."""

    def __init__(self, answers: list[Any]) -> None:
        self._answers = iter(answers)

    def __getattr__(self, name: str) -> Any:
        return lambda **_: next(self._answers)


def measure(repeats: int) -> list[Figure]:
    """Measure every route."""
    with tables(1) as (client,):
        bank = Bank(client)
        measured, read = routes(bank), _bare(bank, client)
        settle()
        return [_figure(bank, name, prepare, read, repeats) for name, prepare in measured.items()]


def measured_pace() -> float:
    """Tell how much slower this machine is than the one on which absolute goals were set, by one bare GetItem."""
    with tables(1) as (client,):
        read = _bare(Bank(client), client)
        return median([_cpu(read) for _ in range(2 * _PACE_CALLS)][_PACE_CALLS:]) / goals.REFERENCE_CALL


def _figure(bank: Bank, name: str, prepare: Prepare, read: Callable[[], Any], repeats: int) -> Figure:
    handlers, reads, paced = [], [], []
    for repeat in range(repeats + 1):
        pairs = [(_spent(bank, prepare()), _cpu(read)) for _ in range(_CALLS if repeat else _WARM)]
        handlers.append(median(handler for handler, _ in pairs))
        reads.append(median(bare for _, bare in pairs))
        paced.append(handlers[-1] / reads[-1] * goals.REFERENCE_CALL * 1e6)
    said = f"{median(handlers[1:]) * 1e6:.0f} us here, where a bare GetItem costs {median(reads[1:]) * 1e6:.0f} us"
    goal = goals.LIST_HANDLER if name in _LISTS else goals.HANDLER
    return figure("P3", f"{name}: handler CPU", paced[1:], "us", goal, said)


def _spent(bank: Bank, asking: Asking) -> float:
    """Let one call go to DynamoDB, then the same call to its answers, and give the CPU seconds of the second."""
    bank.recorder.take()
    asking.check(asking.serve())
    engine, bank.world.client = bank.world.client, Canned(bank.recorder.answers())
    try:
        began = time.process_time()
        answer = asking.serve()
        seconds = time.process_time() - began
        asking.check(answer)
        return seconds
    finally:
        bank.world.client = engine


def _cpu(read: Callable[[], Any]) -> float:
    began = time.process_time()
    read()
    return time.process_time() - began


def _bare(bank: Bank, client: "DynamoDBClient") -> Callable[[], Any]:
    """Give the read of a session, as the product asks for it."""
    bank.recorder.take()
    asking = bank.asking("GET", "/v1/me", token=bank.customer)
    asking.check(asking.serve())
    ((_, params), *_) = bank.recorder.take()
    return lambda: client.get_item(**params)
