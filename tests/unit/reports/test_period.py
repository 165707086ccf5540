"""Periods are local days, both ends in."""

from datetime import UTC, date, datetime

import pytest

from chalicelib.kernel.errors import Invalid
from chalicelib.reports.model import Period, periods

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("timezone", "begins", "ends"),
    [
        ("Asia/Shanghai", datetime(2026, 3, 27, 16, tzinfo=UTC), datetime(2026, 3, 29, 16, tzinfo=UTC)),
        # Summer time begins in London in the night to 29 March 2026: that day ends an hour earlier.
        ("Europe/London", datetime(2026, 3, 28, 0, tzinfo=UTC), datetime(2026, 3, 29, 23, tzinfo=UTC)),
        ("Australia/Sydney", datetime(2026, 3, 27, 13, tzinfo=UTC), datetime(2026, 3, 29, 13, tzinfo=UTC)),
    ],
)
def test_a_period_begins_and_ends_at_midnight_of_its_place(timezone: str, begins: datetime, ends: datetime) -> None:
    assert Period(date(2026, 3, 28), date(2026, 3, 29)).between(timezone) == (begins, ends)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (None, None, (date(2026, 10, 25), TODAY)),
        (date(2026, 11, 20), None, (date(2026, 11, 20), TODAY)),
        (date(2026, 1, 1), None, (date(2026, 1, 1), date(2026, 1, 30))),
        (None, date(2026, 1, 30), (date(2026, 1, 1), date(2026, 1, 30))),
        (TODAY, TODAY, (TODAY, TODAY)),
        (date(2024, 1, 1), date(2024, 12, 31), (date(2024, 1, 1), date(2024, 12, 31))),
    ],
)
def test_what_is_not_said_is_thirty_days(first: date | None, last: date | None, found: tuple[date, date]) -> None:
    assert periods(first, last, TODAY) == Period(*found)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (TODAY, date(2026, 11, 22)),
        (date(2025, 1, 1), date(2026, 1, 2)),
        (date(1, 1, 1), date(1, 1, 2)),
        (date(9999, 12, 30), date(9999, 12, 31)),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(first: date, last: date) -> None:
    with pytest.raises(Invalid):
        periods(first, last, TODAY)
