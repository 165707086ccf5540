"""Figures, counted by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.reports.model import By, Line, Name
from chalicelib.reports.policy import reported

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def make_line(**what_matters: Any) -> Line:
    """Make a line of an open complaint of east, a day old."""
    facts = {"id": "tkt_1", "kind": "complaint", "status": "in_progress", "unit": "east", "channel": "app"}
    return Line(**{**facts, "received_at": NOW - DAY, "seen_at": NOW, **what_matters})


def make_closed(**what_matters: Any) -> Line:
    """Make a line of a closed one."""
    return make_line(**{"status": "closed", "closed_at": NOW, **what_matters})


def rows(name: Name, *lines: Line, by: By = By.UNIT) -> list[tuple[Any, ...]]:
    return [row[2:] for row in reported(name, by, lines).rows]


def test_open_cases_are_told_by_age_and_by_the_clock_that_is_due_first() -> None:
    clocks = {"cn.nfra.decision": NOW + DAY, "house.update": NOW + HOUR}
    lines = [make_line(received_at=NOW - DAY * age, clocks=clocks) for age in (0, 7, 8, 30, 31, 400)]

    assert rows(Name.OPEN, *lines, make_line(), make_closed()) == [
        ("0-7", "", 1, 0),
        ("0-7", "house.update", 2, 0),
        ("8-15", "house.update", 1, 0),
        ("16-30", "house.update", 1, 0),
        ("31-60", "house.update", 1, 0),
        ("61+", "house.update", 1, 0),
    ]


def test_a_clock_that_ran_out_since_the_case_was_written_is_breached_too() -> None:
    lines = [
        make_line(clocks={"a": NOW}),
        make_line(clocks={"a": NOW + timedelta(seconds=1)}),
        make_line(missed=("a", "b"), clocks={"a": NOW - DAY}),
        make_closed(missed=("b",)),
    ]

    assert rows(Name.BREACHED, *lines) == [("a", 2, 0), ("b", 1, 1)]
    assert [row[-1] for row in rows(Name.OPEN, *lines)] == [2]


def test_the_time_to_answer_is_told_by_median_and_ninth_decile() -> None:
    lines = [make_closed(answered_at=NOW - DAY + HOUR * hours) for hours in range(1, 11)]

    assert rows(Name.ANSWERS, *lines, make_closed()) == [(11, 10, 5.0, 9.0)]
    assert rows(Name.ANSWERS, make_closed()) == [(1, 0, None, None)]
    assert rows(Name.ANSWERS, make_line()) == []


def test_the_upheld_share_is_of_what_was_decided() -> None:
    outcomes = ["upheld", "partly", "rejected", "rejected", "settled"]
    lines = [make_closed(outcome=outcome) for outcome in outcomes]

    assert rows(Name.OUTCOMES, *lines, make_closed(status="withdrawn")) == [(6, 1, 1, 2, 1, 1, 0.4)]
    assert rows(Name.OUTCOMES, make_closed(status="withdrawn")) == [(1, 0, 0, 0, 0, 1, None)]


def test_what_was_merged_is_counted_where_it_goes_on() -> None:
    assert rows(Name.OUTCOMES, make_closed(status="merged")) == []


def test_causes_stand_with_the_most_frequent_first() -> None:
    lines = [make_closed(cause="fees", outcome="upheld"), make_closed(cause="fees"), make_closed(cause="app")]

    assert rows(Name.CAUSES, *lines) == [("fees", 2, 1), ("app", 1, 0)]


def test_flags_extensions_and_redress_are_summed() -> None:
    lines = [
        make_closed(flags=("late_pause", "late_pause"), extensions=2, redress=(500, "CNY"), paid_on="2026-11-20"),
        make_closed(redress=(700, "CNY")),
        make_line(flags=("late_pause",), redress=(1, "CNY")),
    ]

    assert rows(Name.PAUSES, *lines) == [("late_pause", 2, 3)]
    assert rows(Name.EXTENSIONS, *lines) == [(3, 1, 2, 0.3333)]
    assert rows(Name.REDRESS, *lines) == [("CNY", 2, 1200, 1, 500)]


@pytest.mark.parametrize(
    ("by", "groups"), [(By.UNIT, ["east", "west"]), (By.CHANNEL, ["app", "phone"]), (By.PRODUCT, ["", "cards"])]
)
def test_rows_tell_apart_what_was_asked_for(by: By, groups: list[str]) -> None:
    lines = [make_closed(), make_closed(unit="west", channel="phone", product="cards")]

    assert [row[:2] for row in reported(Name.ANSWERS, by, lines).rows] == [("complaint", group) for group in groups]


@pytest.mark.parametrize("name", Name)
def test_of_nothing_there_is_an_empty_table_with_its_columns(name: Name) -> None:
    table = reported(name, By.UNIT, [])

    assert (table.rows, table.columns[:2]) == ((), ("kind", "unit"))
    assert table.csv().count("\r\n") == 1
