"""`python -m bench [--check] [--quick] [--only P1,P9]`: measures the figures, prints them, and writes out/bench.json."""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

# The environment comes first: nothing of the product may be imported before it stands.
from tests.conftest import ENVIRONMENT

from . import report
from .figures import Figure

_ROWS = ("P1", "P2", "P3", "P4", "P5", "P6", "P9", "P12", "P13", "P14", "P15", "P17", "P18", "S5")


def main(arguments: list[str]) -> int:
    """Run; give 1 if `--check` finds a goal missed by more than its margin."""
    reading = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    reading.add_argument("--check", action="store_true", help="fail when a goal is missed by more than its margin")
    reading.add_argument("--quick", action="store_true", help="P9 with 1,000 and 10,000 tickets only")
    reading.add_argument("--only", default=",".join(_ROWS), help="rows, like P1,P9; default all")
    reading.add_argument("--repeats", type=int, default=7, help="default %(default)s")
    reading.add_argument("--out", type=Path, default=Path("out/bench.json"), help="default %(default)s")
    asked = reading.parse_args(arguments)
    # Log lines are part of the work and are measured, but nobody wants to read them here.
    os.environ.update({**ENVIRONMENT, "POWERTOOLS_LOG_LEVEL": "INFO"})
    terminal, figures = sys.stdout, list[Figure]()
    print(report.machine(), file=terminal, flush=True)
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        for figure in _measured(set(asked.only.split(",")), asked.repeats, asked.quick):
            figures.append(figure)
            print(report.line(figure), file=terminal, flush=True)
    report.write(figures, asked.out)
    return _judged(figures, terminal) if asked.check else 0


def _judged(figures: list[Figure], terminal: TextIO) -> int:
    missed = [figure for figure in figures if figure.missed]
    print(f"{len(missed)} of {sum(f.goal is not None for f in figures)} goals missed", file=terminal)
    return 1 if missed else 0


def _measured(rows: set[str], repeats: int, quick: bool) -> Iterator[Figure]:
    from . import (
        appointments,
        attempts,
        callbacks,
        codes,
        costs,
        escalations,
        growth,
        handlers,
        ledger,
        load,
        package,
        ratios,
    )

    # What was set as an absolute number is scaled by the pace of this machine just before.
    pace = handlers.measured_pace
    sections: list[tuple[set[str], Callable[[], list[Figure]]]] = [
        ({"P5", "P6"}, costs.measure),
        ({"P1", "P2"}, lambda: ratios.measure(repeats)),
        ({"P3"}, lambda: handlers.measure(repeats)),
        ({"P13"}, lambda: escalations.measure(repeats)),
        ({"P13"}, lambda: callbacks.measure(repeats)),
        ({"P9"}, lambda: growth.measure(repeats, quick=quick)),
        ({"P15"}, lambda: ledger.measure(repeats, pace())),
        ({"S5"}, codes.measure),
        ({"P17"}, lambda: load.measure(repeats, pace())),
        ({"P4", "P18"}, lambda: package.measure(repeats)),
        ({"P12"}, lambda: appointments.measure(repeats)),
        ({"P14"}, lambda: attempts.measure(repeats)),
    ]
    for of, measure in sections:
        if of & rows:
            yield from (figure for figure in measure() if figure.row in rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
