"""What came free is offered to whoever waits for it, in their order; what is not taken goes to the next."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Link, end

from .. import events, policy
from ..model import DayBeforeOnly, News, Slot, SlotTaken, Stage, TooManyOpen, Waiting
from .changing import TRIES
from .finding import Finding
from .holding import Holding, taken
from .looking import Looking
from .waitlist import LAPSED, WITHDRAWN, Waitlisting, written

# Of one day at once; the next look goes on.
MOST_AT_ONCE = 25
# Others may take what was free a moment ago.
TIMES_TRIED = 5


@dataclass(frozen=True)
class Offering:
    """Events and the sweep ask for these, doubled, late, or for nothing; what is written has the order in its conditions.

    Two who look at once offer nothing twice: an offer is one transaction, of the entry as it was read and of the cells.
    """

    waitlist: Waitlisting
    holding: Holding

    def joined(self, id_: str, call: Call) -> str:
        """Hear that somebody waits: their branch is looked at from now on."""
        branch = self.waitlist.found(id_).wish.branch
        self.waitlist.store.watch(branch, call.new_id("wat"), call.now)
        return self.watch(branch, call)

    def watch(self, branch: str, call: Call) -> str:
        """Look at every day of a branch that somebody waits for, and say when to do so again; nobody waits, nobody looks."""
        store, watched = self.waitlist.store, self.waitlist.store.watched(branch)
        if watched is None or watched[1] > call.now:
            return "settled"
        mine, again = call.new_id("wat"), call.now + policy.LOOK_AGAIN
        if not store.go_on(branch, watched[0], mine, again):
            return "overtaken"
        return self._all(branch, mine, call)

    def opened(self, branch: str, call: Call) -> str:
        """Hear that the hours or counters of a branch are others."""
        self.finding.catalogue.forget()
        for day in self.waitlist.store.days(branch):
            self.look(branch, day, call)
        return "looked"

    def freed(self, branch_id: str, at: datetime, call: Call) -> str:
        """Hear that a time of a branch came free."""
        branch = self.finding.catalogue.branches().get(branch_id)
        return self.look(branch_id, branch.local_day(at), call) if branch else "settled"

    def look(self, branch_id: str, day: date, call: Call) -> str:
        """Offer what is free on a local day to whoever waits for it, in their order."""
        branch = self.finding.catalogue.branches().get(branch_id)
        waiting = list(policy.ranked(self.waitlist.store.of_day(branch_id, day))) if branch else []
        if branch is None or not waiting:
            return "settled"
        looking = Looking(self.finding, branch, day, call)
        passed: list[tuple[str, str]] = []
        made = 0
        for each in waiting:
            why = self._offered(each.waiting, looking, passed) if made < MOST_AT_ONCE else "put_off"
            made += not why
            passed += [(each.waiting.id, why)] if why else []
        return "offered" if made else "settled"

    def due(self, id_: str, call: Call) -> str:
        """Do whatever is due about an entry: take back what was not taken in time, end it with its last day."""
        before = self.waitlist.found(id_)
        if before.offer is not None and before.offer.until <= call.now:
            return self.waitlist.not_taken(before, before.offer, LAPSED, call).stage.value
        if before.stage is Stage.WAITING and before.over_at <= call.now:
            after = before.moved(Stage.EXPIRED)
            after = after.owing(policy.waiting_word(after, News.EXPIRED, call.now))
            return self.waitlist.give_up(before, after, events.WaitlistExpired(id_), call).stage.value
        if before.open:
            self._watching(before.wish.branch, call)
        return "settled"

    @property
    def finding(self) -> Finding:
        """What can be had where."""
        return self.waitlist.finding

    def _watching(self, branch: str, call: Call) -> None:
        """See to it that a branch is looked at, even if nobody heard that somebody joined."""
        watched = self.waitlist.store.watched(branch)
        # Under another id, whoever is about to stop looking does not.
        self.waitlist.store.watch(branch, call.new_id("wat"), watched[1] if watched else call.now)

    def _all(self, branch: str, mine: str, call: Call) -> str:
        days = self.waitlist.store.days(branch)
        if not days:
            # Whoever joined meanwhile has given it another id, and it stays.
            self.waitlist.store.go_on(branch, mine, mine, None)
            return "nobody"
        for day in days:
            self.look(branch, day, call)
        return "looked"

    def _offered(self, waiting: Waiting, looking: Looking, passed: Sequence[tuple[str, str]]) -> str:
        """Offer somebody the first time that suits them; give why not, empty if they have it."""
        for _ in range(TIMES_TRIED):
            if waiting.stage is not Stage.WAITING:
                return self._standing(waiting, looking.call)
            found = looking.suiting(waiting)
            if found is None:
                return "nothing_suits"
            try:
                return self._offer(waiting, *found, looking, passed)
            except SlotTaken:
                looking.forget()
            except Changed:
                # It may be no more than a word that was sent: that costs nobody their turn.
                waiting = self.waitlist.found(waiting.id)
            except (TooManyOpen, DayBeforeOnly) as refused:
                return self._passed(waiting, found[0].starts_at, refused.code, looking.call)
        return "nothing_suits"

    def _standing(self, waiting: Waiting, call: Call) -> str:
        """Say where somebody stands who does not wait for an offer; what their branch cannot keep any more is withdrawn."""
        if waiting.offer is not None and not self.waitlist.stands(waiting.offer, call):
            with suppress(Changed):
                self.waitlist.not_taken(waiting, waiting.offer, WITHDRAWN, call)
        return waiting.stage.value

    def _offer(
        self, waiting: Waiting, slot: Slot, until: datetime, looking: Looking, passed: Sequence[tuple[str, str]]
    ) -> str:
        call, asked = looking.call, looking.asked(waiting)
        visit = self.holding.visit(asked, slot.starts_at, call.now)
        limits = policy.limits(asked.branch, asked.services, visit, asked.channel, call.now)
        hold = self.holding.made(asked, visit, waiting.customer_id, "", call)
        hold = replace(hold, life=timedelta(seconds=int((until - call.now).total_seconds())))
        records = taken(hold, call)
        hold = replace(hold, link=end(records, Link()))
        after = replace(waiting, stage=Stage.OFFERED, offer=hold)
        after = after.owing(policy.waiting_word(after, News.OFFERED, call.now))
        told = events.WaitlistOffered(
            waiting.id,
            hold.id,
            hold.branch,
            slot.starts_at,
            hold.until,
            len(waiting.not_taken) + 1,
            len(passed),
            policy.ahead(passed),
        )
        after, more = written(waiting, after, [told], call)
        today = self.holding.today(asked, visit, call.now)
        self.waitlist.store.offer(after, hold, limits, policy.MOST_OPEN, [*records, *more], today=today)
        looking.forget()
        return ""

    def _passed(self, waiting: Waiting, starts_at: datetime, why: str, call: Call) -> str:
        """Tell somebody, once for each reason, that it was their turn and could not be: nobody is skipped in silence."""
        for _ in range(TRIES):
            if why in waiting.passed:
                break
            after = replace(waiting, passed=(*waiting.passed, why))
            word = policy.waiting_word(waiting, News(f"waitlist_passed_{why}"), call.now)
            told = events.WaitlistPassed(waiting.id, starts_at, why)
            after, records = written(waiting, after.owing(*waiting.notices, word), [told], call)
            try:
                self.waitlist.store.told(after, records)
            except Changed:
                waiting = self.waitlist.found(waiting.id)
        return why
