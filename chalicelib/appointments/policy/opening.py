"""When the doors of a branch are open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.sla.calendars import Calendar, wall

from ..model import Block, Branch, Why
from .measures import cut, shut_because

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Opened:
    """The open stretches of a local day, in UTC; where there are none, why, and what the branch says of it."""

    spans: tuple[Span, ...]
    closed_because: str = ""
    reason: Mapping[str, str] | None = None


def opened(branch: Branch, calendar: Calendar, day: date) -> Opened:
    """Tell when a branch is open on a local day: the last override about it decides, then holidays, then the weekday.

    What measures of continuity close is taken out of that.

    A day that is worked in exchange for a holiday is opened by an override: branches decide that one by one.
    """
    usual = _usually(branch, calendar, day)
    left = cut(branch, usual.spans)
    if left == usual.spans:
        return usual
    why = shut_because(branch, usual.spans)
    return Opened(left, usual.closed_because if left else Why.CLOSURE, why)


def _usually(branch: Branch, calendar: Calendar, day: date) -> Opened:
    for override in reversed(branch.overrides):
        if override.covers(day):
            spans = tuple(span(branch.timezone, day, block) for block in override.blocks)
            return Opened(spans, "" if spans else Why.CLOSURE, override.reason or None)
    if day in calendar.holidays:
        name = calendar.holidays[day]
        return Opened((), Why.HOLIDAY, {"en": name, "zh-CN": calendar.chinese.get(name, name)})
    spans = tuple(span(branch.timezone, day, block) for block in branch.opening.get(day.weekday(), ()))
    return Opened(spans, "" if spans else Why.CLOSED)


def span(timezone: str, day: date, block: Block) -> Span:
    """Give a block of a local day in UTC; one that ends at 00:00 runs to the end of its day."""
    opens, closes = block
    until = day if closes > opens else day + timedelta(days=1)
    return wall(timezone, day, opens), wall(timezone, until, closes)
