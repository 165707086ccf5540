"""Figures for those who manage: what is open now, and what was closed within a period."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta

from ..model import By, Cell, Line, Name, Table

# A merged case goes on in another one, and is counted there.
_GONE = "merged"
_AGES = ((7, "0-7"), (15, "8-15"), (30, "16-30"), (60, "31-60"))
_OLDEST = "61+"
_DECIDED = ("upheld", "partly", "rejected", "settled")

Rows = Iterator[tuple[Cell, ...]]


def reported(name: Name, by: By, lines: Iterable[Line]) -> Table:
    """Make a report of the open lines and of those closed within the period; its rows are in a fixed order."""
    columns, count = _REPORTS[name]
    groups: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        if line.status != _GONE:
            groups[line.kind, getattr(line, by)].append(line)
    rows = [(*group, *row) for group in sorted(groups) for row in count(groups[group])]
    return Table(("kind", by.value, *columns), tuple(rows))


def _open(lines: Sequence[Line]) -> Rows:
    found: dict[tuple[int, str, str], list[Line]] = defaultdict(list)
    for line in lines:
        if line.open:
            place, band = _age(line.age_days)
            found[place, band, line.nearest()].append(line)
    for (_, band, clock), some in sorted(found.items()):
        yield band, clock, len(some), sum(1 for line in some if line.late)


def _age(days: int) -> tuple[int, str]:
    """Give the band of an age in whole days of 24 hours, and its place among the bands."""
    for place, (most, band) in enumerate(_AGES):
        if days <= most:
            return place, band
    return len(_AGES), _OLDEST


def _breached(lines: Sequence[Line]) -> Rows:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for clock in line.late:
            found[clock].append(line)
    for clock in sorted(found):
        still = sum(1 for line in found[clock] if line.open)
        yield clock, still, len(found[clock]) - still


def _answers(lines: Sequence[Line]) -> Rows:
    closed = [line for line in lines if not line.open]
    hours = sorted((line.answered_at - line.received_at) / timedelta(hours=1) for line in closed if line.answered_at)
    if closed:
        yield len(closed), len(hours), _at(hours, 0.5), _at(hours, 0.9)


def _at(ordered: Sequence[float], share: float) -> float | None:
    """Give the value that this share of all does not exceed (nearest rank); none of nothing."""
    return round(ordered[math.ceil(share * len(ordered)) - 1], 1) if ordered else None


def _outcomes(lines: Sequence[Line]) -> Rows:
    closed = [line for line in lines if not line.open]
    counts = [sum(1 for line in closed if line.outcome == outcome) for outcome in _DECIDED]
    decided = sum(counts)
    withdrawn = sum(1 for line in closed if line.status == "withdrawn")
    if closed:
        yield len(closed), *counts, withdrawn, _share(counts[0] + counts[1], decided)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _causes(lines: Sequence[Line]) -> Rows:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if not line.open:
            found[line.cause].append(line)
    for cause in sorted(found, key=lambda cause: (-len(found[cause]), cause)):
        yield cause, len(found[cause]), sum(1 for line in found[cause] if line.outcome in ("upheld", "partly"))


def _pauses(lines: Sequence[Line]) -> Rows:
    for flag in sorted({flag for line in lines for flag in line.flags}):
        flagged = [line for line in lines if flag in line.flags]
        yield flag, len(flagged), sum(line.flags.count(flag) for line in flagged)


def _extensions(lines: Sequence[Line]) -> Rows:
    extended = [line for line in lines if line.extensions]
    yield len(lines), len(extended), sum(line.extensions for line in extended), _share(len(extended), len(lines))


def _redress(lines: Sequence[Line]) -> Rows:
    found: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for line in lines:
        if line.redress and not line.open:
            found[line.redress[1]].append((line.redress[0], bool(line.paid_on)))
    for currency, sums in sorted(found.items()):
        paid = [amount for amount, is_paid in sums if is_paid]
        yield currency, len(sums), sum(amount for amount, _ in sums), len(paid), sum(paid)


_REPORTS: dict[Name, tuple[tuple[str, ...], Callable[[Sequence[Line]], Rows]]] = {
    Name.OPEN: (("age_days", "clock", "cases", "breached"), _open),
    Name.BREACHED: (("clock", "open", "closed"), _breached),
    Name.ANSWERS: (("closed", "answered", "median_hours", "p90_hours"), _answers),
    Name.OUTCOMES: (("closed", *_DECIDED, "withdrawn", "upheld_share"), _outcomes),
    Name.CAUSES: (("cause", "cases", "upheld"), _causes),
    Name.PAUSES: (("flag", "cases", "pauses"), _pauses),
    Name.EXTENSIONS: (("cases", "extended", "extensions", "extended_share"), _extensions),
    Name.REDRESS: (("currency", "cases", "awarded", "paid_cases", "paid"), _redress),
}
