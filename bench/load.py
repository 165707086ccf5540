"""P17: complaints filed at once by several customers over HTTP, on the whole local stack of this machine."""

import http.client
import json
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.journeys.stack import Stack

from . import goals
from .bank import COMPLAINT
from .figures import Figure, figure, percentile

_CALLERS = 6
_SECONDS = 3.0  # of one repeat
_PHONE = "+86138001380{:02}"


@dataclass
class Heard:
    """What one caller heard: how long each answer took, and how many were not the wanted one."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0


def measure(repeats: int, pace: float) -> list[Figure]:
    """Measure so many short runs after each other on one stack."""
    with tempfile.TemporaryDirectory(prefix="dutydesk-bench-") as scratch:
        stack = Stack(Path(scratch) / "data").start()
        try:
            tokens = [stack.sign_in(_PHONE.format(number)) for number in range(_CALLERS)]
            _run(stack.port, tokens, "warm")
            runs = [_run(stack.port, tokens, str(repeat)) for repeat in range(repeats)]
        finally:
            stack.stop()
    tails = [percentile(heard.seconds, 99) / percentile(heard.seconds, 50) for heard in runs]
    p50 = percentile([each for heard in runs for each in heard.seconds], 50)
    goal = goals.scaled(goals.CREATES, pace)
    said = f"goal {goal.value:.0f}/s here; {_CALLERS} callers, {_SECONDS:.0f} s each time, p50 {p50 * 1e3:.0f} ms"
    return [
        figure("P17", "complaints filed, whole stack", [len(h.seconds) / _SECONDS for h in runs], "/s", goal, said),
        figure("P17", "p99 / p50 of these", tails, "x", goals.TAIL),
        figure("P17", "errors", [sum(heard.errors for heard in runs)], "", goals.NO_ERRORS),
    ]


def _run(port: int, tokens: list[str], name: str) -> Heard:
    until = time.monotonic() + _SECONDS
    with ThreadPoolExecutor(len(tokens)) as callers:
        heard = list(callers.map(lambda token: _call(port, token, f"{name}-{token[-12:]}", until), tokens))
    return Heard([each for one in heard for each in one.seconds], sum(one.errors for one in heard))


def _call(port: int, token: str, key: str, until: float) -> Heard:
    """File complaints, one after the other on one connection."""
    heard = Heard()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = json.dumps(COMPLAINT)
    while time.monotonic() < until:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        headers["Idempotency-Key"] = f"{key}-{len(heard.seconds)}"
        began = time.perf_counter()
        connection.request("POST", "/v1/complaints", body, headers)
        answer = connection.getresponse()
        answer.read()
        heard.seconds.append(time.perf_counter() - began)
        heard.errors += answer.status != 201
    connection.close()
    return heard
