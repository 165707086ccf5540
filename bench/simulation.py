"""`python -m bench.simulation [--seed 1] [--complaints 2000]`: sixty days of every regime, and what fired when and why.

Exit code 1 if an escalation was missed, a word is owed for ever, or two lives of one seed leave different traces.
"""

import argparse
import gc
import sys
import time

# Sets the environment of the tests, before anything of the product is imported.
import tests.conftest  # noqa: F401
from tests.simulation.sixty_days import Sums, accounted, lived

LEVELS = ("reached", "told", "stale", "ended first", "MISSED")
CLOCKS = ("in time", "late", "stopped", "running")


def main() -> int:
    """Run it, print the table, say what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--complaints", type=int, default=2000)
    parser.add_argument("--twice", action="store_true", help="live it once more and compare the traces")
    told = parser.parse_args()
    began = time.monotonic()
    gc.disable()  # nothing goes away before the end, so there is nothing to look for
    desk = lived(told.seed, told.complaints)
    sums = accounted(desk)
    took = time.monotonic() - began
    show(sums)
    records = sum(map(len, desk.tables.chains.values()))
    print(f"{told.complaints} complaints, {records} records, {sum(desk.queues.sent.values())} messages, {took:.0f} s")
    print(f"seed {told.seed}, trace {sums.trace[:16]}")
    if told.twice and accounted(lived(told.seed, told.complaints)).trace != sums.trace:
        sums.wrong.append("the same seed left another trace")
    print("\n".join(sums.wrong) or "every escalation is accounted for, every word was taken or dropped")
    return bool(sums.wrong)


def show(sums: Sums) -> None:
    """Print both tables."""
    print(f"{'clock':34}{'runs: ' + CLOCKS[0]:>15}" + "".join(f"{name:>10}" for name in CLOCKS[1:]))
    for (_, rule), counted in sorted(sums.clocks.items()):
        print(f"{rule:34}{counted[CLOCKS[0]]:15}" + "".join(f"{counted[name]:10}" for name in CLOCKS[1:]))
    print(f"\n{'clock':34}{'level':>6}" + "".join(f"{name:>12}" for name in LEVELS))
    for (_, rule, percent), counted in sorted(sums.levels.items()):
        print(f"{rule:34}{percent:6}" + "".join(f"{counted[name]:12}" for name in LEVELS))
    print("\nwords: " + ", ".join(f"{name} {number}" for name, number in sorted(sums.words.items()) if number))


if __name__ == "__main__":
    sys.exit(main())
