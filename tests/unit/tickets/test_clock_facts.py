"""A ticket's clock as facts: what begins, meets, stops and holds it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.sla.clocks import Pause
from chalicelib.sla.packs import Packs
from chalicelib.tickets.model import BREACH, ClockFacts, answer_by
from chalicelib.tickets.policy import ACTING
from tests.builders import CHINA, DECISION, HOUSE
from tests.office import shared
from tests.world import START

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = START + DAY
UPDATE, ACCEPT, SILENCE, ANSWER = (
    ClockFacts(HOUSE, f"house.{rule}", "CN", START) for rule in ("update", "accept", "silence", "silence_after_answer")
)


@pytest.fixture(scope="module")
def packs() -> Packs:
    return shared().packs


@pytest.mark.parametrize(
    ("clock", "fact", "after"),
    [
        (DECISION, "decision.delivered", replace(DECISION, met_at=LATER)),
        (DECISION, "withdrawn", replace(DECISION, stopped_at=LATER)),
        (DECISION, "new_facts", replace(DECISION, started_at=LATER)),
        (DECISION, "replied", DECISION),
        (UPDATE, "replied", replace(UPDATE, started_at=LATER)),
        (replace(DECISION, met_at=START), "new_facts", replace(DECISION, met_at=START)),
        (replace(DECISION, stopped_at=START), "decision.delivered", replace(DECISION, stopped_at=START)),
        (replace(ACCEPT, met_at=START), "assigned", replace(ACCEPT, started_at=LATER)),
        (replace(ANSWER, stopped_at=START), "resolved", replace(ANSWER, started_at=LATER)),
    ],
)
def test_a_fact_does_to_a_clock_what_its_rule_says(
    packs: Packs, clock: ClockFacts, fact: str, after: ClockFacts
) -> None:
    assert clock.after(fact, LATER, packs) == after


@pytest.mark.parametrize("fact", ["decision.delivered", "withdrawn", "new_facts"])
def test_what_happened_before_a_clock_began_does_nothing_to_it(packs: Packs, fact: str) -> None:
    assert DECISION.after(fact, START - timedelta(milliseconds=1), packs) == DECISION
    assert DECISION.after(fact, START, packs) != DECISION or fact == "new_facts"


def test_a_clock_that_begins_anew_has_warned_nobody_and_keeps_the_pause_that_is_open() -> None:
    pauses = (Pause("mediation", START, START + HOUR), Pause("external_appraisal", START + HOUR))
    clock = replace(DECISION, pauses=pauses, warned=(50, 75)).extended("complex", 30, START)

    anew = clock.begun(LATER)

    assert (anew.started_at, anew.warned, anew.extensions) == (LATER, (), ())
    assert anew.pauses == (Pause("external_appraisal", LATER),)


def test_counting_from_an_earlier_start_never_makes_a_start_later() -> None:
    assert DECISION.since(START - DAY).started_at == START - DAY
    assert DECISION.since(START + DAY) == DECISION


def test_a_clock_reopened_runs_from_its_old_start_and_ends_the_pause_it_was_ended_in() -> None:
    clock = replace(DECISION, pauses=(Pause("mediation", START + HOUR),), met_at=LATER)

    again = clock.reopened()

    assert (again.started_at, again.met_at, again.over) == (START, None, False)
    assert again.pauses == (Pause("mediation", START + HOUR, LATER),)


def test_what_is_over_is_not_stopped_once_more() -> None:
    met = replace(DECISION, met_at=START)

    assert met.stopping(LATER) == met
    assert DECISION.stopping(LATER).stopped_at == LATER


@pytest.mark.parametrize(
    ("clock", "reason", "stands"),
    [
        (DECISION, "mediation", True),
        (DECISION, "waiting_for_customer", False),
        (replace(DECISION, met_at=START), "mediation", False),
        (UPDATE, "waiting_for_customer", False),
    ],
)
def test_a_clock_stands_only_for_what_its_rule_lists(
    packs: Packs, clock: ClockFacts, reason: str, stands: bool
) -> None:
    paused = clock.paused(reason, LATER, packs)

    assert paused.resting(reason) is stands
    assert (paused != clock) is stands


def test_one_reason_holds_a_clock_once_at_a_time_and_two_reasons_hold_it_until_both_are_over(packs: Packs) -> None:
    clock = DECISION.paused("mediation", LATER, packs)
    assert clock.paused("mediation", LATER + HOUR, packs) == clock

    both = clock.paused("external_appraisal", LATER + HOUR, packs)
    assert both.resumed("mediation", LATER + DAY).resting()
    assert not both.resumed("mediation", LATER + DAY).resumed("external_appraisal", LATER + DAY).resting()


def test_a_pause_neither_begins_before_its_clock_nor_ends_before_it_begins(packs: Packs) -> None:
    clock = DECISION.paused("mediation", START - DAY, packs)
    assert clock.pauses == (Pause("mediation", START),)
    assert clock.resumed("mediation", START - HOUR).pauses == (Pause("mediation", START, START),)
    assert clock.resumed("external_appraisal", LATER) == clock


def test_levels_not_recorded_are_owed_in_order_and_the_breach_is_last(packs: Packs) -> None:
    owed = DECISION.due(packs, START)

    assert [level for level, _ in owed] == [50, 75, 90, BREACH]
    assert [at for _, at in owed] == sorted(at for _, at in owed)
    assert [level for level, _ in replace(DECISION, warned=(50, 75)).due(packs, START)] == [90, BREACH]
    assert replace(DECISION, met_at=LATER).due(packs, START) == []


def test_while_a_clock_stands_only_what_has_come_true_is_owed(packs: Packs) -> None:
    clock = DECISION.paused("mediation", START + 10 * DAY, packs)

    assert [level for level, _ in clock.due(packs, START + 11 * DAY)] == [50]
    assert [level for level, _ in clock.due(packs, START + 200 * DAY)] == [50]


def test_the_end_of_time_that_is_not_ours_is_no_breach_unless_something_is_done_then(packs: Packs) -> None:
    assert [level for level, _ in SILENCE.due(packs, START)] == [50]
    assert [level for level, _ in SILENCE.due(packs, START, ACTING)] == [50, BREACH]


def test_what_is_promised_is_the_regulator_s_day_and_our_own_only_where_there_is_none(packs: Packs) -> None:
    house = ClockFacts(HOUSE, "house.resolve", "CN", START)

    assert answer_by([house, DECISION], packs, START) == "2026-12-08"
    assert answer_by([house], packs, START) == "2026-12-07"
    assert answer_by([UPDATE], packs, START) == ""
    assert answer_by([ClockFacts(CHINA, "cn.nfra.review_window", "CN", START)], packs, START) == ""


def test_clocks_of_one_rule_are_told_apart_by_what_they_are_about() -> None:
    assert replace(DECISION, about="task_1").id == "cn.nfra.decision:task_1"
    assert DECISION.id == "cn.nfra.decision"
