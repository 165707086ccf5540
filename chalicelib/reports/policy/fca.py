"""The table of the FCA's complaints return: what DISP 1.10.2R wants counted, by group of products and by main cause."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from chalicelib.sla.calendars import DAY, Calendar

from ..model import Case, Cell, Table
from .form import Form

COLUMNS = (
    *("section", "code", "name", "outstanding_at_start", "opened"),
    *("closed_within_3_business_days", "closed_within_4_weeks", "closed_4_to_8_weeks", "closed_over_8_weeks"),
    *("closed", "upheld", "redress_paid_pence"),
)
_WEEKS_4, _WEEKS_8 = timedelta(weeks=4), timedelta(weeks=8)
_QUICK = 3  # DISP 1.5: by close of the third business day after the day of receipt


def table(cases: Sequence[Case], form: Form) -> Table:
    """Make the table: the total, then every product and cause our list knows or a case has, in order; nil is all zeros."""
    rows: list[tuple[Cell, ...]] = [("total", "", "", *_counted(cases, form))]
    for one in form.scheme.lists:
        known = {*one.names, *(code for case in cases for code in case.of_scheme(form.scheme.id, one.prefix))}
        for code in sorted(known):
            some = [case for case in cases if code in case.of_scheme(form.scheme.id)]
            rows.append((one.id, code, form.scheme.name(code, "en"), *_counted(some, form)))
    return Table(COLUMNS, tuple(rows))


def _counted(cases: Sequence[Case], form: Form) -> tuple[int, ...]:
    begins = form.period.begins(form.scheme.timezone)
    closed = [case for case in cases if case.ended_told_at and case.ended_told_at >= begins]
    before = [case for case in cases if case.registered_at and case.registered_at < begins]
    waiting = [case for case in before if case.ended_told_at is None or case.ended_told_at >= begins]
    bands = [_band(case.received_at, case.ended_at, form) for case in closed if case.received_at and case.ended_at]
    upheld = sum(1 for case in closed if case.outcome in ("upheld", "partly"))
    paid = [it for case in cases for it in case.paid if it.told_at >= begins]
    return (
        *(len(waiting), len(cases) - len(before)),
        *(bands.count(band) for band in range(4)),
        *(len(closed), upheld, sum(it.amount for it in paid)),
    )


def _band(received_at: datetime, ended_at: datetime, form: Form) -> int:
    """Tell how long it took: 0 within three business days, else 1 to four weeks, 2 to eight, 3 longer; by local days."""
    first, last = form.day(received_at), form.day(ended_at)
    if _business_days(first, last, form.calendar) <= _QUICK:
        return 0
    return 1 if last - first <= _WEEKS_4 else 2 if last - first <= _WEEKS_8 else 3


def _business_days(first: date, last: date, calendar: Calendar) -> int:
    """Count the working days after the first day, up to and with the last; no further than matters."""
    days, day = 0, first
    while day < last and days <= _QUICK:
        day += DAY
        days += calendar.is_working(day)
    return days
