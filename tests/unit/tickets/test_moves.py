"""What a call changed for the clocks is told in its record, and replaying what was told gives the clocks."""

import json
import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.events import Link, canonical, chained
from chalicelib.sla.clocks import Pause
from chalicelib.tickets.model import MOVES, ClockFacts, moves, replayed
from tests.builders import CALL, DECISION, Happened, link_after
from tests.world import START

HOUR = timedelta(hours=1)


def told(before: list[ClockFacts], after: list[ClockFacts]) -> Any:
    """Give the moves as a record's body carries them: as plain data that was written and read."""
    (record,) = chained("tkt_1", Link(), [Happened("x")], CALL, {MOVES: moves(before, after)})
    return json.loads(canonical(record.body))[MOVES]


def done(before: list[ClockFacts], after: list[ClockFacts]) -> list[str]:
    return [move["do"] for move in moves(before, after)]


PAUSED = replace(DECISION, pauses=(Pause("mediation", START + HOUR),))


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (DECISION, DECISION, []),
        (DECISION, PAUSED, ["pause"]),
        (PAUSED, PAUSED.resumed("mediation", START + 2 * HOUR), ["resume"]),
        (DECISION, replace(DECISION, pauses=(Pause("mediation", START, START + HOUR),)), ["pause", "resume"]),
        (DECISION, DECISION.extended("complex", 30, START), ["extend"]),
        (DECISION, replace(DECISION, met_at=START), ["meet"]),
        (DECISION, DECISION.stopping(START), ["stop"]),
        (DECISION, replace(DECISION, warned=(50, 75)), ["tell"]),
        (replace(DECISION, met_at=START), DECISION.reopened(), ["reopen"]),
        (replace(DECISION, met_at=START), replace(DECISION, met_at=START + HOUR), ["reopen", "meet"]),
        (DECISION, DECISION.begun(START + HOUR), ["start"]),
        (replace(DECISION, warned=(50,)), replace(DECISION, warned=(75,)), ["start", "tell"]),
        (PAUSED, DECISION, ["start"]),
    ],
)
def test_each_change_of_a_clock_has_its_word_and_replaying_makes_it(
    before: ClockFacts, after: ClockFacts, what: list[str]
) -> None:
    assert done([before], [after]) == what
    assert replayed([told([], [before]), told([before], [after])]) == (after,)


def test_a_new_clock_is_told_with_all_that_happened_to_it() -> None:
    clock = replace(PAUSED.extended("complex", 30, START), met_at=START + HOUR, warned=(50,), about="task")

    assert [move["clock"] for move in moves([DECISION], [DECISION, clock])] == ["cn.nfra.decision:task"] * 5
    assert replayed([told([], [DECISION]), told([DECISION], [DECISION, clock])]) == (DECISION, clock)


def test_clocks_that_stay_as_they_are_are_not_told() -> None:
    other = replace(DECISION, rule="cn.nfra.review")

    assert {move["clock"] for move in moves([DECISION, other], [DECISION, other.stopping(START)])} == {other.id}


def test_whatever_was_done_in_whatever_order_replaying_gives_the_stored_clocks() -> None:
    for seed in range(60):
        chance = random.Random(seed)
        clocks: list[ClockFacts] = []
        log = []
        for step in range(12):
            after = [_stepped(clock, chance, step) for clock in clocks]
            if chance.random() < 0.3:
                after.append(replace(DECISION, about=f"{step}", started_at=START + step * HOUR))
            log.append(told(clocks, after))
            clocks = after
        assert replayed(log) == tuple(clocks), seed


def _stepped(clock: ClockFacts, chance: random.Random, step: int) -> ClockFacts:
    at = START + (step + 1) * HOUR
    steps = (
        lambda: clock,
        lambda: clock.begun(at),
        lambda: clock.stopping(at),
        lambda: clock.reopened(),
        lambda: replace(clock, met_at=at),
        lambda: clock.extended("complex", 30, at),
        lambda: clock.resumed("mediation", at),
        lambda: replace(clock, warned=(*clock.warned, 50 + step)),
        lambda: clock if clock.resting("mediation") else replace(clock, pauses=(*clock.pauses, Pause("mediation", at))),
        lambda: clock.since(START - HOUR),
    )
    return chance.choice(steps)()


def test_records_without_a_change_of_clocks_change_nothing() -> None:
    records, _ = link_after("tkt_1")

    assert replayed(record.body.get(MOVES, ()) for record in records) == ()
