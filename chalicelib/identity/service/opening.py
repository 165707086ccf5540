"""When a unit is open: today, next, and the holidays ahead."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.kernel.errors import NotFound
from chalicelib.sla.calendars import Calendar
from chalicelib.sla.opening import opens_at
from chalicelib.sla.packs import Packs

from .. import policy
from ..model import Holiday, OpeningHours
from ..ports import Directory

AHEAD = timedelta(days=90)


@dataclass(frozen=True)
class Opening:
    """Anybody may ask; the answer is that of the calendar on which deadlines are counted."""

    directory: Directory
    packs: Packs

    def of(self, unit: str, now: datetime) -> OpeningHours:
        """Tell of one unit, or of the top one if none is named; raises NotFound."""
        units = self.directory.units()
        found = units.get(unit) if unit else policy.top(units)
        if found is None:
            raise NotFound
        calendar = self.packs.calendar(found.calendar)
        today = calendar.local_day(now)
        blocks = calendar.open_between(calendar.starts(today), calendar.ends(today)) if calendar.opening else ()
        return OpeningHours(
            unit=found.id,
            timezone=found.timezone,
            day=today,
            day_kind=calendar.day_kind(today),
            blocks=tuple(blocks),
            open=bool(calendar.opening) and calendar.is_open(now),
            opens_at=opens_at(calendar, now),
            holidays=_ahead(calendar, now),
            published_through=calendar.published_through,
        )


def _ahead(calendar: Calendar, now: datetime) -> tuple[Holiday, ...]:
    today = calendar.local_day(now)
    days = sorted(day for day in calendar.holidays if today <= day < today + AHEAD)
    names = {day: calendar.holidays[day] for day in days}
    return tuple(Holiday(day, name, calendar.chinese.get(name, name)) for day, name in names.items())
