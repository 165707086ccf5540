"""The clock moves forward only, whatever happens."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.local.clock import MovableClock, duration

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class System:
    """The system's clock."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def test_a_moved_clock_goes_on_from_where_it_was_moved_to(tmp_path: Path) -> None:
    system = System()
    clock = MovableClock(tmp_path / "clock.json", system)

    clock.move_to(START + timedelta(days=2))
    system.now += timedelta(seconds=5)

    assert clock.now() == START + timedelta(days=2, seconds=5)
    assert clock.offset == 2 * 86400


def test_a_restart_keeps_what_was_moved(tmp_path: Path) -> None:
    system = System()
    MovableClock(tmp_path / "clock.json", system).move_to(START + timedelta(days=2))
    system.now += timedelta(hours=1)

    assert MovableClock(tmp_path / "clock.json", system).now() == START + timedelta(days=2, hours=1)


def test_a_moment_that_has_passed_moves_nothing(tmp_path: Path) -> None:
    clock = MovableClock(tmp_path / "clock.json", System())

    clock.move_to(START - timedelta(days=1))

    assert clock.now() == START


def test_a_system_clock_that_is_set_back_does_not_turn_ours_back(tmp_path: Path) -> None:
    system = System()
    clock = MovableClock(tmp_path / "clock.json", system)
    system.now = START + timedelta(minutes=10)
    assert clock.now() == START + timedelta(minutes=10)
    clock.keep()
    system.now = START

    assert clock.now() == START + timedelta(minutes=10)
    assert MovableClock(tmp_path / "clock.json", system).now() == START + timedelta(minutes=10)


def test_durations_are_read_as_iso_8601_writes_them() -> None:
    assert duration("P1DT2H") == timedelta(days=1, hours=2)
    assert duration("P2W") == timedelta(weeks=2)
    assert duration("PT0.5S") == timedelta(milliseconds=500)


@pytest.mark.parametrize("text", ["P", "PT", "P1M", "P1Y", "1D", "PT1D", "-P1D", "P1DT", ""])
def test_a_duration_without_a_fixed_length_or_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        duration(text)
