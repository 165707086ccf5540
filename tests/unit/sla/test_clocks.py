"""How a clock stands at an instant, and which warnings have come true."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.sla.clocks import Clock, ClockError, Pause, State, Unit, due
from chalicelib.sla.rules import Roll

START = datetime(2026, 11, 2, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def ten_hours(make_rule, china):
    def make(**facts):
        return Clock(make_rule(unit=Unit.HOURS, count=10), china, START, **facts)

    return make


def at(hours):
    return START + hours * HOUR


def test_a_clock_runs_until_the_due_instant_and_is_missed_from_then_on(ten_hours):
    clock = ten_hours()
    assert [clock.state(at(h)) for h in (0, 9.999, 10, 99)] == [
        State.RUNNING,
        State.RUNNING,
        State.MISSED,
        State.MISSED,
    ]


def test_a_clock_met_in_time_stays_met_and_one_met_too_late_is_missed(ten_hours):
    assert ten_hours(met_at=at(9)).state(at(99)) is State.MET
    late = ten_hours(met_at=at(10))
    assert (late.state(at(99)), late.met_at) == (State.MISSED, at(10))


def test_a_clock_is_met_from_the_instant_it_was_met(ten_hours):
    clock = ten_hours(met_at=at(5.5))
    assert clock.state(at(5.5)) is State.MET
    assert clock.warnings(at(5.5)) == ((50, at(5)),)


def test_a_clock_stopped_in_time_is_stopped_and_one_stopped_too_late_was_missed(ten_hours):
    assert ten_hours(stopped_at=at(9)).state(at(99)) is State.STOPPED
    assert ten_hours(stopped_at=at(11)).state(at(99)) is State.MISSED


def test_whichever_came_first_ends_the_clock(ten_hours):
    assert ten_hours(met_at=at(3), stopped_at=at(5)).state(at(9)) is State.MET
    assert ten_hours(met_at=at(5), stopped_at=at(3)).state(at(9)) is State.STOPPED


def test_asked_about_an_instant_before_it_was_met_a_clock_does_not_know_it_yet(ten_hours):
    assert ten_hours(met_at=at(9)).state(at(8)) is State.RUNNING


def test_a_clock_is_paused_from_the_first_instant_of_a_pause_until_its_end(ten_hours):
    clock = ten_hours(pauses=(Pause("mediation", at(2), at(4)),))
    states = [clock.state(at(h)) for h in (1.9, 2, 3.9, 4, 11.9, 12)]
    assert states == ["running", "paused", "paused", "running", "running", "missed"]


def test_a_pause_for_a_reason_not_listed_does_not_pause(ten_hours):
    clock = ten_hours(pauses=(Pause("lunch", at(2)),))
    assert clock.state(at(3)) is State.RUNNING
    assert clock.pausable("mediation")
    assert not clock.pausable("lunch")


def test_a_clock_that_was_missed_is_not_saved_by_a_later_pause(ten_hours):
    assert ten_hours(pauses=(Pause("mediation", at(10)),)).state(at(20)) is State.MISSED


def test_an_open_pause_keeps_a_clock_from_being_missed(ten_hours):
    clock = ten_hours(pauses=(Pause("mediation", at(9.5)),))
    assert clock.state(at(500)) is State.PAUSED
    assert clock.due(at(500)).at == at(500.5)


def test_a_pause_that_was_still_open_when_the_clock_was_met_grows_no_further(ten_hours):
    clock = ten_hours(pauses=(Pause("mediation", at(5)),), met_at=at(7))
    assert clock.due(at(99)) == clock.due(at(7))


def test_warnings_are_the_instants_of_the_percentages_and_the_breach(ten_hours):
    assert ten_hours().warnings(at(0)) == ((50, at(5)), (75, at(7.5)), (90, at(9)), (100, at(10)))


def test_warnings_wait_for_a_pause(ten_hours):
    clock = ten_hours(pauses=(Pause("mediation", at(6), at(16)),))
    assert clock.warnings(at(99)) == ((50, at(5)), (75, at(17.5)), (90, at(19)), (100, at(20)))


def test_an_ended_clock_keeps_the_warnings_it_had_and_gets_no_more(ten_hours):
    assert ten_hours(met_at=at(8)).warnings(at(99)) == ((50, at(5)), (75, at(7.5)))
    assert ten_hours(met_at=at(10)).warnings(at(99))[-1] == (100, at(10))


def test_percentages_of_days_are_parts_of_the_counted_days(make_rule, china):
    found = due(make_rule(count=10), china, START)
    midnight = datetime(2026, 11, 2, 16, tzinfo=UTC)
    assert found.reached(0) == midnight
    assert found.reached(50) == midnight + timedelta(days=5)
    assert found.reached(75) == midnight + timedelta(days=7.5)
    assert found.reached(100) == found.at


def test_percentages_jump_over_days_that_are_not_counted(make_rule, china):
    found = due(make_rule(unit=Unit.WORKING_DAYS, count=10), china, datetime(2026, 11, 5, 2, tzinfo=UTC))
    assert found.reached(10) == datetime(2026, 11, 6, 16, tzinfo=UTC), "the end of Friday"
    assert found.reached(15) == datetime(2026, 11, 9, 4, tzinfo=UTC), "noon on Monday"


def test_a_counted_day_weighs_what_it_really_lasts(make_rule, england):
    found = due(make_rule(count=2), england, datetime(2026, 10, 23, 12, tzinfo=UTC))
    assert found.reached(50) == datetime(2026, 10, 24, 23, tzinfo=UTC) + timedelta(minutes=30), "half of 49 h"


def test_a_day_rolled_to_carries_no_weight(make_rule, england):
    rule = make_rule(count=1, roll_last_day=Roll.NEXT_WORKING_DAY)
    found = due(rule, england, datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert found.reached(50) == datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert found.reached(100) == datetime(2026, 11, 24, tzinfo=UTC)


def test_nothing_is_reached_in_the_paused_part_of_a_counted_day(make_rule, china):
    midnight = datetime(2026, 11, 2, 16, tzinfo=UTC)
    pauses = [Pause("mediation", midnight + 6 * HOUR, midnight + 18 * HOUR)]
    found = due(make_rule(count=1), china, START, pauses)
    assert found.reached(50) == midnight + 6 * HOUR
    assert found.reached(75) == midnight + 21 * HOUR


@pytest.mark.parametrize("percent", [-1, 100.5])
def test_there_is_no_percentage_outside_0_to_100(ten_hours, percent):
    with pytest.raises(ClockError):
        ten_hours().due(at(0)).reached(percent)


def test_a_clock_whose_start_has_no_time_zone_is_refused(make_rule, china):
    with pytest.raises(ClockError):
        Clock(make_rule(), china, datetime(2026, 1, 1))  # noqa: DTZ001
