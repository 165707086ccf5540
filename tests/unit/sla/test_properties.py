"""What must hold for every clock, whatever its rule, calendar, pauses and extensions."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chalicelib.sla.calendars import Calendar
from chalicelib.sla.clocks import Basis, Clock, Extension, Pause, Rule, State, Unit
from chalicelib.sla.clocks import due as work_out
from chalicelib.sla.counting import days_of_months
from chalicelib.sla.rules import DayEnd, Roll, Step

SLOT = timedelta(minutes=15)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
SLOTS_A_YEAR = 365 * 96

instants = st.integers(0, SLOTS_A_YEAR).map(lambda n: FIRST + n * SLOT)
blocks = st.sampled_from([((time(9), time(17)),), ((time(0), time(2, 30)), (time(13), time(0))), ((time(0), time(0)),)])
zones = st.sampled_from(["Asia/Shanghai", "Europe/London", "America/New_York", "Australia/Lord_Howe"])


def days(most):
    """Some days of fourteen months; two bytes for each, since drawing them one by one is what costs."""
    return st.binary(max_size=2 * most).map(
        lambda drawn: {
            date(2026, 1, 1) + timedelta(days=int.from_bytes(drawn[n : n + 2], "big") % 421)
            for n in range(0, len(drawn), 2)
        }
    )


@st.composite
def calendars(draw, zone=zones):
    holidays = draw(days(40))
    workdays = draw(days(20)) - holidays
    return Calendar(
        id="TEST",
        version="1",
        timezone=draw(zone),
        published_through=date(2026, 12, 31),
        weekend=draw(st.sampled_from([frozenset(), frozenset({5, 6}), frozenset({4})])),
        holidays=dict.fromkeys(holidays, "Holiday"),
        workdays=frozenset(workdays),
        opening=draw(blocks),
    )


rules = st.builds(
    Rule,
    id=st.just("test.rule"),
    name=st.just({}),
    kind=st.just("final"),
    basis=st.just(Basis.HOUSE),
    clause=st.just(""),
    unit=st.sampled_from(Unit),
    count=st.integers(1, 40),
    start_day_counted=st.booleans(),
    roll_last_day=st.sampled_from(Roll),
    day_ends=st.sampled_from(DayEnd),
    pause_reasons=st.just(frozenset({"mediation"})),
    extensions=st.just((Step("complex", 60, "complex"),)),
)


@st.composite
def pauses(draw, begin):
    made = []
    for _ in range(draw(st.integers(0, 4))):
        start = begin + draw(st.integers(-200, 4000)) * SLOT
        made.append(Pause("mediation", start, start + draw(st.integers(0, 900)) * SLOT))
    return tuple(made)


@st.composite
def clocks(draw, zone=zones):
    started_at = draw(instants)
    extensions = (Extension("complex", 60, started_at + draw(st.integers(0, 4000)) * SLOT),)
    return Clock(
        draw(rules),
        draw(calendars(zone)),
        started_at,
        draw(pauses(started_at)),
        draw(st.sampled_from([(), extensions])),
    )


def due(clock, **other):
    clock = replace(clock, **other)
    return work_out(clock.rule, clock.calendar, clock.started_at, clock.pauses, clock.extensions)


many = settings(max_examples=100, deadline=None, database=None, derandomize=True)


@many
@given(clocks())
def test_a_longer_rule_is_never_due_earlier(clock):
    longer = replace(clock.rule, count=clock.rule.count + 1)
    assert due(clock, extensions=()).at <= due(clock, extensions=(), rule=longer).at


@many
@given(clocks(), st.data())
def test_a_pause_never_makes_a_clock_due_earlier(clock, data):
    more = (*clock.pauses, *data.draw(pauses(clock.started_at)))
    assert due(clock).at <= due(clock, pauses=more).at


@many
@given(clocks())
def test_an_extension_never_makes_a_clock_due_earlier(clock):
    assert due(clock, extensions=()).at <= due(clock).at


@many
@given(clocks())
def test_the_explanation_adds_up_to_the_count_and_joins_what_is_equal(clock):
    found = due(clock)
    lines = found.explanation
    months = found.unit is Unit.MONTHS
    length = days_of_months(clock.calendar.local_day(clock.started_at), found.count) if months else found.count
    assert lines[-1].total == length
    totals = [line.total for line in lines]
    assert totals == sorted(totals)
    assert all(one.why != other.why or one.detail != other.detail for one, other in pairwise(lines))
    if found.unit.in_days:
        spans = [(date.fromisoformat(line.from_), date.fromisoformat(line.to), line.counted) for line in lines]
        assert sum((to - from_).days + 1 for from_, to, counted in spans if counted) == length
        assert all(two[0] - one[1] == timedelta(days=1) for one, two in pairwise(spans))
        assert spans[-1][1] == found.date
    else:
        assert all(one.to == two.from_ for one, two in pairwise(lines))


@many
@given(clocks())
def test_percentages_are_reached_in_order_and_100_is_the_due_instant(clock):
    found = due(clock)
    reached = [found.reached(percent) for percent in range(0, 101, 10)]
    assert reached == sorted(reached)
    assert reached[-1] == found.at


@many
@given(clocks())
def test_no_percentage_is_reached_while_a_clock_stands(clock):
    assume(not clock.rule.start_day_counted)  # such a day counts even if it was paused from the start to midnight
    found = due(clock)
    for at in map(found.reached, range(10, 100, 10)):
        assert not any(max(p.started_at, clock.started_at) < at < p.ended_at for p in clock.pauses)


@many
@given(clocks(st.just("Asia/Shanghai")), st.lists(st.integers(0, 5000), min_size=2, max_size=6))
def test_what_has_come_true_stays_true_as_time_goes_on(clock, offsets):
    clock = replace(clock, extensions=())
    before, missed = set(), False
    for now in (clock.started_at + n * SLOT for n in sorted(offsets)):
        true = {percent for percent, at in clock.warnings(now) if at <= now}
        assert before <= true
        assert (100 in true) == (clock.state(now) is State.MISSED)
        assert not (missed and clock.state(now) is not State.MISSED)
        before, missed = true, clock.state(now) is State.MISSED


@many
@given(clocks(), st.integers(0, 5000))
def test_when_every_fact_is_known_asking_as_of_an_instant_changes_nothing(clock, later):
    ends = [clock.started_at, *(p.ended_at for p in clock.pauses), *(e.granted_at for e in clock.extensions)]
    assert clock.due(max(ends) + later * SLOT) == due(clock)
