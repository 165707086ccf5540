"""Figures: medians, goals with their margins, and exponents."""

import pytest

from bench.figures import Goal, figure, percentile, slope


@pytest.mark.parametrize(
    ("value", "verdict", "missed"),
    [(1.25, "met", False), (1.30, "within margin", False), (1.376, "MISSED", True)],
)
def test_a_goal_is_missed_only_beyond_its_margin(value: float, verdict: str, missed: bool) -> None:
    made = figure("P1", "x", [value], "x", Goal(1.25, margin=0.1))

    assert (made.verdict, made.missed) == (verdict, missed)


@pytest.mark.parametrize(
    ("value", "verdict", "missed"),
    [(0.71, "met", False), (0.64, "within margin", False), (0.62, "MISSED", True)],
)
def test_a_goal_of_at_least_is_missed_below_its_margin(value: float, verdict: str, missed: bool) -> None:
    made = figure("P13", "x", [value], "x", Goal(0.7, at_least=True, margin=0.1))

    assert (made.verdict, made.missed) == (verdict, missed)


def test_an_exact_goal_has_no_margin() -> None:
    assert Goal(2, margin=0.0).missed(3)
    assert not Goal(2, margin=0.0).missed(2)


def test_a_figure_is_the_median_of_its_repeats_with_their_spread() -> None:
    made = figure("P1", "x", [3.0, 1.0, 9.0], "x")

    assert (made.value, made.low, made.high) == (3.0, 1.0, 9.0)


@pytest.mark.parametrize("exponent", [0.0, 0.05, 1.0, 2.0])
def test_the_slope_is_the_exponent_of_growth(exponent: float) -> None:
    sizes = [1_000, 10_000, 100_000]

    assert slope(sizes, [0.004 * size**exponent for size in sizes]) == pytest.approx(exponent)


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([float(n) for n in range(1, 101)], 99) == 100.0
    assert percentile([5.0], 99) == 5.0
