"""How callbacks are read for somebody, and changed: read, changed, written under a condition, and tried again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, ConflictOfInterest, NotFound
from chalicelib.kernel.events import Event, Record, chained, end
from chalicelib.kernel.paging import Page, Position

from .. import policy
from ..model import Book, Callback, Row
from ..ports import Callbacks

TRIES = 4


@dataclass(frozen=True)
class Change:
    """A callback as it is to be and what happened to it; `most` a window it moves into bears, and the book of the person."""

    after: Callback
    happened: Sequence[Event]
    most: int = 0
    book: Book | None = None
    more: Sequence[Record] = ()


@dataclass(frozen=True)
class Changing:
    """The one place that writes callbacks that are there."""

    store: Callbacks

    def found(self, id_: str) -> Callback:
        """Read a callback that has to be there; raises NotFound."""
        callback = self.store.get(id_)
        if callback is None:
            raise NotFound
        return callback

    def again(self, found: Callback) -> Callable[[], Callback]:
        """Give what reads a callback that was just read: as it was found, and anew if somebody changed it since."""
        once = [found]

        def read() -> Callback:
            return once.pop() if once else self.found(found.id)

        return read

    def reach(self, id_: str, act: Act, call: Call) -> Callback:
        """Read a callback the caller may do this to; anything else looks absent.

        Raises ConflictOfInterest for whoever the matter is about.
        """
        access.require(call.actor, act)
        callback = self.found(id_)
        access.require_on(call.actor, act, customer=callback.customer_id, unit=callback.unit)
        if call.actor.is_staff and callback.about_staff == call.actor.id:
            raise ConflictOfInterest
        return callback

    def own(self, limit: int, start: Position | None, call: Call) -> Page[Row]:
        """List the caller's callbacks, newest first."""
        access.require(call.actor, Act.CALLBACK_LIST)
        return self.store.of_customer(call.actor.id, limit, start)

    def apply(self, read: Callable[[], Callback], change: Callable[[Callback], Change | None], call: Call) -> Callback:
        """Read, change, and write if nobody wrote in between; else again. No change, no write but the answer's."""
        for attempt in range(TRIES):
            before = read()
            call.expect(before.version)
            wanted = change(before)
            if wanted is None:
                self.store.remember(call.stamp(before))
                return before
            try:
                return self.keep(before, wanted, call)
            except Changed:
                if attempt + 1 == TRIES:
                    raise
        raise Changed

    def keep(self, before: Callback, wanted: Change, call: Call) -> Callback:
        """Write what a change wants, its records after those of before; raises Changed."""
        records = chained(before.id, before.link, wanted.happened, call)
        after = replace(wanted.after, version=before.version + 1, link=end(records, before.link))
        after = policy.scheduled(after)
        stamp = call.stamp(after)
        self.store.save(after, before, records, stamp, most=wanted.most, book=wanted.book, more=wanted.more)
        return after
