"""P13: one worker on due tickets, against a bare client that makes the same reads and transactions."""

import json
import time
from statistics import median

from chalicelib.kernel import clock
from chalicelib.tickets.jobs import escalate
from tests.lambda_events import Context, sqs_event

from . import goals
from .bank import Bank, settle, timed
from .engines import tables
from .figures import Figure, figure
from .ratios import calls

_BATCH = 10  # messages, as in the template
_BATCHES = 4
_READS = {"get_item", "query", "transact_write_items"}


def measure(repeats: int) -> list[Figure]:
    """Measure a worker that takes batches of ten due tickets."""
    with tables(2) as (product, bare):
        bank = Bank(product, bare)
        batches = _due(bank, _BATCHES * repeats + 2)
        settle()
        for batch in batches[:2]:
            _escalated(bank, batch)
        pairs = [_escalated(bank, batch) for batch in batches[2:]]
    rates, of_transactions, said = [], [], ""
    for repeat in range(repeats):
        mine = pairs[repeat * _BATCHES : (repeat + 1) * _BATCHES]
        rates.append(median(same / product for product, same, _, _ in mine))
        of_transactions.append(median(only / product for product, _, only, _ in mine))
        said = f"{_BATCH / median(p for p, _, _, _ in mine):.0f}/s of {mine[0][3]}"
    return [
        figure("P13", "tickets escalated / bare reads and transactions", rates, "x", goals.ESCALATIONS, said),
        figure("P13", "tickets escalated / bare transactions without the reads", of_transactions, "x"),
    ]


def _due(bank: Bank, batches: int) -> list[list[str]]:
    """File complaints, work off the word that is owed, and let time pass until each has a warning to record."""
    ids = [bank.complain() for _ in range(_BATCH * batches)]
    bank.world.drain()
    bank.world.now = clock.moment(max(item["due_at"] for item in bank.world.items("tickets", "due")))
    bank.follow()
    return [ids[at : at + _BATCH] for at in range(0, len(ids), _BATCH)]


def _escalated(bank: Bank, ids: list[str]) -> tuple[float, float, float, str]:
    """Time the worker on a batch, then its calls by the bare client, and of these the transactions alone."""
    event, context = sqs_event("escalations", *(json.dumps({"due": id_}) for id_ in ids)), Context()
    began = time.perf_counter()
    answer = escalate(event, context)
    product = time.perf_counter() - began
    assert answer == {"batchItemFailures": []}, answer
    asked = bank.recorder.take()
    assert {name for name, _ in asked} <= _READS, "never a scan"
    reads = [call for call in asked if call[0] != "transact_write_items"]
    transactions = [call for call in asked if call[0] == "transact_write_items"]
    assert len(transactions) == len(ids), "each ticket has something to escalate"
    alone = timed(bank.bare[0], transactions)
    return product, alone + timed(bank.bare[0], reads), alone, calls(asked[: len(asked) // len(ids)])
