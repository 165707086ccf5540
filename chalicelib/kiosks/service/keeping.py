"""How kiosks are changed: read, changed, written under a condition with what belongs to it, and tried again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Event, Record, chained, end

from .. import policy
from ..model import Kiosk, Open, State
from ..ports import Kiosks, Sessions

TRIES = 3


@dataclass(frozen=True)
class Change:
    """A kiosk as it is to be, what happened, what others want written with it, and what is told to the caller."""

    kiosk: Kiosk
    happened: Sequence[Event] = ()
    beside: Sequence[Any] = ()
    more: Sequence[Record] = ()
    told: Any = None


@dataclass(frozen=True)
class Keeping:
    """The one place that writes kiosks."""

    store: Kiosks
    sessions: Sessions

    def found(self, id_: str) -> Kiosk:
        """Give a kiosk; raises NotFound."""
        kiosk = self.store.get(id_)
        if kiosk is None:
            raise NotFound
        return kiosk

    def branch_of(self, device: str) -> str:
        """Tell in which branch a device stands; empty for one that is not there, or may do nothing."""
        kiosk = self.store.get(device)
        return kiosk.branch if kiosk is not None and kiosk.state is State.ACTIVE else ""

    def change(self, id_: str, call: Call, change: Callable[[Kiosk], Change]) -> Any:
        """Change a kiosk, again if somebody else was quicker; give what is told, the kiosk if nothing else is.

        Raises NotFound, Outdated, Changed, and what `change` raises.
        """
        for _ in range(TRIES):
            before = self.found(id_)
            call.expect(before.version)
            try:
                return self.keep(before, change(before), call)
            except Changed as overtaken:
                last = overtaken
        raise last

    def keep(self, before: Kiosk, wanted: Change, call: Call) -> Any:
        """Write what a change wants, its records after those of before; what changes nothing is not written."""
        records = chained(before.id, before.link, wanted.happened, call)
        after = policy.scheduled(replace(wanted.kiosk, link=end(records, before.link)))
        if after == before and before.version and not wanted.beside and call.once is None:
            return wanted.told or before
        shown = replace(after, version=before.version + 1)
        told = shown if wanted.told is None else wanted.told
        self.store.save(after, records, call.stamp(told), *wanted.beside, more=wanted.more)
        return told

    def ending(self, ended: Sequence[Open]) -> Sequence[Any]:
        """Give what ends sessions on the next request."""
        return self.sessions.ending({one.mark: one.until for one in ended})


def named(ended: Sequence[Open]) -> tuple[str, ...]:
    """Name sessions for a record."""
    return tuple(one.id for one in ended)
