"""How things stand, for those who run the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text

from .. import policy
from ..ports import Deliveries, DueIndex, Heartbeat, Outlet


@dataclass(frozen=True)
class Standing:
    """Looks and changes nothing; `queues` says, by the prefix of its id, which queue works a due thing off."""

    due: DueIndex
    heartbeat: Heartbeat
    outlet: Outlet
    deliveries: Deliveries
    queues: Mapping[str, str]

    def standing(self, call: Call) -> dict[str, Any]:
        """Tell of the last sweep, the oldest things due, the queues, and the texts of the last day.

        `oldest_unescalated` is the oldest due ticket: a clock that ran out, or came to a level, and nobody was told yet.
        """
        access.require(call.actor, Act.OPERATIONS_READ)
        last = self.heartbeat.last()
        oldest = {thing.id.partition("_")[0]: text(thing.due_at) for thing in self._oldest(call.now)}
        sms = self.deliveries.since(call.now - policy.SHARE_OF, call.now)
        return {
            "last_sweep": text(last) if last else None,
            "sweep_lag_seconds": int((call.now - last).total_seconds()) if last else None,
            "sweep_silent": last is None or call.now - last > policy.SILENCE,
            "oldest_due": min(oldest.values(), default=None),
            "oldest_unescalated": oldest.get(policy.ESCALATES),
            "queues": {queue: self.outlet.depth(queue) for queue in sorted(set(self.queues.values()))},
            "sms": {name: sms.get(name, 0) for name in policy.COUNTED},
            "sms_delivered_share": policy.share(sms.get("delivered", 0), sms.get("sent", 0)),
        }

    def _oldest(self, now: datetime) -> list[Any]:
        """Give what is due, the oldest of a kind last, so that it stays when they are named by kind."""
        return sorted(self.due.oldest(now), key=lambda thing: thing.due_at, reverse=True)
