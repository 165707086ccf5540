"""Power cuts: the stack is killed with -9 at random moments of the journey, and nothing is lost or done twice."""

import contextlib
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.journeys.stack import Stack
from tests.journeys.story import Story

KILLS = 20


def test_twenty_power_cuts_leave_the_same_end_state(tmp_path: Path) -> None:
    calm = Story(Stack(tmp_path / "calm").start())
    try:
        for step in calm.steps():
            step()
        expected = calm.end_state()
    finally:
        calm.stack.stop()
    chance = random.Random(20261123)
    story = Story(Stack(tmp_path / "cut").start())
    try:
        _tell(story, chance)
        ended = story.end_state()
        story.verified()
    finally:
        story.stack.stop()

    assert ended == expected


def _tell(story: Story, chance: random.Random) -> None:
    """Go through the story with a cut in most steps, some before, some during, some after what the step asks for."""
    steps = story.steps()
    cuts = sorted(chance.choices(range(len(steps) - 1), k=KILLS))
    for number, step in enumerate(steps):
        for _ in range(cuts.count(number)):
            _cut_during(story, step, chance.uniform(0.0, 0.6))
        step()


def _cut_during(story: Story, step: Callable[[], None], after: float) -> None:
    def attempt() -> None:
        # The line broke; the app will try again.
        with contextlib.suppress(OSError, AssertionError, KeyError, ValueError):
            step()

    attempting = threading.Thread(target=attempt)
    attempting.start()
    time.sleep(after)
    story.stack.kill()
    attempting.join()
    story.stack.start()
