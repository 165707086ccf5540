"""What nobody asks for: calls whose time has come, promises that are late, leases that ran out, word that is owed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel.calls import Call
from chalicelib.kernel.notices import Notice, ask_again_at, postponed

from .. import events, policy
from ..model import Asker, Callback, Purpose, Status
from ..ports import Matters
from .barring import Barring
from .changing import Change, Changing
from .moving import ended, unreached
from .trying import Trying

# Announce, make ready, late, over, ask, tell the ticket: each at most once in a row, and then it is looked at again.
STEPS = 8
Step = Callable[[Callback, Call], Change | None]


@dataclass(frozen=True)
class Working:
    """Events and the sweep ask for these; coming late, twice, or for nothing, they change nothing."""

    changing: Changing
    barring: Barring
    trying: Trying
    matters: Matters

    def due(self, id_: str, call: Call) -> str:
        """Do whatever is due about a callback, one step after another; give the state it is in then."""
        before = self.changing.found(id_)
        for _ in range(STEPS):
            after = self._step(before, call)
            if after.link == before.link:
                break
            before = after
        return before.status.value

    def _step(self, found: Callback, call: Call) -> Callback:
        """Take the first step that is due; a ticket is told before it is noted that it was."""
        if found.owes_ticket:
            self._tell(found, call)
        if found.owes_recovery:
            self._make_good(found, call)
        if (lapses := policy.lapses_at(found)) is not None and lapses <= call.now:
            return self.trying.lapse(found.id, call)
        return self.changing.apply(self.changing.again(found), lambda it: self._next(it, call), call)

    def _next(self, before: Callback, call: Call) -> Change | None:
        steps: tuple[Step, ...] = (_known, _recovered, _over, self._announced, self._ready, _late, _asked)
        return next((change for change in (step(before, call) for step in steps) if change is not None), None)

    def _announced(self, before: Callback, call: Call) -> Change | None:
        """Tell the customer that the call comes, and by which word they know it; what they do not wish ends here."""
        at = policy.heads_up_at(before)
        if at is None or at > call.now:
            return None
        if before.by is Asker.CUSTOMER and call.now >= before.ends_at:
            return None
        unwished = self.barring.unwished(before, self.changing.store.book(before.customer_id), call)
        if unwished is not None:
            return unwished
        notice = Notice(_word("heads_up", before), "callback_soon", "customer", call.now)
        after = replace(before.owing(notice), announced=True)
        return Change(after, [events.CallbackAnnounced(before.id, (after.word(notice),))])

    def _ready(self, before: Callback, call: Call) -> Change | None:
        """Put it into the line, if the person may be called now; else it waits until they may be."""
        at = policy.ready_at(before)
        if at is None or at > call.now:
            return None
        barred = self.barring.put_off(before, self.changing.store.book(before.customer_id), call)
        if barred is not None:
            return barred
        place = policy.place(before, at)
        after = replace(before.moved(Status.READY, call.now), place=place, ready_at=call.now, next_at=None)
        return Change(after, [events.CallbackReady(before.id, place)])

    def _tell(self, found: Callback, call: Call) -> None:
        told = {"id": found.id, "number": found.number, "status": found.status, "tries": len(found.tries)}
        self.matters.called_back(found.about, told, call)

    def _make_good(self, found: Callback, call: Call) -> None:
        answers = found.answers
        if answers is not None:
            said = {"id": found.id, "number": found.number, "unhappy": answers.unhappy, "reopen": answers.reopen}
            self.matters.unhappy(found.about, said, call)

    def taken(self, id_: str, key: str, call: Call) -> str:
        """Hear that the word owed under a key is on its way; it is owed no longer."""

        def change(before: Callback) -> Change | None:
            after = before.told(key)
            return None if after == before else Change(after, [events.CallbackWordTaken(before.id, key)])

        self.changing.apply(lambda: self.changing.found(id_), change, call)
        return "taken"

    def put_off(self, id_: str, key: str, until: datetime, call: Call) -> str:
        """Hear that a word must not go out yet; it is asked for again at that instant."""

        def change(before: Callback) -> Change | None:
            after = replace(before, notices=postponed(before.notices, key, until))
            return None if after == before else Change(after, [events.CallbackWordPutOff(before.id, key, until)])

        self.changing.apply(lambda: self.changing.found(id_), change, call)
        return "put_off"

    def owes(self, id_: str, key: str) -> bool:
        """Tell whether word is still owed under a key; if not, what is on its way about it is stale."""
        callback = self.changing.store.get(id_)
        return callback is not None and any(notice.key == key for notice in callback.notices)


def _known(before: Callback, _: Call) -> Change | None:
    """Note that the ticket knows, after it was told."""
    if not before.owes_ticket:
        return None
    return Change(replace(before, owes_ticket=False), [events.CallbackTold(before.id, before.about)])


def _recovered(before: Callback, _: Call) -> Change | None:
    """Note that the ticket knows that its customer is not content, after it was told."""
    if not before.owes_recovery:
        return None
    return Change(replace(before, owes_recovery=False), [events.CallbackRecovered(before.id, before.about)])


def _over(before: Callback, call: Call) -> Change | None:
    """Give up what nobody was reached by in time; a promise that nobody tried to keep is broken, and both sides hear it."""
    at = policy.over_at(before)
    if at is None or at > call.now:
        return None
    if before.tries:
        return Change(*unreached(before, "expired", call))
    sorry = Notice("broken", "callback_broken", "customer", call.now)
    alarm = Notice("broken_staff", "callback_broken_staff", "lead", call.now)
    # Those of a campaign are in its figures: nobody has to be called after all, but who was told of it is told.
    told = [sorry] if before.announced else []
    notices = told if before.purpose is Purpose.CAMPAIGN else [sorry, alarm]
    after = ended(before.moved(Status.BROKEN, call.now), *notices)
    return Change(after, [events.CallbackBroken(before.id, tuple(map(after.word, notices)))])


def _late(before: Callback, call: Call) -> Change | None:
    """Tell the lead, once, that the promised time is over and nobody has tried."""
    at = policy.late_at(before)
    if at is None or at > call.now:
        return None
    notice = Notice(_word("late", before), "callback_late", "lead", call.now)
    after = replace(before.owing(notice), late=True)
    return Change(after, [events.CallbackLate(before.id, (after.word(notice),))])


def _word(name: str, before: Callback) -> str:
    """Name a word that is one for each time that is promised: whoever moves a call is told of the new time too."""
    return f"{name}/{before.starts_at:%Y%m%d%H%M}"


def _asked(before: Callback, call: Call) -> Change | None:
    """Ask for word again that nobody has taken over."""
    due = [notice for notice in before.notices if ask_again_at(notice) <= call.now]
    if not due:
        return None
    asked = tuple(notice.asked(call.now) for notice in due)
    others = tuple(notice for notice in before.notices if notice not in due)
    after = replace(before, notices=(*others, *asked))
    return Change(after, [events.CallbackWordRepeated(before.id, tuple(after.word(it) for it in asked))])
