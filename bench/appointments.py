"""P12: free times and booking against django-appointment, call by call in turn; and how many one time is given to."""

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.journeys.attempts import race
from tests.journeys.stack import Stack

from . import goals
from .bank import Asking, Bank, settle
from .engines import tables
from .figures import Figure, figure
from .peers.process import Peer, running
from .visits import Visits

PEER = "django_appointment"
_MEASURED = {
    "slots of a day": goals.PEER_SLOTS,
    "choose a time": None,
    "book it": None,
    "both": goals.PEER_BOOKS,
}
_CALLS = 40
_WARM = 15
_CALLERS = 64  # of ours; of theirs as many as have a session
_THEIRS = 32
_WHERE = {"branch": "shanghai-pudong", "service": "account-opening"}  # one adviser
_PHONES = ("+8613800138000", "+8613800138001", "+8613800138002", "+8613800138003")


def measure(repeats: int) -> list[Figure]:
    """Measure both in one run."""
    with running(PEER) as peer, tables(1) as (product,):
        bank = Bank(product)
        visits = Visits(bank)
        settle()
        _turns(peer, visits, _WARM)
        figures = _figures(peer, visits, repeats)
        theirs = peer.ask(do="race", callers=_THEIRS)
    answers = ", ".join(f"{many} x {status}" for status, many in sorted(theirs["answers"].items()))
    said = f"{_CALLERS} callers over HTTP; theirs: {theirs['booked']} of {_THEIRS} have it ({answers})"
    return [*figures, figure("P12", "one time at once: booked twice", [_ours() - 1], "", goals.NOBODY_TWICE, said)]


def _figures(peer: Peer, visits: Visits, repeats: int) -> list[Figure]:
    rounds = [_turns(peer, visits, _CALLS) for _ in range(repeats)]
    found = []
    for name, goal in _MEASURED.items():
        pairs = [one[name] for one in rounds]
        ratios = [median(theirs / ours for ours, theirs in pair) for pair in pairs]
        ours, theirs = (median(each[place] for pair in pairs for each in pair) * 1e3 for place in (0, 1))
        said = f"{theirs:.2f} ms / {ours:.2f} ms"
        found.append(figure("P12", f"{name}: django-appointment 3.12.0 / ours", ratios, "x", goal, said))
    return found


def _turns(peer: Peer, visits: Visits, calls: int) -> dict[str, list[tuple[float, float]]]:
    """Let both do the same in turn: seconds of ours, and of theirs."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in _MEASURED}
    for _ in range(calls):
        free = peer.ask(do="slots")
        assert free["free"] == 16, free
        ours = [_timed(visits.slots())[0], *_booked(visits)]
        theirs = [*free["seconds"], *peer.ask(do="book")["seconds"]]
        both = [*zip(ours, theirs, strict=True), (ours[1] + ours[2], theirs[1] + theirs[2])]
        for name, pair in zip(_MEASURED, both, strict=True):
            found[name].append(pair)
    return found


def _booked(visits: Visits) -> tuple[float, float]:
    """Hold a time and book it: theirs is two requests too."""
    first, held = _timed(visits.hold())
    second, _ = _timed(visits.spending(held))
    return first, second


def _timed(asking: Asking) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = asking.serve()
    seconds = time.perf_counter() - began
    return seconds, asking.check(answer)


def _ours() -> int:
    """Let many callers want one time at once on the whole local stack; give how many have it."""
    with tempfile.TemporaryDirectory(prefix="dutydesk-bench-") as scratch:
        stack = Stack(Path(scratch) / "data").start()
        try:
            tokens = [stack.sign_in(phone) for phone in _PHONES]
            slots = f"/v1/branches/{_WHERE['branch']}/slots?service={_WHERE['service']}&days=14"
            wanted = {**_WHERE, "start": stack.get(slots)["next_free"]}
            answers, booked = race(stack.port, tokens, wanted, _CALLERS)
            assert all(status in (201, 409) for status, _ in answers), answers
            return len(booked)
        finally:
            stack.stop()
