"""The goals, row by row. What is exact has no margin; what is timed may miss by the noise of a shared machine.

Figures that are no ratios by nature (microseconds, records or requests a second) were set on a machine on which one bare
GetItem costs 0.8 ms of client CPU. They are scaled by what it costs in this run, so that they hold on
any machine.
"""

from .figures import Goal

REFERENCE_CALL = 0.0008  # seconds of client CPU for one bare GetItem, where the absolute goals were set

WRITE = Goal(1.25)
READ = Goal(1.30)
HANDLER = Goal(300.0, margin=0.15)
LIST_HANDLER = Goal(500.0, margin=0.15)
COLD_IMPORT = Goal(1.5)
ALIKE = Goal(1.05, margin=0.0)
EXACT = Goal(1.0, margin=0.0)
# An exponent's noise is a number, not a share: 0.03 more is 15 % more time at a hundred times the size.
GROWTH = Goal(0.05, margin=0.6)
QUICK_GROWTH = Goal(0.05, margin=1.5)
ESCALATIONS = Goal(0.7, at_least=True)
LEDGER = Goal(100_000.0, at_least=True, margin=0.15)
MEMORY = Goal(1.2, margin=0.0)
CREATES = Goal(150.0, at_least=True, margin=0.15)
NO_ERRORS = Goal(0.0, margin=0.0)
TAIL = Goal(4.0, margin=0.25)
ZIP = Goal(6.0, margin=0.0)
PEER_SLOTS = Goal(2.0, at_least=True)
PEER_BOOKS = Goal(3.0, at_least=True)
PEER_TRY = Goal(1.0)
NOBODY_TWICE = Goal(0.0, margin=0.0)

# Write units by row P6.
UNITS = {"create": 10, "reply": 8, "code cycle": 6, "book": 8}


def scaled(goal: Goal, pace: float) -> Goal:
    """Give a goal of so many a second for this machine; `pace` is how much slower it is than the reference."""
    return Goal(goal.value / pace, goal.at_least, goal.margin)
