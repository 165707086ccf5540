"""Time is aware UTC, written in one way, and read from one place."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import clock

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(-timedelta(hours=3, minutes=30))])
moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=ZONES)  # noqa: DTZ001


@given(moments)
def test_a_moment_read_back_is_the_same_to_the_millisecond(at: datetime) -> None:
    back = clock.moment(clock.text(at))

    assert back.tzinfo is UTC
    assert timedelta(0) <= at - back < timedelta(milliseconds=1)


@given(moments, moments)
def test_moments_sort_as_texts(one: datetime, other: datetime) -> None:
    if abs(one - other) >= timedelta(milliseconds=1):
        assert (one < other) == (clock.text(one) < clock.text(other))


def test_a_moment_is_written_with_milliseconds_and_z() -> None:
    assert clock.text(datetime(2026, 12, 8, 16, 0, 0, 1999, tzinfo=UTC)) == "2026-12-08T16:00:00.001Z"


def test_an_offset_is_read_and_put_into_utc() -> None:
    assert clock.moment("2026-12-09T00:00:00+08:00") == datetime(2026, 12, 8, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-12-08T16:00:00", "2026-12-08", "", "soon", "2026-13-01T00:00:00Z"])
def test_a_text_without_offset_or_sense_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError):
        clock.moment(text)


def test_a_moment_without_a_zone_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.text(datetime(2026, 12, 8))  # noqa: DTZ001 - that is the point


def test_the_clock_can_be_moved_and_put_back() -> None:
    there = datetime(2030, 1, 1, tzinfo=UTC)
    before = clock.source
    try:
        clock.use(lambda: there)
        assert clock.now() == there
        clock.use(None)
        assert clock.now().tzinfo is UTC
        assert clock.now() != there
    finally:
        clock.use(before)


def test_what_measures_ages_only_grows() -> None:
    assert clock.monotonic() <= clock.monotonic()
