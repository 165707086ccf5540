"""Visits at which a document may be looked at."""

from dataclasses import dataclass

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotAllowedNow

from .. import policy
from ..model import Present, Status
from .changing import Changing
from .queueing import Queueing

_STILL = (Status.BOOKED, Status.CHECKED_IN, Status.CALLED, Status.PARKED, Status.SERVING)


@dataclass(frozen=True)
class Attending:
    """Reads only."""

    changing: Changing
    queueing: Queueing

    def visited(self, id_: str, call: Call) -> Present:
        """Give a visit of today at a branch of the caller's; raises NotFound, and NotAllowedNow for any other."""
        found = self.changing.reach(id_, Act.BRANCH_SERVE, call)
        branch = self.queueing.branch(found.branch)
        today = branch.local_day(call.now)
        if found.status not in _STILL or branch.local_day(found.starts_at) != today:
            raise NotAllowedNow(state=found.status, allowed=[])
        services = self.queueing.known(found.services)
        return Present(found.id, found.customer_id, found.unit, found.branch, today, policy.needs_two(services))
