"""The next call for an agent: theirs alone for some minutes, and back in its place if nothing comes of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.paging import Position

from .. import events, policy
from ..model import Callback, Colleague, HasOne, NothingToCall, Row, Status
from ..ports import Callbacks
from .barring import Barring, contact
from .changing import Change, Changing
from .trying import Trying

PAGE = 25
PAGES = 4
# So often somebody else may be quicker before it is said that there is nothing.
RIVALS = 8


@dataclass(frozen=True)
class Leasing:
    """Whoever is first in line and suited is given; two agents never have the same one, and nobody has two."""

    changing: Changing
    barring: Barring
    trying: Trying

    @property
    def store(self) -> Callbacks:
        return self.changing.store

    def next(self, unit: str, call: Call) -> Callback:
        """Give the next call to the asking agent, or the one that they have in hand; raises NothingToCall.

        Within ten minutes of becoming callable it is kept for its own agent, and for who knows the matter.
        """
        unit = unit or call.actor.unit
        access.require_on(call.actor, Act.CALLBACK_WORK, unit=unit)
        duty = self.barring.framing.on_duty(unit, call.now)
        # Who looks after the units above may help out; they speak and know what they do at home.
        me = duty.get(call.actor.id) or self.barring.framing.on_duty(call.actor.unit, call.now).get(call.actor.id)
        if me is None:
            raise NothingToCall
        for row in islice(self._suited(unit, me, duty, call), RIVALS):
            try:
                leased = self._lease(row.id, call)
            except HasOne as known:
                return self._in_hand(known.callback, unit, call)
            if leased is not None:
                return leased
        held = self.store.hand(call.actor.id)
        if not held:
            raise NothingToCall
        return self._in_hand(held, unit, call)

    def release(self, id_: str, call: Call) -> Callback:
        """Put a call back into its place, untried; raises NotLeased, and NotAllowedNow once it may have rung."""
        access.require(call.actor, Act.CALLBACK_WORK)
        return self.changing.apply(
            lambda: self.trying.in_hand(id_, call), lambda it: self.trying.returned(it, "released", call), call
        )

    def line(self, unit: str, limit: int, start: Position | None, call: Call) -> tuple[Sequence[Row], Position | None]:
        """List who is called next by a unit; those who the asking one must not know of are left out."""
        unit = unit or call.actor.unit
        access.require_on(call.actor, Act.CALLBACK_WATCH, unit=unit)
        page = self.store.line(unit, limit, start)
        return [row for row in page.items if row.about_staff != call.actor.id], page.next

    def because(self, row: Row, now: datetime) -> Sequence[tuple[str, int]]:
        """Explain a place in the line: minutes waited, and minutes added."""
        return policy.because(row, now)

    def _suited(self, unit: str, me: Colleague, duty: Mapping[str, Colleague], call: Call) -> Iterator[Row]:
        start = None
        for _ in range(PAGES):
            page = self.store.line(unit, PAGE, start)
            yield from policy.suited(page.items, me, duty, call.now)
            start = page.next
            if start is None:
                return

    def _lease(self, id_: str, call: Call) -> Callback | None:
        """Take a call in hand; None if somebody was quicker, or the person must not be called just now."""
        before = self.store.get(id_)
        if before is None or before.status is not Status.READY:
            return None
        book = self.store.book(before.customer_id)
        try:
            barred = self.barring.put_off(before, book, call)
            if barred is not None:
                self.changing.keep(before, barred, replace(call, once=None))
                return None
            until = call.now + policy.LEASE
            after = before.moved(Status.LEASED, call.now)
            after = replace(after, leased_by=call.actor.id, lease_until=until)
            told = events.CallbackLeased(before.id, call.actor.id, until)
            return self.changing.keep(before, Change(after, [told], book=book.taken(contact(before, call))), call)
        except Changed:
            return None

    def _in_hand(self, id_: str, unit: str, call: Call) -> Callback:
        """Give what the agent has already; what they have lost meanwhile goes back first."""
        found = self.store.get(id_)
        if found is None:
            raise NotFound
        if found.lease_until is not None and found.lease_until <= call.now:
            self.trying.lapse(id_, replace(call, once=None))
            return self.next(unit, call)
        self.store.remember(call.stamp(found))
        return found
