"""What the devices in a hall show and print: numbers only."""

from dataclasses import dataclass
from datetime import date

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound

from .. import policy
from ..model import Branch, Hall, Printout
from ..ports import Devices
from .queueing import Queueing


@dataclass(frozen=True)
class Showing:
    """A device sees the one branch it stands in; whoever looks after a branch sees what its devices do."""

    queueing: Queueing
    devices: Devices

    def display(self, branch_id: str, call: Call) -> Hall:
        """Give everybody of a branch's day, of whom the display shows short numbers only."""
        return self.queueing.hall(self._seen(branch_id, Act.HALL_SHOW, call), call.now)

    def tickets(self, branch_id: str, day: date | None, after: int | None, call: Call) -> Printout:
        """Give the short numbers that were given out on a branch's local day after the one that was printed last.

        `day` is the one `after` is of: numbers begin anew each day. Without `after` nothing is given but where to begin. Some
        that were given before come again, since what is read may be a moment old.
        """
        branch = self._seen(branch_id, Act.HALL_PRINT, call)
        today = branch.local_day(call.now)
        entries = self.queueing.days.entries(branch.id, today)
        begun = after if day in (None, today) else 0
        return policy.printout(branch, today, call.now, entries, begun)

    def _seen(self, branch_id: str, act: Act, call: Call) -> Branch:
        access.require(call.actor, act)
        branch = self.queueing.branch(branch_id)
        if not call.actor.device:
            access.require_on(call.actor, act, unit=branch.unit)
        elif branch.unit != call.actor.unit or self.devices.branch_of(call.actor.device) != branch.id:
            raise NotFound
        return branch
