"""Branches, services and visits, made of what matters."""

from datetime import UTC, date, datetime, time
from typing import Any

from chalicelib.appointments import policy
from chalicelib.appointments.model import Asked, Branch, Channel, Counts, Day, Place, Service
from chalicelib.sla.calendars import Calendar

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)  # a Sunday morning in Shanghai
MORNING, AFTERNOON = (time(9), time(12)), (time(13), time(17))
WEEK = dict.fromkeys(range(5), (MORNING, AFTERNOON))
CN = Calendar("CN", "1", "Asia/Shanghai", date(2026, 12, 31), holidays={date(2026, 11, 27): "Autumn"})
GB = Calendar("GB", "1", "Europe/London", date(2026, 12, 31))


def make_branch(**what_matters: Any) -> Branch:
    """Make a branch in Shanghai, open on weekdays with a break at noon, with one counter."""
    facts = {
        "id": "bund",
        "unit": "east",
        "name": {"en": "Bund", "zh-CN": "外滩"},
        "timezone": "Asia/Shanghai",
        "calendar": "CN",
        "opening": WEEK,
        "counters": {"desk": 1},
        "services": ("card",),
        "release": 0,
        **what_matters,
    }
    return Branch(**facts)


def make_service(id_: str = "card", **what_matters: Any) -> Service:
    """Make a service of half an hour at the desk."""
    return Service(**{"id": id_, "name": {"en": id_, "zh-CN": id_}, "minutes": 30, "pool": "desk", **what_matters})


def day_of(
    branch: Branch,
    *services: Service,
    day: date = MONDAY,
    now: datetime = NOW,
    channel: Channel = Channel.PUBLIC,
    calendar: Calendar = CN,
    **taken: Counts,
) -> Day:
    """Work a day's slots out; `taken` are cells by local time, as at_0900."""
    asked = Asked(branch, services or (make_service(),), channel)
    cells: dict[Place, Counts] = {("desk", local(branch, day, at)): counts for at, counts in taken.items()}
    return policy.shut(asked, calendar, day, now) or policy.day_of_slots(asked, calendar, day, cells, now)


def local(branch: Branch, day: date, at: str) -> datetime:
    """Read a local time like at_0900 as an instant."""
    clock = time(int(at[-4:-2]), int(at[-2:]))
    return datetime.combine(day, clock, branch.zone).astimezone(UTC)


def starts(found: Day, branch: Branch) -> list[str]:
    """Name when visits may begin, as clocks at the branch show it."""
    return [slot.starts_at.astimezone(branch.zone).strftime("%H:%M") for slot in found.slots]
