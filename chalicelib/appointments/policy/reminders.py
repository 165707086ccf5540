"""When customers are reminded of a visit, and when they are left in peace."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from chalicelib.kernel.notices import Notice, ask_again_at
from chalicelib.sla.calendars import wall

from ..model import Appointment, Status

# How long before the start. Nobody reads anything new in the second one: it is for who has forgotten.
BEFORE = {"day": timedelta(hours=24), "hours": timedelta(hours=2)}
# By the clocks at the branch; what would fall outside goes out at EVENING before.
WAKING = (time(8), time(21))
EVENING = time(20)
# Who has just been told of the visit need not be reminded of it.
JUST_TOLD = timedelta(hours=1)
_KEY = "reminder/"


def reminders(appointment: Appointment, now: datetime) -> tuple[Notice, ...]:
    """Give the reminders of a visit that are still to come; each link given out for it has reminders of its own."""
    planned = {name: _awake(appointment.timezone, appointment.starts_at - before) for name, before in BEFORE.items()}
    return tuple(
        Notice(f"{_KEY}{name}/{appointment.generation}", "appointment_reminder", "customer", at, tries=0)
        for name, at in planned.items()
        if at >= now + JUST_TOLD
    )


def stale(appointment: Appointment, now: datetime) -> tuple[str, ...]:
    """Name the reminders that are due and of no use: somebody came, the visit has begun, or a later one is due too."""
    due = sorted((it for it in _reminders(appointment) if ask_again_at(it) <= now), key=lambda it: it.asked_at)
    if appointment.status is not Status.BOOKED or now >= appointment.starts_at:
        return tuple(notice.key for notice in due)
    return tuple(notice.key for notice in due[:-1])


def _reminders(appointment: Appointment) -> Sequence[Notice]:
    return [notice for notice in appointment.notices if notice.key.startswith(_KEY)]


def _awake(timezone: str, at: datetime) -> datetime:
    """Give the instant itself, or the evening before it if it is night then."""
    local = at.astimezone(ZoneInfo(timezone))
    wakes, sleeps = WAKING
    if wakes <= local.time() < sleeps:
        return at
    day = local.date() if local.time() >= sleeps else local.date() - timedelta(days=1)
    return wall(timezone, day, EVENING)


def morning(timezone: str, at: datetime) -> datetime:
    """Give the instant itself, or the morning after it if it is night then."""
    local = at.astimezone(ZoneInfo(timezone))
    wakes, sleeps = WAKING
    if wakes <= local.time() < sleeps:
        return at
    return wall(timezone, local.date() + timedelta(days=local.time() >= sleeps), wakes)
