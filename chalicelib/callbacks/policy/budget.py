"""Whether a person may be called or written to now: what they wish, and how much they had lately, whatever for."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.sla.calendars import DAY, wall
from chalicelib.sla.contact import OF_TEXTS, Counted, Frame, Purpose

from ..model import Barred, Book

_WEEK = timedelta(days=7)


def forbidden(book: Book, frame: Frame, now: datetime) -> Barred | None:
    """Give what they wish not, if it stands against it; what they asked for themselves nothing stands against."""
    rule = frame.rule
    if rule.purpose in (Purpose.SERVICE, Purpose.NEWS):
        return None
    if book.do_not_call and rule.purpose not in OF_TEXTS:
        return Barred("do_not_call", None)
    if book.refused.get(rule.purpose, now) > now:
        return Barred("refused", None)
    if rule.consent and rule.purpose not in book.consents:
        return Barred("no_consent", None)
    return None


def barred(book: Book, frame: Frame, now: datetime, *, chosen: bool = False) -> Barred | None:
    """Give why they are not reached now, if they are not: wishes first, then how often, then the hours."""
    wish = forbidden(book, frame, now)
    if wish is not None:
        return wish
    free = _free_at(book, frame, now)
    if free > now:
        return Barred("budget", frame.next_allowed(free))
    allowed = frame.next_allowed(now, chosen=chosen)
    return Barred("hours", allowed) if allowed > now else None


def _free_at(book: Book, frame: Frame, now: datetime) -> datetime:
    """Give the instant from which on one more is within what the day and the week allow.

    Texts stand against a call on their day, where the rule counts them, but not for a week: two reminders of one visit would
    bar every campaign.
    """
    rule, zone = frame.rule, ZoneInfo(frame.timezone)
    today = now.astimezone(zone).date()
    daily = [one.at for one in book.contacts if one.called or rule.counts is Counted.CONTACTS]
    weekly = [one.at for one in book.contacts if one.called or rule.purpose in OF_TEXTS]
    free = now
    if sum(1 for at in daily if at.astimezone(zone).date() == today) >= rule.per_day:
        free = wall(frame.timezone, today + DAY, datetime.min.time())
    week = sorted(at for at in weekly if at > now - _WEEK)
    if len(week) >= rule.per_week:
        free = max(free, week[-rule.per_week] + _WEEK)
    return free
