"""What was known at an instant of the past, and what a calendar's new year changes afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.sla.calendars import Calendar
from chalicelib.sla.clocks import Basis, Clock, ClockError, Extension, Pause, Rule, State, Unit
from chalicelib.sla.rules import Step

START = datetime(2026, 11, 2, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEST = Calendar(id="TEST", version="1", timezone="Europe/London", published_through=date(2027, 12, 31))
EVERY_FACT = 900
moments = st.integers(0, EVERY_FACT).map(lambda n: START + n * HOUR)
many = settings(max_examples=150, deadline=None, database=None, derandomize=True)


@st.composite
def pauses(draw):
    made, at = [], START
    for wait, length in draw(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=3)):
        made.append(Pause("mediation", at + wait * HOUR, at + (wait + length) * HOUR))
        at = made[-1].ended_at
    if made and draw(st.booleans()):
        made[-1] = replace(made[-1], ended_at=None)
    return tuple(made)


@st.composite
def clocks(draw):
    rule = Rule(
        id="test.rule",
        name={},
        kind="final",
        basis=Basis.HOUSE,
        clause="",
        unit=draw(st.sampled_from([Unit.CALENDAR_DAYS, Unit.WORKING_DAYS, Unit.HOURS])),
        count=draw(st.integers(1, 15)),
        pause_reasons=frozenset({"mediation"}),
        extensions=(Step("longer", 20, "longer"),),
    )
    granted = [Extension("longer", 20, at) for at in draw(st.lists(moments, max_size=1))]
    ends = draw(st.sampled_from([(None, None), ("met", None), (None, "stopped"), ("met", "stopped")]))
    met, stopped = (draw(moments) if end else None for end in ends)
    return Clock(rule, TEST, START, draw(pauses()), tuple(granted), met, stopped)


@many
@given(clocks(), moments)
def test_a_clock_says_of_the_past_what_the_facts_of_that_instant_said(clock, at):
    known = clock.as_of(at)
    assert clock.due(at) == known.due(at)
    assert clock.state(at) is known.state(at)
    assert clock.warnings(at) == known.warnings(at)


@many
@given(clocks(), clocks(), moments)
def test_nothing_that_happens_later_changes_what_was_said_before(one, other, at):
    def beginning(clock):
        kept = clock.as_of(at)
        return replace(clock, pauses=kept.pauses, extensions=kept.extensions, met_at=None, stopped_at=None)

    later = [extension for extension in other.extensions if extension.granted_at > at]
    ended = [moment for moment in (other.met_at, other.stopped_at) if moment and moment > at]
    changed = replace(beginning(one), extensions=(*beginning(one).extensions, *later), met_at=min(ended, default=None))
    assert (changed.due(at), changed.state(at)) == (beginning(one).due(at), beginning(one).state(at))


@many
@given(clocks(), moments, moments)
def test_knowing_in_two_steps_is_knowing_in_one(clock, one, other):
    early, late = sorted((one, other))
    assert clock.as_of(late).as_of(early) == clock.as_of(early)


@many
@given(clocks())
def test_an_ended_or_missed_clock_never_runs_again(clock):
    over = [clock.state(START + n * HOUR) not in (State.RUNNING, State.PAUSED) for n in range(0, EVERY_FACT, 25)]
    assert over == list(accumulate(over, max))


def test_a_pause_an_extension_and_an_end_are_known_from_their_own_instant_on(make_rule, china):
    rule = make_rule(unit=Unit.HOURS, count=10, extensions=(Step("longer", 20, "longer"),))
    clock = Clock(
        rule,
        china,
        START,
        (Pause("mediation", START + 2 * HOUR, START + 4 * HOUR),),
        (Extension("longer", 20, START + 5 * HOUR),),
        met_at=START + 6 * HOUR,
    )
    dues = [(clock.as_of(START + n * HOUR).due(START + n * HOUR).at - START) / HOUR for n in (1, 2, 3, 4, 5, 6)]
    assert dues == [10, 10, 11, 12, 22, 22]
    assert clock.as_of(START + 3 * HOUR).pauses == (Pause("mediation", START + 2 * HOUR),)
    assert clock.as_of(START + 5.9 * HOUR).met_at is None
    assert clock.as_of(START + 6 * HOUR) == clock


def test_before_its_start_there_was_no_clock(make_rule, china):
    with pytest.raises(ClockError, match="had not started"):
        Clock(make_rule(), china, START).as_of(START - HOUR)


def test_a_provisional_due_day_is_worked_out_again_when_its_year_is_published(changed, packs, make_rule):
    # Ten working days from 28 December 2026: by weekday alone until China has said how it works in January.
    rule = make_rule(unit=Unit.WORKING_DAYS, count=10)
    received = datetime(2026, 12, 28, 2, tzinfo=UTC)
    published = changed(
        {
            "calendars/overrides/CN.toml": 'version = "2"\npublished_through = 2027-12-31\n[workdays]\n2027 = [2027-01-02]'
            '\n[holidays.2027]\n2027-01-01 = ["New Year\'s Day", "元旦"]\n2027-01-04 = ["Day off", "休息日"]'
        }
    )
    before, after = (Clock(rule, them.calendar("CN"), received).due(received) for them in (packs, published))
    assert (before.date, before.provisional) == (date(2027, 1, 11), True)
    assert (after.date, after.provisional) == (date(2027, 1, 12), False)
    assert published.calendar("CN").version == packs.calendar("CN").version + "+2"


def test_a_due_day_within_the_published_year_is_not_moved_by_another(changed, packs, make_rule):
    rule, received = make_rule(unit=Unit.WORKING_DAYS, count=3), datetime(2026, 12, 23, 2, tzinfo=UTC)
    published = changed(
        {"calendars/overrides/CN.toml": 'version = "2"\n[holidays.2027]\n2027-01-01 = ["New Year\'s Day", "元旦"]'}
    )
    dues = [Clock(rule, them.calendar("CN"), received).due(received) for them in (packs, published)]
    assert dues[0] == dues[1]
    assert not dues[0].provisional
