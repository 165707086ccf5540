"""Where bookings that cannot take place as agreed would go, as things stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from .. import policy
from ..model import Appointment, Asked, Channel, Counts, Day, How, Place, Proposed, Visit
from .rehousing import Rehousing


@dataclass
class Proposing:
    """Goes through bookings as the plan will, and writes nothing: each takes what is free from the ones after it."""

    rehousing: Rehousing
    now: datetime
    _cells: dict[tuple[str, date], dict[Place, Counts]] = field(default_factory=dict)

    def proposed(self, bookings: Sequence[Appointment]) -> tuple[Proposed, ...]:
        """Say for each booking, in their order, how it would go on, and where and when if it would be moved."""
        return tuple(map(self._proposed, bookings))

    def _proposed(self, booking: Appointment) -> Proposed:
        asked = {each.branch.id: each for each in self.rehousing.places(booking)}
        free = [(each.branch, self._day(each, booking).slots) for each in asked.values()]
        found = next(iter(policy.near_times(free, booking.starts_at)), None)
        if booking.visit is not None:
            self._count(booking.branch, booking.visit, booking.channel, -1)
        if found is None:
            return Proposed(booking, self.rehousing.otherwise(booking))
        branch, start = found
        visit = self.rehousing.changing.holding.visit(asked[branch.id], start, self.now)
        self._count(branch.id, visit, booking.channel, 1)
        return Proposed(booking, How.MOVED, branch.id, start)

    def _day(self, asked: Asked, booking: Appointment) -> Day:
        finding, day = self.rehousing.changing.holding.finding, asked.branch.local_day(booking.starts_at)
        calendar = finding.packs.calendar(asked.branch.calendar)
        shut = policy.shut(asked, calendar, day, self.now)
        return shut or policy.day_of_slots(asked, calendar, day, self._known(asked.branch.id, day), self.now)

    def _known(self, branch: str, day: date) -> dict[Place, Counts]:
        if (branch, day) not in self._cells:
            self._cells[branch, day] = dict(self.rehousing.changing.store.cells(branch, day))
        return self._cells[branch, day]

    def _count(self, branch: str, visit: Visit, channel: Channel, by: int) -> None:
        known = self.rehousing.changing.holding.finding.catalogue.branches().get(branch)
        cells = self._known(branch, known.local_day(visit.starts_at)) if known else {}
        for place in visit.cells():
            cells[place] = cells.get(place, Counts()).plus(channel, by)
