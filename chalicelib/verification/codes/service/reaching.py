"""Where the institution sends codes, and for how much."""

from dataclasses import dataclass, replace

from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import chained, end

from .. import events
from ..model import REACH_CHAIN, Reach
from ..ports import Gates


@dataclass(frozen=True)
class Reaching:
    """Told by the institution's file; telling the same again writes nothing."""

    store: Gates

    def set(self, reach: Reach, call: Call) -> bool:
        """Open what is in it and close everything else; tell whether there was anything to write. Raises Changed."""
        before = self.store.reach()
        if replace(reach, link=before.link) == before:
            return False
        told = events.ReachSet(tuple(sorted(reach.destinations)), reach.currency, reach.daily_spend)
        records = chained(REACH_CHAIN, before.link, [told], call)
        self.store.set_reach(replace(reach, link=end(records, before.link)), before, records)
        return True
