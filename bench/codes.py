"""S5: asking for a code for a phone that is known and for one that is not, in turn; nobody may tell them apart by time."""

import random
import time
from statistics import median

from chalicelib.kernel.actors import system
from chalicelib.kernel.calls import internal

from . import goals
from .bank import Bank, settle
from .engines import tables
from .figures import Figure, figure

_CALLS = 2000  # of each


def measure() -> list[Figure]:
    """Time so many calls of each kind, in random order, and compare the medians."""
    dice = random.Random(5)
    with tables(1) as (client,):
        bank = Bank(client)
        known = _phones("+86137")
        for phone in known:
            bank.world.services.identity.by_phone(phone, internal(system("bench"), "bench", "bench"))
        settle()
        pairs = [(True, phone) for phone in known] + [(False, phone) for phone in _phones("+86150")]
        dice.shuffle(pairs)
        times: dict[bool, list[float]] = {True: [], False: []}
        for number, (is_known, phone) in enumerate(pairs):
            call = bank.asking("POST", "/v1/verifications", {"purpose": "sign_in", "phone": phone}, expected=202)
            # Each from a line of its own: what is open at one address is a list that would grow.
            call.event["requestContext"]["identity"]["sourceIp"] = f"10.0.{number >> 8}.{number & 255}"
            began = time.perf_counter()
            answer = call.serve()
            times[is_known].append(time.perf_counter() - began)
            call.check(answer)
    one, other = median(times[True]), median(times[False])
    said = f"known {one * 1e3:.2f} ms, unknown {other * 1e3:.2f} ms, {_CALLS} calls each, in random order"
    ratio = max(one, other) / min(one, other)
    return [
        figure(
            "S5",
            "code for a known phone / for an unknown one, the slower by the quicker",
            [ratio],
            "x",
            goals.ALIKE,
            said,
        )
    ]


def _phones(start: str) -> list[str]:
    """Make phones of a hundred prefixes: so few of each that none looks pumped."""
    return [f"{start}{number * 49_999:08}" for number in range(_CALLS)]
