"""R5: the stack is killed with -9 around every step of a promised call; nothing is lost, and it rings once.

A call has a kill in each of its steps that leaves something behind, before, during or after what the step asks for.
`RELIABILITY=full` makes fifty of them, with a kill in every step. In tests/simulation each operation in turn is the last one.
"""

import contextlib
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.journeys.calling import Calling
from tests.journeys.stack import ROOT, Stack

FULL = os.environ.get("RELIABILITY") == "full"
CALLS = 50 if FULL else 1
# The promise, the ring and its outcome: what is lost between the others leaves nothing behind.
CUT = {"is_promised_a_call", "is_rung", "is_reached"}


def test_power_cuts_around_every_step_neither_lose_a_call_nor_ring_twice(tmp_path: Path) -> None:
    stack = Stack(tmp_path / "data").start()
    try:
        for number in range(CALLS):
            chance = random.Random(f"call {number}")
            calling = Calling(stack, number).begins()
            for step in calling.steps():
                if FULL or step.__name__ in CUT:
                    cut(stack, step, chance.choice((0.0, chance.uniform(0.0, 0.1), chance.uniform(0.1, 0.6))))
                step()
            assert calling.rang() == [f"{calling.known['call']}-1"]
        command = [sys.executable, "-m", "infra.verify", "--data", str(stack.data)]
        checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr
    finally:
        stack.stop()


def cut(stack: Stack, step: Callable[[], None], after: float) -> None:
    """Begin a step, kill the stack so many seconds later, and start it again."""

    def attempt() -> None:
        # The line broke; the app will try again.
        with contextlib.suppress(OSError, AssertionError, KeyError, ValueError):
            step()

    attempting = threading.Thread(target=attempt)
    attempting.start()
    time.sleep(after)
    stack.kill()
    attempting.join()
    stack.start()
