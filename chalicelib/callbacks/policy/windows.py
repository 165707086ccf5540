"""Which windows there are, how many calls fit into one, and what is promised to who wants it now."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from chalicelib.sla.calendars import DAY, Calendar
from chalicelib.sla.contact import Frame

from ..model import Window

LENGTH = timedelta(hours=1)
# What an agent calls in an hour who has other things to do half of the time. A call centre that does nothing else says more.
CALLS_PER_AGENT = 2
# A window has to be chosen that long before it begins; who wants it sooner wants it now.
LEAD = timedelta(minutes=15)
HORIZON = 14  # days
# Who is promised a call now is called within two hours, unless everybody goes home before that.
NOW = timedelta(hours=2)
LEAST = timedelta(minutes=15)
ALTERNATIVES = 3


def most(capacities: Iterable[float], each: int) -> int:
    """Give how many calls a window takes: so many for each whole person on duty, by their shares of one."""
    return int(sum(capacities) * each)


def windows(calendar: Calendar, frame: Frame, day: date, now: datetime) -> Iterator[Window]:
    """Give the windows of the unit's local day that a customer may choose now; how much room they have is not looked at."""
    start = calendar.starts(day)
    blocks = calendar.open_between(start, start + DAY) if calendar.opening else iter(((start, start + DAY),))
    for opens, closes in blocks:
        begins = opens
        while begins + LENGTH <= closes:
            window = Window(begins, begins + LENGTH)
            if begins >= now + LEAD and lawful(frame, window):
                yield window
            begins += LENGTH


def lawful(frame: Frame, window: Window) -> bool:
    """Tell whether a customer may be called from the first to the last minute of a window that they chose."""
    last = window.ends_at - timedelta(minutes=1)
    return frame.allows(window.starts_at, chosen=True) and frame.allows(last, chosen=True)


def wanted(calendar: Calendar, frame: Frame, start: datetime, now: datetime) -> Window | None:
    """Give the window that begins at an instant, if it may be chosen now."""
    if start > now + DAY * HORIZON:
        return None
    day = calendar.local_day(start)
    return next((one for one in windows(calendar, frame, day, now) if one.starts_at == start), None)


def at_once(calendar: Calendar, frame: Frame, now: datetime) -> tuple[Window, datetime] | None:
    """Give the time in which somebody who wants it now is called, and the cell it takes room in; None outside hours."""
    if not frame.allows(now, chosen=True) or (calendar.opening and not calendar.is_open(now)):
        return None
    opens = calendar.starts(calendar.local_day(now))
    closes = now + NOW
    if calendar.opening:
        spans = calendar.open_between(opens, now + DAY)
        opens, closes = next((a, b) for a, b in spans if a <= now < b)
    ends = min(closes, now + NOW)
    return None if ends - now < LEAST else (Window(now, ends), opens + (now - opens) // LENGTH * LENGTH)


def next_open(calendar: Calendar, frame: Frame, now: datetime) -> datetime:
    """Give the next instant at which somebody who wants it now can be promised that."""
    at = fitting(frame, calendar, now, chosen=True)
    while at_once(calendar, frame, at) is None:
        at = fitting(frame, calendar, at + LEAST, chosen=True)
    return at


def fitting(frame: Frame, calendar: Calendar, at: datetime, *, chosen: bool = False) -> datetime:
    """Give the first instant from then on at which the customer may be called and the unit is open."""
    while True:
        allowed = frame.next_allowed(at, chosen=chosen)
        there = calendar.next_opening(allowed) if calendar.opening else allowed
        if there == allowed:
            return there
        at = there


def nearest(found: list[Window], start: datetime) -> list[datetime]:
    """Give the starts of windows with room that are nearest to the one that was wanted."""
    free = sorted((one.starts_at for one in found if one.free > 0), key=lambda at: (abs(at - start), at))
    return sorted(free[:ALTERNATIVES])
