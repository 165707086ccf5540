"""When a unit is open."""

from typing import Annotated

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.errors import NotFound
from chalicelib.web import Out, Query, call
from chalicelib.web.shapes import Moment

from ..model import OpeningHours
from .sessions import api

UnitAsked = Annotated[str | None, Query(max_length=64)]


class BlockOut(Out):
    """A stretch of time in which the doors are open, as instants and as local clocks show it."""

    opens_at: Moment
    closes_at: Moment
    local: str = Field(examples=["09:00-12:00"])


class HolidayOut(Out):
    """A day on which nobody is there, and its name."""

    date: str = Field(examples=["2027-01-01"])
    name: dict[str, str] = Field(examples=[{"en": "New Year's Day", "zh-CN": "元旦"}])


class HoursOut(Out):
    """When a unit is open; days after `published_through` may still change."""

    unit: str = Field(examples=["east"])
    timezone: str = Field(examples=["Asia/Shanghai"])
    date: str = Field(examples=["2026-11-23"])
    day: str = Field(examples=["working"])
    open: bool = Field(examples=[True])
    opens_at: Moment | None
    today: list[BlockOut]
    holidays: list[HolidayOut]
    published_through: str = Field(examples=["2026-12-31"])


@api.get("/v1/opening-hours", None, refusals=(NotFound,))
def opening_hours(unit: UnitAsked = None) -> HoursOut:
    """Tell when a unit is open: today, next, and the holidays of three months; the head office if none is named."""
    return _hours(services().opening.of(unit or "", call().now))


def _hours(hours: OpeningHours) -> HoursOut:
    zone = hours.zone
    return HoursOut(
        unit=hours.unit,
        timezone=hours.timezone,
        date=hours.day.isoformat(),
        day=hours.day_kind,
        open=hours.open,
        opens_at=hours.opens_at,
        today=[
            BlockOut(opens_at=a, closes_at=b, local=f"{a.astimezone(zone):%H:%M}-{b.astimezone(zone):%H:%M}")
            for a, b in hours.blocks
        ],
        holidays=[
            HolidayOut(date=it.day.isoformat(), name={"en": it.name, "zh-CN": it.chinese}) for it in hours.holidays
        ],
        published_through=hours.published_through.isoformat(),
    )
