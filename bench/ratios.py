"""P1 and P2: a route against the very calls of DynamoDB that it made, by a bare client, call by call in turn."""

from statistics import median

from . import goals
from .bank import READS, WRITES, Bank, Prepare, routes, settle
from .engines import tables
from .figures import Figure, figure
from .recording import Asked

_PAIRS = 40
_WARM = 25


def measure(repeats: int) -> list[Figure]:
    """Measure every route."""
    with tables(2) as (product, bare):
        bank = Bank(product, bare)
        measured = routes(bank)
        for prepare in measured.values():
            for _ in range(_WARM):
                bank.pair(prepare)
        settle()
        return [_figure(bank, name, prepare, repeats) for name, prepare in measured.items()]


def _figure(bank: Bank, name: str, prepare: Prepare, repeats: int) -> Figure:
    ratios, products, bares, asked = [], [], [], list[Asked]()
    for _ in range(repeats):
        pairs = [bank.pair(prepare) for _ in range(_PAIRS)]
        asked = pairs[-1][2]
        products.append(median(product for product, _, _ in pairs))
        bares.append(median(bare for _, bare, _ in pairs))
        # Of each pair, since a shared machine changes its speed from one second to the next.
        ratios.append(median(product / bare for product, bare, _ in pairs))
    row, goal = ("P1", goals.WRITE) if name in WRITES else ("P2", goals.READ)
    assert name in WRITES or name in READS
    said = f"{median(products) * 1e3:.2f} ms / {median(bares) * 1e3:.2f} ms: {calls(asked)}"
    return figure(row, f"{name} / bare", ratios, "x", goal, said)


def calls(asked: list[Asked]) -> str:
    """Name calls of DynamoDB, with the number of items of a transaction."""
    return " + ".join(f"{name}({len(p['TransactItems'])})" if "TransactItems" in p else name for name, p in asked)
