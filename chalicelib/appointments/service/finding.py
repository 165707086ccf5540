"""What can be had where and when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.tokens import Keys
from chalicelib.sla.packs import Packs

from .. import policy
from ..model import Asked, Branch, Channel, Day, Found, NotBookable, Service, TooManySearches, channel_of
from ..ports import Appointments, Catalogue, Rates

# How far the next free time is looked for, beyond the days that were asked for.
LOOK_AHEAD = 14
ALTERNATIVES = 3
# Of the days around, to fill up the alternatives where the day itself has too few.
DAYS_AROUND = 3


@dataclass(frozen=True)
class Finding:
    """Reads only. The catalogue is that of at most a minute ago, cells are as they are now: one query for each open day."""

    store: Appointments
    catalogue: Catalogue
    packs: Packs
    keys: Keys
    rates: Rates | None = None

    def services(self) -> list[Service]:
        """List all services."""
        return sorted(self.catalogue.services().values(), key=lambda service: service.id)

    def branches(self, service: str, near: tuple[float, float] | None) -> list[Branch]:
        """List the branches where a service can be had, or all; the nearest to latitude and longitude first."""
        known = self.catalogue.services()
        if service and service not in known:
            raise NotFound
        found = [branch for branch in self.catalogue.branches().values() if branch.active]
        if service:
            found = [branch for branch in found if branch.offers(known[service])]
        return sorted(found, key=lambda branch: (policy.distance(branch, near), branch.id))

    def slots(self, branch_id: str, services: Sequence[str], since: date | None, days: int, call: Call) -> Found:
        """Give the free slots of some days for everybody; each empty day says why it is empty.

        Raises TooManySearches where as many were asked for from one network within the minute; it is known by its digest.
        """
        asked = self.asked(branch_id, services, Channel.PUBLIC)
        if call.address:
            name = f"searched#{self.keys.digest('limit', 'address', call.address)}"
            left = self.store.searched(name, policy.SEARCHES, call.now)
            if left:
                raise TooManySearches(retry_after=left)
        return self._found(asked, since, days, call.now)

    def desk_slots(self, branch_id: str, services: Sequence[str], since: date | None, days: int, call: Call) -> Found:
        """Give the free slots as who asks may give them away."""
        asked = self.asked(branch_id, services, channel_of(call.actor))
        access.require_on(call.actor, Act.APPOINTMENT_LOG, unit=asked.branch.unit)
        return self._found(asked, since, days, call.now)

    def asked(self, branch_id: str, services: Sequence[str], channel: Channel) -> Asked:
        """Find a branch and services by their ids; raises NotFound, and NotBookable where one cannot be had there."""
        branch = self.catalogue.branches().get(branch_id)
        known = self.catalogue.services()
        if branch is None or not branch.active or any(id_ not in known for id_ in services):
            raise NotFound
        found = tuple(self._overbooked(branch, known[id_]) for id_ in services)
        if not found or not all(branch.offers(service) for service in found):
            raise NotBookable
        return Asked(branch, found, channel)

    def day(self, asked: Asked, day: date, now: datetime) -> Day:
        """Give one day; its cells are read only where anything can be free."""
        calendar = self.packs.calendar(asked.branch.calendar)
        shut = policy.shut(asked, calendar, day, now)
        if shut is not None:
            return shut
        return policy.day_of_slots(asked, calendar, day, self.store.cells(asked.branch.id, day), now)

    def alternatives(self, asked: Asked, wanted: datetime, now: datetime) -> list[str]:
        """Tell the nearest starts that are free: of that day, then of the days after it."""
        day = asked.branch.local_day(wanted)
        slots = list(self.day(asked, day, now).slots)
        for later in range(1, DAYS_AROUND + 1):
            if len(slots) >= ALTERNATIVES:
                break
            slots += self.day(asked, day + timedelta(days=later), now).slots
        return [text(at) for at in policy.nearest(slots, wanted, ALTERNATIVES)]

    def _overbooked(self, branch: Branch, service: Service) -> Service:
        """Give a service that may be overbooked by as many as do not come; what it allows is the most."""
        if not service.overbooking or self.rates is None:
            return replace(service, overbooking=0)
        measured = self.rates.measured(branch.id).get(service.id)
        return replace(service, overbooking=policy.overbooking(service.overbooking, measured))

    def _found(self, asked: Asked, since: date | None, days: int, now: datetime) -> Found:
        today = asked.branch.local_day(now)
        first = max(since or today, today)
        wanted = [self.day(asked, first + timedelta(days=number), now) for number in range(days)]
        beyond = (self.day(asked, first + timedelta(days=days + number), now) for number in range(LOOK_AHEAD))
        free = (slot.starts_at for day in chain(wanted, beyond) for slot in day.slots)
        return Found(asked, tuple(wanted), next(free, None))
