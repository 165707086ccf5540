"""When somebody is there again."""

from datetime import datetime

from .calendars import Calendar


def opens_at(calendar: Calendar, now: datetime) -> datetime | None:
    """Give the next opening; None while the doors are open, and for a calendar that has no opening hours."""
    if not calendar.opening or calendar.is_open(now):
        return None
    return calendar.next_opening(now)


def told(calendar: Calendar, at: datetime) -> str:
    """Write an instant for people, in the calendar's own time, so that it reads the same in every language."""
    return at.astimezone(calendar.zone).strftime("%Y-%m-%d %H:%M")
