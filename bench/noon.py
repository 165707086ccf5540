"""`python -m bench.noon [--seed 1]`: three hundred bookings and a hundred walk-ins, and a branch that closes at noon.

Exit code 1 if anybody is not accounted for, was cancelled without having said so, or was not told once, in their language.
"""

import argparse
import sys
import time

# Sets the environment of the tests, before anything of the product is imported.
import tests.conftest  # noqa: F401
from tests.simulation.noon.reckoning import Reckoning, lived, reckoned


def main() -> int:
    """Live the day, print what became of everybody, say what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    began = time.monotonic()
    found = reckoned(lived(told.seed))
    show(found)
    print(f"{found.records} records, seed {told.seed}, trace {found.trace[:16]}, {time.monotonic() - began:.0f} s")
    print("\n".join(found.wrong) or "everybody is accounted for, and was told each step once, in their language")
    return bool(found.wrong)


def show(found: Reckoning) -> None:
    """Print who, what became of them, what they were told, and how long they waited."""
    groups = sorted({group for group, _ in found.outcomes})
    print(f"{'':28}" + "".join(f"{group:>18}" for group in groups) + f"{'all':>8}")
    for outcome in sorted({outcome for _, outcome in found.outcomes}):
        row = [found.outcomes[group, outcome] for group in groups]
        print(f"{outcome:28}" + "".join(f"{number:18}" for number in row) + f"{sum(row):8}")
    row = [sum(number for (of, _), number in found.outcomes.items() if of == group) for group in groups]
    print(f"{'all':28}" + "".join(f"{number:18}" for number in row) + f"{sum(row):8}")
    print()
    for (template, language), number in sorted(found.texts.items()):
        print(f"{template:28}{language:>8}{number:8}")
    of = found.figure
    waited, off = of.waited // max(1, of.called) // 60, of.off // max(1, of.promised) // 60
    print(
        f"\n{of.called} called, after {waited} minutes as a rule; {100 * of.kept // max(1, of.promised)} % of them within"
    )
    print(f"the range they were told, and {off} minutes off the end of it as a rule")


if __name__ == "__main__":
    sys.exit(main())
