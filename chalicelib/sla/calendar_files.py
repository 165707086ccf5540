"""From one TOML file to one calendar, or to the days people have decided otherwise."""

import re
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path

from chalicelib.sla.calendars import Block, Calendar, CalendarError
from chalicelib.sla.reading import PackError, Table

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BLOCK = re.compile(r"([01]\d:[0-5]\d|2[0-3]:[0-5]\d)-([01]\d:[0-5]\d|2[0-3]:[0-5]\d|24:00)")


def read_calendar(path: Path) -> Calendar:
    """Read a generated calendar; its file must be called `<id>.toml`."""
    table = Table.of(path)
    holidays, chinese = _holidays(table.table("holidays"))
    try:
        calendar = Calendar(
            id=table.text("id"),
            version=table.text("version"),
            timezone=table.timezone("timezone"),
            published_through=table.day("published_through"),
            weekend=_weekend(table),
            holidays=holidays,
            workdays=_workdays(table),
            opening=_opening(table),
            chinese=chinese,
        )
    except CalendarError as error:
        raise PackError(f"{path.name}: {error}") from error
    table.done()
    if path.stem != calendar.id:
        raise table.fail("id", f"the file must be called {calendar.id}.toml")
    return calendar


@dataclass(frozen=True)
class Override:
    """Days that people have decided otherwise than the generated calendar says."""

    version: str
    holidays: dict[date, str]
    workdays: frozenset[date]
    chinese: dict[str, str]
    published_through: date | None

    def applied_to(self, calendar: Calendar) -> Calendar:
        """Give the calendar with these days changed and a version that says so; an empty override changes nothing."""
        if not (self.holidays or self.workdays or self.published_through):
            return calendar
        changed = calendar.changed(self.version, self.holidays, self.workdays)
        through = self.published_through or calendar.published_through
        return replace(changed, chinese={**calendar.chinese, **self.chinese}, published_through=through)


def read_override(path: Path) -> Override:
    """Read the days that win over the generated calendar of the same name."""
    table = Table.of(path)
    holidays, chinese = _holidays(table.table("holidays"))
    through = table.day("published_through") if table.has("published_through") else None
    override = Override(table.text("version"), holidays, _workdays(table), chinese, through)
    table.done()
    both = sorted(override.workdays & override.holidays.keys())
    if both:
        raise table.fail("workdays", f"{both[0]} is also under holidays")
    return override


def _holidays(years: Table) -> tuple[dict[date, str], dict[str, str]]:
    """Give the name of each day, and the Chinese of each name."""
    days: dict[date, str] = {}
    chinese: dict[str, str] = {}
    for year in years.left():
        table = years.table(year)
        for day, names in table.days().items():
            if str(day.year) != year:
                raise table.fail(str(day), "stands under another year")
            if not isinstance(names, list) or len(names) != 2 or not all(isinstance(n, str) and n for n in names):
                raise table.fail(str(day), "must be the name in English and in Chinese")
            days[day], chinese[names[0]] = names
    return days, chinese


def _workdays(table: Table) -> frozenset[date]:
    years = table.table("workdays")
    found: set[date] = set()
    for year in years.left():
        for day in years.take(year, list):
            if type(day) is not date or str(day.year) != year:
                raise years.fail(year, f"must be dates of that year, not {day}")
            found.add(day)
    return frozenset(found)


def _weekend(table: Table) -> frozenset[int]:
    words = table.words("weekend")
    if not set(words) <= set(WEEKDAYS):
        raise table.fail("weekend", f"must be some of {', '.join(WEEKDAYS)}")
    return frozenset(WEEKDAYS.index(word) for word in words)


def _opening(table: Table) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for word in table.words("opening"):
        found = BLOCK.fullmatch(word)
        if found is None:
            raise table.fail("opening", f"must be like 09:00-17:30, not {word}")
        opens, closes = (time.fromisoformat(mark.replace("24:00", "00:00")) for mark in found.groups())
        blocks.append((opens, closes))
    return tuple(blocks)
