"""A campaign whose job dies at each of its operations in turn, before it or after: nobody is called twice or in vain."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest

from chalicelib.callbacks.campaigns.model import Campaign, Why
from tests.callcentre import CallCentre, at
from tests.campaigning import Surveyors, over
from tests.simulation.test_callback_kills import Died, Fate

SEEDS = 200 if os.environ.get("RELIABILITY") == "full" else 10
CASES, QUOTA, DAILY = 9, 5, 2
START = at(10, day=24)


def fated(fate: Fate) -> tuple[Surveyors, Campaign]:
    """Begin a campaign whose tables may be the last thing its job ever asks."""
    unit = Surveyors(CallCentre())
    unit.closed(CASES)
    unit.centre.now = START
    made = unit.begun(quotas={"all": QUOTA}, daily=DAILY)
    for name in ("get", "query", "commit"):
        setattr(unit.centre.tables, name, fate.around(getattr(unit.centre.tables, name)))
    return unit, made


def lived(fate: Fate) -> Surveyors:
    """Let a campaign live to its end, its job starting anew on the same tables whenever it died."""
    unit, made = fated(fate)
    while unit.centre.now < START + timedelta(days=8):
        fate.count = 0
        with suppress(Died):
            unit.due(made)
        fate.left, held = [], fate.left
        unit.goes_on(made, unit.centre.now + timedelta(minutes=15 if held else 600))
        fate.left = held
    return unit


def check(unit: Surveyors) -> None:
    (line,) = unit.running.list("east", 5, None, unit.lead()).items
    found = unit.working.changing.found(line.id)
    assert over(found)
    assert found.why is Why.QUOTA
    calls = Counter(call.about for call in unit.calls())
    assert set(calls.values()) == {1}
    assert (len(calls), found.strata[0].kept, found.strata[0].asked) == (QUOTA, QUOTA, QUOTA)
    assert len(unit.centre.telephony.rung) == QUOTA
    unit.centre.check()


def operations() -> int:
    """Count what one look at a campaign does that may be the last."""
    fate = Fate()
    unit, made = fated(fate)
    unit.due(made)
    return fate.count


def deaths() -> Iterator[tuple[int, bool]]:
    for number in range(1, operations() + 1):
        yield number, False
        yield number, True


@pytest.mark.parametrize(("number", "done"), list(deaths()))
def test_whatever_is_the_last_thing_it_does_is_gone_on_with(number: int, done: bool) -> None:
    fate = Fate([(number, done)])

    unit = lived(fate)

    assert fate.left == [], "it died"
    check(unit)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_however_often_it_dies(seed: int) -> None:
    dice = random.Random(seed)
    fate = Fate([(dice.randint(1, 4), dice.random() < 0.5) for _ in range(dice.randint(2, 6))])

    check(lived(fate))
