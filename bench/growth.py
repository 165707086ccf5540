"""P9: how the time of a call grows with the number of tickets; all sizes are measured in turn, call by call."""

import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from tests.looking import PREFIX

from . import goals
from .bank import COMPLAINT, Asking, Bank, settle
from .engines import tables
from .figures import Figure, figure, slope
from .seeding import filing, plant, seeded
from .visits import Visits, cells

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SIZES, QUICK_SIZES = (1_000, 10_000, 100_000), (1_000, 10_000)
_DUE = 100
_CALLS = 20
_WARM = 10
_TABLES = (f"{PREFIX}-tickets", f"{PREFIX}-records")
_HEARTBEAT = {"TableName": f"{PREFIX}-operations", "Key": {"pk": {"S": "sweep"}, "sk": {"S": "heartbeat"}}}


def measure(repeats: int, *, quick: bool = False) -> list[Figure]:
    """Measure every call at every size."""
    sizes = QUICK_SIZES if quick else SIZES
    with tables(1 + len(sizes)) as (origin, *clients):
        bank, ticket, visits = _founded(origin, clients, sizes)
        settle()
        calls: dict[str, Callable[[], float]] = {
            "create complaint": lambda: _served(
                bank.asking("POST", "/v1/complaints", COMPLAINT, bank.customer, expected=201)
            ),
            "get one": lambda: _served(bank.asking("GET", f"/v1/complaints/{ticket}", token=bank.customer)),
            "list 25 own": lambda: _served(bank.asking("GET", "/v1/tickets", token=bank.customer)),
            "desk queue of 25": lambda: _served(bank.asking("GET", "/v1/desk/queue", token=bank.lead)),
            f"sweep of {_DUE} due": lambda: _swept(bank),
            # What is booked owes word, which is due: so these come behind the sweep.
            "slots of a day": lambda: _served(visits.slots()),
            "book": lambda: _served(visits.book()),
        }
        return [_grown(name, call, bank, clients, sizes, repeats) for name, call in calls.items()]


def _founded(
    origin: "DynamoDBClient", clients: list["DynamoDBClient"], sizes: tuple[int, ...]
) -> tuple[Bank, str, Visits]:
    """Found one bank with a customer of thirty tickets on every engine, and let each grow to its size."""
    bank = Bank(origin, *clients)
    visits = Visits(bank)
    bank.follow()
    for _ in range(30):
        ticket = bank.complain()
    like = filing(bank.follow())
    for client, size in zip(clients, sizes, strict=True):
        plant(client, (f"{PREFIX}-appointments",), cells(size))
        plant(client, _TABLES, seeded(like, size, _DUE, bank.world.now + timedelta(seconds=30)))
    return bank, ticket, visits


def _grown(
    name: str,
    call: Callable[[], float],
    bank: Bank,
    clients: list["DynamoDBClient"],
    sizes: tuple[int, ...],
    repeats: int,
) -> Figure:
    rounds: list[list[float]] = []
    for repeat in range(repeats + 1):
        times: list[list[float]] = [[] for _ in clients]
        for _ in range(_CALLS if repeat else _WARM):
            for place, client in enumerate(clients):
                bank.world.client = client
                times[place].append(call())
        rounds.append([median(of) for of in times])
    exponents = [slope(sizes, medians) for medians in rounds[1:]]
    medians = [median(each) for each in zip(*rounds[1:], strict=True)]
    said = ", ".join(f"{size:,}: {seconds * 1e3:.2f} ms" for size, seconds in zip(sizes, medians, strict=True))
    goal = goals.GROWTH if len(sizes) > 2 else goals.QUICK_GROWTH
    return figure("P9", f"{name}: growth exponent", exponents, "", goal, said)


def _served(asking: Asking) -> float:
    began = time.perf_counter()
    answer = asking.serve()
    seconds = time.perf_counter() - began
    asking.check(answer)
    return seconds


def _swept(bank: Bank) -> float:
    """Sweep as if for the first time, so that each sweep sends a hint for everything due."""
    bank.world.client.delete_item(**_HEARTBEAT)
    bank.world.outlet.sent.clear()
    began = time.perf_counter()
    bank.world.sweep()
    seconds = time.perf_counter() - began
    assert len(bank.world.outlet.sent) == _DUE, len(bank.world.outlet.sent)
    return seconds
