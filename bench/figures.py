"""What a figure is, how many timings become one, and when it is missed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Goal:
    """What a figure has to be; `margin` is how far noise may carry it past the goal, as a share of the goal."""

    value: float
    at_least: bool = False
    margin: float = 0.1

    @property
    def limit(self) -> float:
        """Give where a miss is no longer noise."""
        return self.value * (1 - self.margin if self.at_least else 1 + self.margin)

    def met(self, value: float) -> bool:
        """Tell whether the goal itself is reached."""
        return value >= self.value if self.at_least else value <= self.value

    def missed(self, value: float) -> bool:
        """Tell whether it is missed by more than the margin."""
        return value < self.limit if self.at_least else value > self.limit


@dataclass(frozen=True)
class Figure:
    """One measured line: which row of the goals, what ran, the median of the repeats and their spread.

    A figure without a goal is there to be read. `said` tells the absolute numbers that a ratio comes from.
    """

    row: str
    what: str
    value: float
    unit: str
    low: float
    high: float
    goal: Goal | None = None
    said: str = ""

    @property
    def missed(self) -> bool:
        """Tell whether `--check` fails on this."""
        return self.goal is not None and self.goal.missed(self.value)

    @property
    def verdict(self) -> str:
        """Say how it stands."""
        if self.goal is None:
            return ""
        if self.goal.met(self.value):
            return "met"
        return "MISSED" if self.missed else "within margin"


def figure(
    row: str, what: str, repeats: Sequence[float], unit: str, goal: Goal | None = None, said: str = ""
) -> Figure:
    """Make a figure of its repeats."""
    return Figure(row, what, median(repeats), unit, min(repeats), max(repeats), goal, said)


def slope(sizes: Sequence[int], times: Sequence[float]) -> float:
    """Give the exponent by which time grows with size: the slope of the least-squares line through the logarithms."""
    x, y = [math.log(size) for size in sizes], [math.log(time) for time in times]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    across = sum((a - mean_x) ** 2 for a in x)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / across


def percentile(values: Sequence[float], percent: float) -> float:
    """Give the value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]
