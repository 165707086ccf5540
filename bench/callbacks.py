"""P13 for promised calls: one worker on due callbacks, against a bare client that makes the same reads and transactions."""

import json
import time
from statistics import median

from chalicelib.callbacks.jobs import callback
from chalicelib.callbacks.model import Wish
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
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
    """Measure a worker that takes batches of ten callbacks whose time has come, and puts each into the line."""
    with tables(2) as (product, bare):
        bank = Bank(product, bare)
        batches = _due(bank, _BATCHES * repeats + 2)
        settle()
        for batch in batches[:2]:
            _worked(bank, batch)
        pairs = [_worked(bank, batch) for batch in batches[2:]]
    rates, said = [], ""
    for repeat in range(repeats):
        mine = pairs[repeat * _BATCHES : (repeat + 1) * _BATCHES]
        rates.append(median(same / product for product, same, _ in mine))
        said = f"{_BATCH / median(p for p, _, _ in mine):.0f}/s of {mine[0][2]}"
    return [figure("P13", "callbacks made ready / bare reads and transactions", rates, "x", goals.ESCALATIONS, said)]


def _due(bank: Bank, batches: int) -> list[list[str]]:
    """Promise calls to people who want them now."""
    services = bank.world.services
    object.__setattr__(services._framing, "calls_per_agent", 10**6)  # the worker is measured, not the room
    ids = []
    for number in range(_BATCH * batches):
        call = Call(Actor("x", frozenset({Role.CUSTOMER}), unit="east"), bank.world.now, "bench", "bench")
        customer = services.identity.by_phone(f"+86138{number:08}", call)
        actor = Actor(customer, frozenset({Role.CUSTOMER}), unit="east")
        wish = Wish(None, "My card is blocked.")
        ids.append(services.promising.promise(wish, Call(actor, bank.world.now, "bench", "bench")).id)
    bank.follow()
    return [ids[at : at + _BATCH] for at in range(0, len(ids), _BATCH)]


def _worked(bank: Bank, ids: list[str]) -> tuple[float, float, str]:
    """Time the worker on a batch, then its calls by the bare client."""
    event, context = sqs_event("callbacks", *(json.dumps({"due": id_}) for id_ in ids)), Context()
    began = time.perf_counter()
    answer = callback(event, context)
    product = time.perf_counter() - began
    assert answer == {"batchItemFailures": []}, answer
    asked = bank.recorder.take()
    assert {name for name, _ in asked} <= _READS, "never a scan"
    assert sum(name == "transact_write_items" for name, _ in asked) == len(ids), "each becomes ready"
    return product, timed(bank.bare[0], asked), calls(asked[: len(asked) // len(ids)])
