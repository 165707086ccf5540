"""What follows from a try: how long is waited, how often each outcome may come, and in which part of the day is tried next."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from chalicelib.sla.calendars import DAY, Calendar, wall
from chalicelib.sla.contact import Frame

from ..model import Callback, Outcome, Status
from .windows import fitting

# All outcomes together: after so many tries it is not the hour that is wrong.
MOST_TRIES = 5
# After the promised time is over it is tried for so long.
KEEP_TRYING = timedelta(days=3)
# Until when the agent has to have dialled or said what came of it.
LEASE = timedelta(minutes=10)
# Local hours at which another part of the day begins.
PARTS = (time(0), time(12), time(17))


@dataclass(frozen=True)
class Rule:
    """What one outcome leads to: another try after `wait`, `most` times, in `another_part` of the day; or an end."""

    wait: timedelta = timedelta(0)
    most: int = 0
    another_part: bool = False
    end: Status | None = None


RULES = {
    Outcome.REACHED: Rule(end=Status.KEPT),
    Outcome.REFUSED: Rule(end=Status.DECLINED),
    # Whoever answers there is a stranger: neither is it tried again, nor is anything written to that number.
    Outcome.WRONG_NUMBER: Rule(end=Status.UNREACHED),
    Outcome.NO_ANSWER: Rule(timedelta(hours=2), most=3, another_part=True),
    Outcome.VOICEMAIL: Rule(timedelta(hours=4), most=2, another_part=True),
    Outcome.BUSY: Rule(timedelta(minutes=15), most=4),
    Outcome.UNKNOWN: Rule(timedelta(minutes=30), most=2),
}


def exhausted(callback: Callback, outcome: Outcome) -> bool:
    """Tell whether an outcome that has just come is the last one that is borne."""
    same = sum(1 for attempt in callback.tries if attempt.outcome is outcome)
    return same >= RULES[outcome].most or len(callback.tries) >= MOST_TRIES


def next_try(callback: Callback, outcome: Outcome, frame: Frame, calendar: Calendar, now: datetime) -> datetime | None:
    """Give when it is tried again, both sides being there; None if that would be after the callback has expired."""
    earliest = now + RULES[outcome].wait
    found = fitting(frame, calendar, earliest)
    if RULES[outcome].another_part:
        tried = {part_of(attempt.claimed_at, callback.timezone) for attempt in callback.tries}
        fresh = (fitting(frame, calendar, at) for at in _parts_from(earliest, callback.timezone))
        found = next((at for at in fresh if part_of(at, callback.timezone) not in tried), found)
    return found if found < callback.expires_at else None


def part_of(at: datetime, timezone: str) -> int:
    """Tell in which part of the customer's day an instant lies: 0 morning, 1 afternoon, 2 evening."""
    local = at.astimezone(ZoneInfo(timezone)).time()
    return sum(1 for part in PARTS if local >= part) - 1


def _parts_from(earliest: datetime, timezone: str) -> list[datetime]:
    """Give the instant itself and the beginnings of the parts of the day that follow, over two days."""
    today = earliest.astimezone(ZoneInfo(timezone)).date()
    begins = (wall(timezone, today + DAY * day, part) for day in range(3) for part in PARTS)
    return [earliest, *(at for at in begins if at > earliest)]
