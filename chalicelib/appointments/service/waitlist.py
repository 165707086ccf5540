"""Waiting for a time to come free: joining, leaving, and who waits before whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Event, Link, Record, chained, end
from chalicelib.kernel.paging import Page, Position
from chalicelib.kernel.tokens import Keys

from .. import events, policy
from ..model import (
    Asked,
    Branch,
    Channel,
    Counts,
    Hold,
    HoldSpent,
    News,
    NotBookable,
    Ranked,
    Stage,
    Waiting,
    Wish,
    channel_of,
)
from ..ports import Chains, Customers, Waitlist
from .changing import CUSTOMER, LINK, STAFF, TRIES
from .finding import Finding
from .holding import freed

# How an offer was not taken.
DECLINED, LAPSED, WITHDRAWN = "declined", "lapsed", "withdrawn"
_NEWS = {LAPSED: News.LAPSED, WITHDRAWN: News.WITHDRAWN}
PURPOSE = "waiting"


@dataclass(frozen=True)
class Waitlisting:
    """An entry is for some days at one branch; what it waits for, `Offering` finds and offers."""

    store: Waitlist
    finding: Finding
    customers: Customers
    keys: Keys
    chains: Chains

    def join(self, wish: Wish, call: Call) -> Waiting:
        """Wait for a time, as a customer.

        Raises NotFound, NotBookable, Invalid for days nobody can wait for, AlreadyWaiting and TooManyWaiting.
        """
        access.require(call.actor, Act.APPOINTMENT_BOOK)
        return self._join(self._asked(wish, call), wish, call.actor.id, call)

    def join_for(self, who: tuple[str, str], wish: Wish, call: Call) -> Waiting:
        """Let a customer wait, by id or phone number, as staff; raises PhoneInvalid too."""
        asked = self._asked(wish, call)
        access.require_on(call.actor, Act.APPOINTMENT_LOG, unit=asked.branch.unit)
        customer, phone = who
        known = self.customers.known(customer) if customer else ""
        known = known or (self.customers.by_phone(phone, call) if phone else "")
        if not known:
            raise NotFound
        return self._join(asked, wish, known, call)

    def own(self, limit: int, start: Position | None, call: Call) -> Page[Waiting]:
        """List what the caller waits for, and waited for, newest first."""
        access.require(call.actor, Act.APPOINTMENT_LIST)
        return self.store.of_customer(call.actor.id, limit, start)

    def of_day(self, branch_id: str, day: date | None, call: Call) -> tuple[date, Sequence[Ranked]]:
        """List who waits for a local day of a branch, today's if none is named, in their order and with its reasons."""
        access.require(call.actor, Act.BRANCH_WATCH)
        branch = self.finding.catalogue.branches().get(branch_id)
        if branch is None:
            raise NotFound
        access.require_on(call.actor, Act.BRANCH_WATCH, unit=branch.unit)
        day = day or branch.local_day(call.now)
        return day, list(policy.ranked(self.store.of_day(branch_id, day)))

    def history(self, id_: str, call: Call) -> Iterator[Record]:
        """Give the records of an entry in order: what it was offered, and who was ahead and why it was not theirs."""
        access.require(call.actor, Act.BRANCH_WATCH)
        access.require_on(call.actor, Act.BRANCH_WATCH, unit=self.found(id_).unit)
        return iter(self.chains.chain(id_))

    def by_link(self, token: str) -> Waiting:
        """Give the entry a link was made for."""
        return self.found(self.keys.opened(PURPOSE, token) or "")

    def found(self, id_: str) -> Waiting:
        """Read an entry that has to be there; raises NotFound."""
        found = self.store.get(id_) if id_ else None
        if found is None:
            raise NotFound
        return found

    def stands(self, hold: Hold, call: Call) -> bool:
        """Tell whether the branch still receives somebody then: it may have closed since, or receive fewer people at once."""
        try:
            asked = self.finding.asked(hold.branch, hold.services, Channel.INTERNAL)
        except (NotBookable, NotFound):
            return False
        calendar = self.finding.packs.calendar(asked.branch.calendar)
        if policy.visit_wanted(asked, calendar, hold.visit.starts_at, call.now)[0] is None:
            return False
        return all(measure.cap is None for measure in asked.branch.measures) or self._below_the_cap(hold, asked.branch)

    def _below_the_cap(self, hold: Hold, branch: Branch) -> bool:
        cells, nobody = self.finding.store.cells(branch.id, branch.local_day(hold.visit.starts_at)), Counts()
        return all(cells.get(place, nobody).taken <= policy.capped(branch, place) for place in hold.visit.cells())

    def leave(self, id_: str, call: Call) -> Waiting:
        """Wait no longer, as the customer, or as staff for them; what is held is given back. Raises NotAllowedNow."""
        access.require(call.actor, Act.APPOINTMENT_CHANGE)
        before = self.found(id_)
        access.require_on(call.actor, Act.APPOINTMENT_CHANGE, customer=before.customer_id, unit=before.unit)
        return self._leave(before, STAFF if call.actor.is_staff else CUSTOMER, call)

    def leave_by_link(self, token: str, call: Call) -> Waiting:
        """Wait no longer, as whoever holds the link."""
        return self._leave(self.by_link(token), LINK, call)

    def not_taken(self, before: Waiting, hold: Hold, how: str, call: Call) -> Waiting:
        """Take back what was offered: it goes to the next, since a hold that is freed is heard of."""
        start, after = hold.visit.starts_at, before.moved(Stage.WAITING)
        if how != WITHDRAWN:
            after = policy.after_refusal(before, start)
        # Who declines knows it.
        news = News.REFUSED if after.stage is Stage.REFUSED else _NEWS.get(how)
        words = [policy.waiting_word(after, news, call.now)] if news else []
        told = events.WaitlistNotTaken(before.id, hold.id, start, how, after.stage.value)
        return self.give_up(before, after.owing(*words), told, call)

    def give_up(self, before: Waiting, after: Waiting, told: Event, call: Call) -> Waiting:
        """Store an entry that has its offer no longer, and give back what was held; who needed it may have done so before."""
        hold, stamp = before.offer, call.stamp
        after, records = written(before, after, [told], call)
        if hold is not None:
            try:
                self.store.give_back(after, hold, [*records, *freed(hold, call)], stamp(after))
            except HoldSpent:
                pass
            else:
                return after
        self.store.save(after, records, stamp(after))
        return after

    def _leave(self, before: Waiting, by: str, call: Call) -> Waiting:
        for attempt in range(TRIES):
            before = self.found(before.id) if attempt else before
            call.expect(before.version)
            told = events.WaitlistLeft(before.id, by)
            try:
                return self.give_up(before, before.moved(Stage.LEFT).owing(), told, call)
            except Changed:
                continue
        raise Changed

    def _asked(self, wish: Wish, call: Call) -> Asked:
        asked = self.finding.asked(wish.branch, wish.services, channel_of(call.actor))
        policy.check_wish(wish, asked.branch, call.now)
        return asked

    def _join(self, asked: Asked, wish: Wish, customer: str, call: Call) -> Waiting:
        waiting = Waiting(
            id=call.new_id("wtl"),
            stage=Stage.WAITING,
            wish=wish,
            unit=asked.branch.unit,
            timezone=asked.branch.timezone,
            customer_id=customer,
            channel=asked.channel,
        )
        told = events.WaitlistJoined(
            waiting.id,
            wish.branch,
            wish.services,
            wish.first.isoformat(),
            wish.last.isoformat(),
            wish.part.value,
            asked.channel.value,
            bool(wish.support_needs),
        )
        records = chained(waiting.id, Link(), [told], call)
        waiting = waiting.owing(policy.waiting_word(waiting, News.JOINED, call.now))
        waiting = policy.waiting_due(replace(waiting, link=end(records, Link())))
        self.store.join(waiting, policy.MOST_WAITING, records, call.stamp(waiting))
        return waiting


def written(before: Waiting, after: Waiting, told: Sequence[Event], call: Call) -> tuple[Waiting, list[Record]]:
    """Give an entry as it is to be stored after something happened, with the records of that."""
    records = chained(before.id, before.link, told, call)
    after = replace(after, version=before.version + 1, link=end(records, before.link))
    return policy.waiting_due(after), records
