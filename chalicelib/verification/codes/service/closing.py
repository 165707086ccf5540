"""What is closed, what the day has cost, and opening again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotAllowedNow, NotFound
from chalicelib.kernel.events import chained, end

from .. import events, policy
from ..model import Closing, Reach
from ..ports import Gates
from .gate import word_key


@dataclass(frozen=True)
class Overview:
    """How codes stand now: where they may go, what is closed, and what the UTC day has cost so far, by dial code."""

    date: str
    reach: Reach
    closed: Sequence[Closing]
    spent: int
    by_dial: Mapping[str, int]
    texts: Mapping[str, int]


@dataclass(frozen=True)
class Closings:
    """For those who answer for what is spent, and for who cannot sign in meanwhile."""

    store: Gates

    def overview(self, call: Call) -> Overview:
        """Tell how codes stand."""
        access.require(call.actor, Act.CODES_READ)
        date = call.now.astimezone(UTC).date().isoformat()
        by_dial, texts = Counter[str](), Counter[str]()
        days = self.store.days(date)
        for day in days:
            by_dial.update(day.by_dial)
            texts.update(day.texts)
        closed = [one for one in self.store.closings() if one.in_force(call.now)]
        return Overview(date, self.store.reach(), closed, sum(day.spent for day in days), by_dial, texts)

    def reopen(self, name: str, call: Call) -> Closing:
        """Let codes go there again; raises NotFound for what never was closed, NotAllowedNow for what is open, Changed.

        A ceiling that is still reached closes it again with the next code.
        """
        access.require(call.actor, Act.CODES_REOPEN)
        found = self.store.closing(name)
        if found is None:
            raise NotFound
        if not found.in_force(call.now):
            raise NotAllowedNow(state="open", allowed=["closed"])
        records = chained(found.id, found.link, [events.CodesReopened(found.id, name)], call)
        opened = policy.linked(policy.until_reopened(found, call.now), end(records, found.link))
        self.store.save(opened, records, call.stamp(opened))
        return opened

    def owes(self, _: str, key: str) -> bool:
        """Tell whether what was told under a key is still so: it was not opened again, nor closed anew."""
        found = self.store.closing(key.partition("/")[0])
        return found is not None and key == word_key(found) and not found.reopened
