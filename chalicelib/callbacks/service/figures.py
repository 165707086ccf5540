"""How promises were kept, by unit and hour."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.paging import Page, Position
from chalicelib.sla.calendars import DAY, wall

from ..model import Row, Status
from ..ports import Callbacks
from .framing import Framing

PAGE = 250
MOST_DAYS = 31
COUNTED = ("promised", "kept", "late", "broken", "unreached", "declined", "cancelled", "open", "tries", "leases_lost")
COLUMNS = ("unit", "hour", *COUNTED, "tries_per_reach", "kept_share")


@dataclass(frozen=True)
class Figures:
    """Counted from what the index has of each callback, so that a month is some pages."""

    store: Callbacks
    framing: Framing

    def of_day(self, unit: str, day: date, limit: int, start: Position | None, call: Call) -> Page[Row]:
        """List what a unit promised for a local day, earliest first, without what is about the asking one."""
        unit = unit or call.actor.unit
        access.require_on(call.actor, Act.CALLBACK_WATCH, unit=unit)
        since, until = self._span(unit, day, day)
        # A local day may lie in two months of UTC; the second one is asked for when the first has nothing more.
        parts = list(_months(since, until))
        if start is None or start["unit_month"].endswith(f"{parts[0][0]:%Y-%m}"):
            page = self.store.of_unit(unit, *parts[0], limit, start)
            if page.next is not None or len(parts) == 1 or len(page.items) == limit:
                return _shown(page, call)
            rest = self.store.of_unit(unit, *parts[1], limit - len(page.items), None)
            return _shown(Page((*page.items, *rest.items), rest.next), call)
        return _shown(self.store.of_unit(unit, *parts[1], limit, start), call)

    def report(self, unit: str, first: date, last: date, call: Call) -> list[dict[str, int | str | float | None]]:
        """Count what a unit promised for some local days, by the hour it was promised for; raises Invalid for too many."""
        unit = unit or call.actor.unit
        access.require_on(call.actor, Act.CALLBACK_REPORT, unit=unit)
        zone = ZoneInfo(self.framing.units.of(unit)[0])
        sums: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
        for row in self.rows(unit, first, last):
            counted = sums[row.starts_at.astimezone(zone).hour]
            for name, by in counts(row).items():
                counted[name] += by
        return [{"unit": unit, "hour": hour, **told, **_rates(told)} for hour, told in sorted(sums.items())]

    def csv(self, rows: Sequence[Mapping[str, object]]) -> str:
        """Write the figures as CSV."""
        return written(rows, COLUMNS)

    def rows(self, unit: str, first: date, last: date) -> Iterator[Row]:
        """Give what a unit promised for some local days; raises Invalid for too many."""
        if not 0 <= (last - first).days < MOST_DAYS:
            raise Invalid.field("to", "too_large" if last >= first else "too_early")
        for since, until in _months(*self._span(unit, first, last)):
            start = None
            while True:
                page = self.store.of_unit(unit, since, until, PAGE, start)
                yield from page.items
                start = page.next
                if start is None:
                    break

    def _span(self, unit: str, first: date, last: date) -> tuple[datetime, datetime]:
        timezone = self.framing.units.of(unit)[0]
        midnight = datetime.min.time()
        return wall(timezone, first, midnight), wall(timezone, last + DAY, midnight) - timedelta(milliseconds=1)


def written(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Write figures by RFC 4180; there is nothing in them that anybody wrote."""
    page = io.StringIO(newline="")
    writing = csv.DictWriter(page, columns, lineterminator="\r\n")
    writing.writeheader()
    writing.writerows(rows)
    return page.getvalue()


def counts(row: Row) -> dict[str, int]:
    """Say what one callback adds to the figures; kept late is both kept and late."""
    ends = {Status.KEPT, Status.BROKEN, Status.UNREACHED, Status.DECLINED, Status.CANCELLED}
    late = row.late or (row.tried_at is not None and row.tried_at > row.ends_at)
    told = {"promised": 1, "tries": row.tries, "leases_lost": row.lost, "late": int(late)}
    return told | {row.status if row.status in ends else "open": 1}


def _rates(told: Mapping[str, int]) -> dict[str, float | None]:
    """Give how many tries one reached customer took, and which share of what is over was kept in time."""
    over = told["kept"] + told["broken"] + told["unreached"]
    return {
        "tries_per_reach": round(told["tries"] / told["kept"], 2) if told["kept"] else None,
        "kept_share": round(told["kept"] / over, 3) if over else None,
    }


def _months(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Cut a time at the beginnings of months, in UTC: the index has one partition for each."""
    while True:
        begins = since.replace(day=1, hour=0, minute=0, second=0, microsecond=0) + 32 * DAY
        following = begins.replace(day=1)
        if until < following:
            yield since, until
            return
        yield since, following - timedelta(milliseconds=1)
        since = following


def _shown(page: Page[Row], call: Call) -> Page[Row]:
    return Page(tuple(_known_to(page.items, call.actor.id)), page.next)


def _known_to(rows: Iterable[Row], who: str) -> Iterator[Row]:
    return (row for row in rows if row.about_staff != who)
