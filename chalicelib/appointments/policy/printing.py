"""Which short numbers a printer in the hall is given."""

from collections.abc import Iterable
from datetime import date, datetime

from ..model import Branch, Entry, Printout

# So many numbers come again: one that was given out just before is not always seen at once.
AGAIN = 10
MOST_PRINTED = 50


def printout(branch: Branch, day: date, now: datetime, entries: Iterable[Entry], after: int | None) -> Printout:
    """Give the numbers of a day after one, the lowest first; none without it, but which is the last of all."""
    turns = sorted((entry.turn for entry in entries if entry.turn is not None), key=lambda turn: turn.number)
    if after is None:
        return Printout(branch.id, day, now, (), turns[-1].number if turns else 0)
    given = tuple(turn for turn in turns if turn.number > after - AGAIN)[:MOST_PRINTED]
    return Printout(branch.id, day, now, given, max(after, given[-1].number if given else 0))
