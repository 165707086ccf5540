"""What a branch, or all branches of a unit, do differently for a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from chalicelib.kernel.events import Link


@dataclass(frozen=True)
class Measure:
    """A switch with dates: closed, or fewer people at once, longer buffers, no walk-ins, a declaration of health.

    One `target`, `branch#…` or `unit#…`, has one for ever, under the same id; `unit` is whose it is, and `units` are those it
    reaches, as they were when it was set. `cap` is how many visits may be under way at once, at all counters together;
    `buffer` is in minutes. Without `until` it lasts until it is ended. `due_at` is when the bookings it affects are to be
    looked for, those from `first` to `last`: what it demanded before it was changed or ended counts too.
    """

    id: str
    target: str
    unit: str
    since: datetime
    units: tuple[str, ...] = ()
    until: datetime | None = None
    cap: int | None = None
    buffer: int = 0
    appointment_only: bool = False
    health: bool = False
    closed: bool = False
    reason: Mapping[str, str] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None
    due_at: datetime | None = None
    version: int = 1
    chain: Link = Link()

    def covers(self, branch: str, unit: str) -> bool:
        """Tell whether it is about that branch."""
        return self.target == f"branch#{branch}" or unit in self.units

    def holds(self, at: datetime) -> bool:
        """Tell whether it is in force at an instant."""
        return self.since <= at and (self.until is None or at < self.until)

    def looking(self, before: "Measure | None", now: datetime) -> "Measure":
        """Give it due, for every instant at which it or what was there before it is in force."""
        spans = [(self.since, self.until)]
        if before is not None:
            spans.append((before.since, before.until))
            if before.due_at is not None:
                spans.append((before.first or before.since, before.last))
        ends = [until for _, until in spans]
        last = None if None in ends else max(end for end in ends if end is not None)
        return replace(self, first=min(since for since, _ in spans), last=last, due_at=now)

    def told(self) -> dict[str, Any]:
        """Give what it demands, as its records tell it; what is not demanded is left out."""
        names = ("since", "until", "cap", "buffer", "appointment_only", "health", "closed", "reason")
        return {name: value for name in names if (value := getattr(self, name))}
