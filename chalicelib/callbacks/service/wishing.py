"""What people wish about being called and written to."""

from dataclasses import dataclass, replace

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import chained, end

from .. import events
from ..model import Book, Wishes
from ..ports import Callbacks

TRIES = 4


@dataclass(frozen=True)
class Wishing:
    """Wishes stand in the book of contacts, so that whoever looks whether a call may be made sees both."""

    store: Callbacks

    def wishes(self, call: Call) -> Book:
        """Give what the caller wishes, and what they were called and written to for lately."""
        access.require(call.actor, Act.CALLBACK_WISHES)
        return self.store.book(call.actor.id)

    def keep(self, wishes: Wishes, call: Call) -> Book:
        """Keep what the caller wishes from now on, all of it; what they agree to they refuse no longer."""
        for attempt in range(TRIES):
            before = self.wishes(call)
            call.expect(before.version)
            wanted = before.wishing(wishes)
            if wanted == before and before.version:
                return before
            told = events.WishesKept(
                before.customer, wishes.do_not_call, tuple(sorted(wishes.consents)), tuple(sorted(wishes.refuses))
            )
            records = chained(before.subject, before.link, [told], call)
            after = replace(wanted, version=before.version + 1, link=end(records, before.link))
            try:
                self.store.save_book(after, records, call.stamp(after))
            except Changed:
                if attempt + 1 == TRIES:
                    raise
            else:
                return after
        raise Changed
