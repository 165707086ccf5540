"""Looking at a branch's day: the queue and its order, somebody's place, what was measured."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Invalid, NotFound

from .. import policy
from ..model import Appointment, Branch, Compared, Entry, Figure, Hall, Reason, Service, Status, Turn, Wait
from ..ports import Catalogue, Days

# As many days as figures are asked for at once.
MOST_DAYS = 92


@dataclass(frozen=True)
class Queueing:
    """Reads only: one query for a day. What is shown may be a moment old; who acts on it writes under a condition."""

    days: Days
    catalogue: Catalogue

    def branch(self, id_: str) -> Branch:
        """Find a branch; raises NotFound."""
        found = self.catalogue.branches().get(id_)
        if found is None:
            raise NotFound
        return found

    def hall(self, branch: Branch, now: datetime) -> Hall:
        """Give everybody of a branch's day."""
        return policy.hall(branch, self.days.entries(branch.id, branch.local_day(now)), now)

    def queue(self, branch_id: str, call: Call) -> Hall:
        """Give everybody of a branch's day to whoever works there, or looks after it."""
        return self.hall(self._watched(branch_id, call), call.now)

    def why(self, branch_id: str, first: str, second: str, call: Call) -> Compared:
        """Tell which of two who wait is called first, by id, number or short number; raises NotFound for who does not."""
        waiting = self.hall(self._watched(branch_id, call), call.now).waiting
        named = {name: it for it in waiting for name in (it.entry.id, it.entry.number, it.turn.ticket)}
        if first not in named or second not in named or named[first] is named[second]:
            raise NotFound
        return policy.compared(named[first], named[second])

    def figures(self, branch_id: str, first: date | None, last: date | None, call: Call) -> Mapping[str, Figure]:
        """Give what was measured by service on some local days, today if none is named; raises Invalid for too many."""
        branch = self._watched(branch_id, call)
        last = last or branch.local_day(call.now)
        first = first or last
        if not 0 <= (last - first).days < MOST_DAYS:
            raise Invalid.field("from", "invalid")
        sums: dict[str, Figure] = {}
        for line in self.days.figures(branch.id, first, last):
            sums[line.service] = sums.get(line.service, Figure()).plus(line.figure)
        return sums

    def standing(self, appointment: Appointment, now: datetime) -> Wait | None:
        """Tell somebody's place and range as they are now; None for who does not wait."""
        branch = self.catalogue.branches().get(appointment.branch)
        if appointment.status != Status.CHECKED_IN or appointment.turn is None or branch is None:
            return None
        return self.wait(appointment.entry, appointment.turn, self.hall(branch, now))

    def wait(self, entry: Entry, turn: Turn, hall: Hall) -> Wait:
        """Tell the place and range of somebody in a hall."""
        paces = policy.Paces(self.catalogue.services(), self.days.measured(hall.branch.id))
        return policy.wait_of(entry, turn, hall, paces)

    def reasons(self, turn: Turn) -> Sequence[Reason]:
        """Say why somebody counts since when they do."""
        return policy.reasons(turn)

    def lacks_document(self, appointment: Appointment) -> bool:
        """Tell whether a document has to be seen before somebody is served."""
        return policy.lacks_document(appointment, self.known(appointment.services))

    def stale_after(self, as_of: datetime) -> datetime:
        """Tell when a display that shows this has to say that it is old."""
        return as_of + policy.STALE

    def known(self, ids: Iterable[str]) -> Sequence[Service]:
        """Give services by their ids; what is not in the catalogue any more is left out."""
        services = self.catalogue.services()
        return [services[id_] for id_ in ids if id_ in services]

    def pool(self, ids: Iterable[str]) -> str:
        """Name the pool that somebody is for: that of their first service."""
        return next((service.pool for service in self.known(ids)), "")

    def _watched(self, branch_id: str, call: Call) -> Branch:
        access.require(call.actor, Act.BRANCH_WATCH)
        branch = self.branch(branch_id)
        access.require_on(call.actor, Act.BRANCH_WATCH, unit=branch.unit)
        return branch
