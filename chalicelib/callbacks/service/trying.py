"""A try: claimed, rung, and over with an outcome; a crash between any two of these neither loses it nor rings twice."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.kernel.events import Event, Record, chained, end

from .. import events, policy
from ..model import Attempt, Book, Callback, NotLeased, Outcome, OutsideHours, Status
from ..ports import Telephony
from .barring import Barring, chosen, ref
from .changing import Change, Changing
from .holding import Holding
from .moving import ended, unreached

# How long a talk may last before the agent is taken for lost.
TALK = timedelta(minutes=45)


@dataclass(frozen=True)
class Trying:
    """Tries of calls that are in somebody's hand; our name of a try is the telephony system's key for it."""

    changing: Changing
    barring: Barring
    telephony: Telephony
    holding: Holding

    def in_hand(self, id_: str, call: Call) -> Callback:
        """Give a call that the asking agent has in hand; raises NotFound, ConflictOfInterest and NotLeased."""
        callback = self.changing.reach(id_, Act.CALLBACK_WORK, call)
        if callback.status is not Status.LEASED or callback.leased_by != call.actor.id:
            raise NotLeased
        return callback

    def dial(self, id_: str, call: Call) -> Callback:
        """Ring the customer up: once, however often this is asked for.

        Raises NotLeased, OutsideHours if their hours have ended since the call was taken, CallHeld where somebody else may
        answer, and Unavailable to be asked again.
        """
        claiming = replace(call, once=None, if_match=None)
        found = self.in_hand(id_, call)
        by_hand = self.holding.by_hand(found, call)
        read = [found] if found.held is None else []  # as it was just read, unless it was written since
        claimed = self.changing.apply(
            lambda: read.pop() if read else self.in_hand(id_, call),
            lambda it: self._claimed(it, by_hand, call),
            claiming,
        )
        attempt = claimed.attempts[-1]
        if attempt.rung_at is not None:
            self.changing.store.remember(call.stamp(claimed))
            return claimed
        provider = "" if attempt.by_hand else self._ring(claimed, attempt, call)
        again = self.changing.again(claimed)
        return self.changing.apply(again, lambda it: _rung(it, attempt.n, provider, call), call)

    def _ring(self, claimed: Callback, attempt: Attempt, call: Call) -> str:
        about = {"callback": claimed.id, "number": claimed.number, "language": claimed.language}
        return self.telephony.ring(token(claimed, attempt), claimed.phone, call.actor.id, about)

    def attempt(self, id_: str, outcome: Outcome, note: str, call: Call, word: str = "") -> Callback:
        """Say what came of a try; what follows is decided by the outcome. Raises NotLeased.

        Raises WordNeeded if a held call reached its customer, who did not say its `word`.
        """

        def change(before: Callback) -> Change:
            if outcome is Outcome.REACHED:
                self.holding.proven(before, word)
            return self.over(before, outcome, note, call)

        return self.changing.apply(lambda: self.in_hand(id_, call), change, call)

    def lapse(self, id_: str, call: Call) -> Callback:
        """Take a call back from an agent whose lease has run out; one that may have rung counts as tried."""

        def change(before: Callback) -> Change | None:
            if before.lease_until is None or before.lease_until > call.now:
                return None
            lost = replace(before, lost=before.lost + 1)
            return self.over(lost, Outcome.UNKNOWN, "", call) if before.running else self.returned(lost, "lapsed", call)

        return self.changing.apply(lambda: self.changing.found(id_), change, call)

    def returned(self, before: Callback, why: str, call: Call) -> Change:
        """Give a call back in its place, as if it had never been taken; raises NotAllowedNow if it may have rung."""
        if before.running is not None:
            raise NotAllowedNow(state=before.status, allowed=[])
        back = before.moved(Status.READY, call.now)
        told = events.CallbackReturned(before.id, before.leased_by, why)
        return Change(back, [told], book=self._book(before).given_back(ref(before)))

    def over(self, before: Callback, outcome: Outcome, note: str, call: Call) -> Change:
        """Give what an outcome makes of a call that is in hand."""
        attempt = before.running or Attempt(len(before.attempts) + 1, before.leased_by, call.now)
        done = replace(attempt, outcome=outcome, ended_at=call.now, note=note)
        tried = before.tried(done)
        if outcome is Outcome.AGENT_NOT_READY:
            back = tried.moved(Status.READY, call.now)
            return Change(back, [_told(tried, done)], book=self._book(before).given_back(ref(before)))
        after, told = self._followed(tried, outcome, call)
        book, more = self._refused(before, call) if outcome is Outcome.REFUSED else (None, ())
        return Change(after, [_told(after, done), *told], book=book, more=more)

    def _claimed(self, before: Callback, by_hand: bool, call: Call) -> Change | None:
        """Claim a try before anything rings; one that is under way is gone on with, but not past the hours."""
        running = before.running
        if running is not None and running.rung_at is not None:
            return None
        frame = self.barring.framing.of(before, call.now)
        if not frame.allows(call.now, chosen=chosen(before, call)):
            raise OutsideHours(next_open=text(frame.next_allowed(call.now)))
        if running is not None:
            return None
        attempt = Attempt(len(before.attempts) + 1, call.actor.id, call.now, by_hand=by_hand)
        held = before.held if by_hand else None
        after = replace(before.tried(attempt), lease_until=call.now + TALK, held=held)
        return Change(after, [events.CallbackDialling(before.id, attempt.n, token(before, attempt), by_hand)])

    def _followed(self, tried: Callback, outcome: Outcome, call: Call) -> tuple[Callback, Sequence[Event]]:
        """Give what comes next: an end, or another try."""
        if outcome is Outcome.REACHED:
            late = tried.tries[0].claimed_at > tried.ends_at
            return ended(tried.moved(Status.KEPT, call.now)), [events.CallbackKept(tried.id, late)]
        if outcome is Outcome.REFUSED:
            return ended(tried.moved(Status.DECLINED, call.now)), [events.CallbackDeclined(tried.id, "refused")]
        if outcome is Outcome.WRONG_NUMBER:
            return unreached(tried, "wrong_number", call)
        frame, doors = self.barring.framing.of(tried, call.now), self.barring.framing.doors(tried.unit)
        again = None if policy.exhausted(tried, outcome) else policy.next_try(tried, outcome, frame, doors, call.now)
        if again is None:
            return unreached(tried, "tries", call)
        return replace(tried.moved(Status.RESTING, call.now), next_at=again), []

    def _refused(self, before: Callback, call: Call) -> tuple[Book | None, Sequence[Record]]:
        """Keep a refusal where the rule says that one stands for longer than this call."""
        days = self.barring.framing.of(before, call.now).rule.refusal_days
        if not days:
            return None, ()
        until = call.now + timedelta(days=days)
        book = self._book(before)
        records = chained(book.subject, book.link, [events.RefusalKept(book.customer, before.purpose, until)], call)
        return replace(book.refusing(before.purpose, until), link=end(records, book.link)), records

    def _book(self, callback: Callback) -> Book:
        return self.changing.store.book(callback.customer_id)


def token(callback: Callback, attempt: Attempt) -> str:
    """Name a try for the telephony system: the same for the same try, whoever asks however often."""
    return f"{callback.id}-{attempt.n}"


def _rung(before: Callback, n: int, provider: str, call: Call) -> Change | None:
    """Note that the telephony system has taken the call, unless that is known or it is over already."""
    attempt = before.running
    if attempt is None or attempt.n != n or attempt.rung_at is not None:
        return None
    rung = replace(attempt, rung_at=call.now, provider_id=provider)
    return Change(before.tried(rung), [events.CallbackRung(before.id, n, provider)])


def _told(after: Callback, done: Attempt) -> Event:
    digest = hashlib.sha256(done.note.encode()).hexdigest() if done.note else ""
    return events.CallbackTried(after.id, done.n, str(done.outcome), done.by, digest, after.next_at)
