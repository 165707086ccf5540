"""What people read, and what machines read."""

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from .figures import Figure


def line(figure: Figure) -> str:
    """Write a figure as one line: row, what ran, median, spread, goal, verdict, and the numbers behind it."""
    goal = f"{'>=' if figure.goal.at_least else '<='} {number(figure.goal.value)}" if figure.goal else ""
    spread = f"{number(figure.low)}-{number(figure.high)}" if figure.low != figure.high else ""
    value = f"{number(figure.value)} {figure.unit}".strip()
    return f"{figure.row:5}{figure.what:56}{value:>18}  {spread:21}{goal:12}{figure.verdict:14}{figure.said}".rstrip()


def number(value: float) -> str:
    """Write a number with as many digits as it deserves."""
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}" if abs(value) >= 1 else f"{value:.3f}"


def machine() -> str:
    """Say what this ran on."""
    model = next((text.partition(":")[2].strip() for text in _cpu() if text.startswith("model name")), "")
    return f"{model or platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def _cpu() -> list[str]:
    file = Path("/proc/cpuinfo")
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def write(figures: Iterable[Figure], file: Path) -> None:
    """Write all figures as JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    found = [{**asdict(figure), "verdict": figure.verdict} for figure in figures]
    file.write_text(json.dumps({"machine": machine(), "figures": found}, indent=1) + "\n", encoding="utf-8")
