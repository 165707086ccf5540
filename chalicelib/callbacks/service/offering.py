"""Which windows there are, and what room is left in them."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.sla.calendars import DAY
from chalicelib.sla.contact import Frame, Purpose

from .. import policy
from ..model import Callback, NotAWindow, OutsideHours, Window
from ..ports import Callbacks
from .framing import Framing

# How many local days are looked through for windows instead of one that is full.
NEAR = 3


@dataclass(frozen=True)
class Offering:
    """What is offered is worked out when somebody asks; only what is taken stands anywhere."""

    store: Callbacks
    framing: Framing

    def timed(self, drafted: Callback, start: datetime | None, now: datetime) -> Callback:
        """Give a draft the window that begins then, or the time in which somebody is called who wants it now."""
        frame, doors = self.framing.of(drafted, now), self.framing.doors(drafted.unit)
        if start is None:
            found = policy.at_once(doors, frame, now)
            if found is None:
                raise OutsideHours(next_open=text(policy.next_open(doors, frame, now)))
            return placed(drafted, *found)
        window = policy.wanted(doors, frame, start, now)
        if window is None:
            raise NotAWindow(alternatives=self.alternatives(replace(drafted, starts_at=start), now))
        return placed(drafted, window, window.starts_at)

    def alternatives(self, near: Callback, now: datetime) -> list[str]:
        """Give the starts of the windows with room that are nearest to a time."""
        doors, frame = self.framing.doors(near.unit), self.framing.of(near, now)
        day = max(doors.local_day(now), doors.local_day(near.starts_at) - DAY)
        found = self.windows_of(near.unit, frame, day, NEAR, now)
        return [text(at) for at in policy.nearest(found, near.starts_at)]

    def windows(self, unit: str, first: date | None, days: int, timezone: str, call: Call) -> list[Window]:
        """List the windows of a unit (that of the caller if none is named) that may be chosen, with the room they have left."""
        access.require(call.actor, Act.CALLBACK_WINDOWS)
        unit = (unit if call.actor.is_staff else "") or call.actor.unit
        if call.actor.is_staff:
            access.require_on(call.actor, Act.CALLBACK_WINDOWS, unit=unit)
        doors = self.framing.doors(unit)
        frame = self.framing.frame(unit, "", Purpose.SERVICE, timezone or self.framing.units.of(unit)[0], call.now)
        return self.windows_of(unit, frame, first or doors.local_day(call.now), days, call.now)

    def windows_of(self, unit: str, frame: Frame, first: date, days: int, now: datetime) -> list[Window]:
        """List windows of some local days with their room."""
        doors = self.framing.doors(unit)
        last = min(first + DAY * days, doors.local_day(now) + DAY * (policy.HORIZON + 1))
        found = [one for n in range((last - first).days) for one in policy.windows(doors, frame, first + DAY * n, now)]
        if not found:
            return []
        taken = self.store.taken(unit, found[0].starts_at, found[-1].starts_at)
        free = (self.framing.most(unit, one.starts_at) - taken.get(one.starts_at, 0) for one in found)
        return [replace(one, free=max(0, room)) for one, room in zip(found, free, strict=True)]


def placed(drafted: Callback, window: Window, cell: datetime | None, keep: timedelta = policy.KEEP_TRYING) -> Callback:
    """Give a callback at a time; it is tried for so long after that."""
    starts, ends = window.starts_at, window.ends_at
    return replace(drafted, starts_at=starts, ends_at=ends, expires_at=ends + keep, cell=cell)
