"""What is free on one day, for everybody who waits for it."""

from datetime import date, datetime

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound

from .. import policy
from ..model import Asked, Branch, Channel, NotBookable, Slot, Waiting
from .finding import Finding


class Looking:
    """One look at a local day of a branch; who waits for the same through the same channel is looked for once."""

    def __init__(self, finding: Finding, branch: Branch, day: date, call: Call) -> None:
        self.call = call
        self._finding, self._branch, self._day = finding, branch, day
        self._known: dict[tuple[tuple[str, ...], Channel], tuple[Slot, ...]] = {}

    def asked(self, waiting: Waiting) -> Asked:
        """Find what somebody waits for; raises NotFound and NotBookable where it cannot be had any more."""
        return self._finding.asked(self._branch.id, waiting.wish.services, waiting.channel)

    def suiting(self, waiting: Waiting) -> tuple[Slot, datetime] | None:
        """Give the first free time that suits somebody, and until when it can be offered to them."""
        kind = waiting.wish.services, waiting.channel
        if kind not in self._known:
            self._known[kind] = self._slots(waiting)
        return policy.suiting(waiting, self._known[kind], self._branch, self.call.now)

    def forget(self) -> None:
        """Read anew what is free: somebody has taken of it."""
        self._known.clear()

    def _slots(self, waiting: Waiting) -> tuple[Slot, ...]:
        try:
            return self._finding.day(self.asked(waiting), self._day, self.call.now).slots
        except (NotFound, NotBookable):
            return ()
