"""Figures for those who manage."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.paging import Position

from .. import policy
from ..model import By, Line, Name, Period, ReportTooLarge, Table, periods
from ..ports import Lines, Units

# A large unit's quarter. Reading a hundred thousand takes ten seconds of a processor, and API Gateway waits for 29.
MOST_LINES = 30_000


@dataclass(frozen=True)
class Report:
    """The figures, and what they are of; `as_of` is when open cases were counted."""

    name: Name
    by: By
    period: Period
    units: tuple[str, ...]
    as_of: datetime
    table: Table


@dataclass(frozen=True)
class Figures:
    """Counts what the desk's index shows; reads no case."""

    lines: Lines
    units: Units
    most: int = MOST_LINES

    def report(self, name: Name, unit: str, by: By, first: date | None, last: date | None, call: Call) -> Report:
        """Give one report of a unit, or of every unit within the caller's reach.

        The days of a period are those of each unit's own time zone. Raises NotFound for a unit out of reach, Invalid for
        a period that makes no sense, ReportTooLarge.
        """
        zones = self._within(unit, call)
        home = zones.get(unit or call.actor.unit) or next(iter(zones.values()), "UTC")
        period = periods(first, last, call.now.astimezone(ZoneInfo(home)).date())
        found = [Line.of(facts, call.now) for facts in self._read(name, zones, period)]
        table = policy.reported(name, by, found)
        return Report(name, by, period, tuple(sorted(zones)), call.now, table)

    def _within(self, unit: str, call: Call) -> dict[str, str]:
        """Give the units to be counted, with their time zones."""
        if unit:
            access.require_on(call.actor, Act.REPORTS_READ, unit=unit)
        access.require(call.actor, Act.REPORTS_READ)
        known = self.units.zones()
        if unit and unit not in known:
            raise NotFound
        wanted = [unit] if unit else [id_ for id_ in known if access.reaches(call.actor, Act.REPORTS_READ, unit=id_)]
        return {id_: known[id_] for id_ in wanted}

    def _read(self, name: Name, zones: Mapping[str, str], period: Period) -> Iterator[Mapping[str, object]]:
        left = self.most
        for unit, timezone in zones.items():
            for closed in _partitions(name, period, timezone):
                start: Position | None = None
                while True:
                    page = self.lines.lines(unit, closed, start)
                    left -= len(page.items)
                    if left < 0:
                        raise ReportTooLarge(limit=self.most)
                    yield from page.items
                    start = page.next
                    if start is None:
                        break


def _partitions(name: Name, period: Period, timezone: str) -> list[tuple[datetime, datetime] | None]:
    """Say what a report reads of a unit: open cases, those closed within the period, or both."""
    closed = period.between(timezone)
    if name is Name.OPEN:
        return [None]
    return [None, closed] if name in _BOTH else [closed]


_BOTH = frozenset({Name.BREACHED, Name.PAUSES, Name.EXTENSIONS})
