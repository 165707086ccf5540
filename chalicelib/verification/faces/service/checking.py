"""Looking at a face: a session, its result, and what that is worth."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.assurance import GRANT_LIFE
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.events import Event
from chalicelib.kernel.notices import Notice
from chalicelib.kernel.tokens import Keys

from .. import events, policy
from ..model import (
    OTHER_WAYS,
    Change,
    Check,
    Face,
    FaceNotOffered,
    FaceUnavailable,
    Grant,
    ImageSeen,
    Offer,
    Purpose,
    Standing,
    Status,
    Why,
    grant_for,
)
from ..ports import Customers, Liveness, Matcher, Seen
from .keeping import Keeping, ended, lapsed, worded

T = TypeVar("T")


@dataclass(frozen=True)
class Checking:
    """Whatever cannot be had opens nothing, and offers another way. The image is held for one comparison and never kept."""

    keeping: Keeping
    liveness: Liveness
    matcher: Matcher
    keys: Keys
    customers: Customers

    def start(self, purpose: Purpose, call: Call) -> Standing:
        """Begin a check; one that was begun before and not ended is ended.

        Raises FaceNotOffered, FaceConsentNeeded, TooManyFaces, FaceUnderReview, FaceUnavailable.
        """
        access.require(call.actor, Act.FACE_USE)
        check_id = call.new_id("fch")
        return self.keeping.again(lambda: self._started(check_id, purpose, call))

    def result(self, id_: str, call: Call) -> Standing:
        """Tell what came of a check of one's own, however often; the first time it is over, that is written.

        Raises NotFound, FaceNotOffered and FaceUnavailable, after which it can be asked for again until its time is over.
        """
        access.require(call.actor, Act.FACE_USE)
        return self.keeping.again(lambda: self._looked_at(id_, call))

    def grant(self, token: str, purpose: str) -> Grant | None:
        """Give what a grant stands for, or None if it is none of ours, or for another purpose.

        Spending it is up to whoever takes it, in the transaction of what it opens.
        """
        named = self.keys.opened(grant_for(purpose), token)
        customer, _, id_ = (named or "").partition(".")
        check = self.keeping.store.standing(customer, id_).check if id_ else None
        if check is None or check.status is not Status.PASSED or check.purpose != purpose:
            return None
        known = self.customers.customer(check.customer)
        return None if known is None else Grant(check.id, check.customer, known.phone, check.purpose, check.until)

    def _started(self, id_: str, purpose: Purpose, call: Call) -> Standing:
        standing = self.keeping.store.standing(call.actor.id)
        terms = self.keeping.terms(standing.offer)
        face = policy.require_consent(standing.face, terms.version)
        busy = self.keeping.store.standing(face.customer, face.busy).check if face.busy else None
        policy.require_may_start(face, busy, call.now)
        if not self._asked(lambda: self.matcher.has_reference(face.customer)):
            raise FaceNotOffered(alternatives=policy.WAYS)
        check = self._opened(id_, face, purpose, standing.offer, call)
        before = [_over(busy, call.now)] if busy else []
        face = replace(face, busy=id_, starts=(*policy.recent(face, call.now), call.now))
        told = events.FaceStarted(face.id, id_, purpose, check.risk, OTHER_WAYS)
        happened = [*(event for _, event in before), told]
        changes = [*(change for change, _ in before), Change(None, check)]
        return self.keeping.write(standing, face, happened, call, *changes, told=check)

    def _opened(self, id_: str, face: Face, purpose: Purpose, offer: Offer, call: Call) -> Check:
        """Open a session with the provider; one that is not written afterwards is never used."""
        return Check(
            id=id_,
            customer=face.customer,
            unit=face.unit,
            purpose=purpose,
            risk=policy.bar(offer, purpose)[0],
            status=Status.OPEN,
            session=self._asked(lambda: self.liveness.begin(id_)),
            started_at=call.now,
            until=call.now + policy.SESSION_LIFE,
            kept_until=call.now + timedelta(days=self.keeping.terms(offer).keep_days),
        )

    def _looked_at(self, id_: str, call: Call) -> Standing:
        standing, face, check = self.keeping.own(call.actor.id, id_)
        self.keeping.terms(standing.offer)
        if check.status is Status.CONFIRMED and call.now < check.until:
            return self._granted(standing, face, check, call)
        if check.status is not Status.OPEN:
            return self.keeping.unchanged(standing, call)
        seen = self._asked(lambda: self.liveness.seen(check.session)) if call.now < check.until else None
        if seen is None or seen.expired:
            change, told = ended(check, Why.TIMED_OUT, call.now)
            return self.keeping.write(standing, replace(face, busy=""), [told], call, change, told=change.after)
        if not seen.over:
            return self.keeping.unchanged(standing, call)
        return self._settled(standing, face, check, seen, call)

    def _settled(self, standing: Standing, face: Face, check: Check, seen: Seen, call: Call) -> Standing:
        wanted = standing.offer.bars[check.risk]
        similarity, why = None, Why.SCORES
        if seen.liveness >= wanted.liveness_least:
            similarity = self._asked(lambda: self.matcher.similarity(seen.image, check.customer))
            why = Why.NO_REFERENCE if similarity is None else Why.SCORES
        scored = replace(
            check,
            liveness=seen.liveness,
            similarity=similarity,
            sha256=hashlib.sha256(seen.image).hexdigest() if seen.image else "",
        )
        status = policy.band(seen.liveness, similarity, wanted)
        try:
            return self._written(standing, face, scored, status, why, call, scored.sha256)
        except ImageSeen:
            # Its digest stands with the check that showed it first, and goes with that one.
            again = replace(scored, sha256="")
            return self._written(standing, face, again, Status.STEP_UP, Why.SEEN_BEFORE, call)

    def _written(
        self, standing: Standing, face: Face, check: Check, status: Status, why: Why, call: Call, image: str = ""
    ) -> Standing:
        until = {
            Status.PASSED: call.now + GRANT_LIFE,
            Status.REVIEW: call.now + timedelta(hours=standing.offer.review_hours),
        }.get(status, call.now)
        after = check.moved(status, until, why)
        word = (_for_compliance(after, call),) if status is Status.REVIEW else ()
        happened: list[Event] = [
            events.FaceChecked(face.id, check.id, check.purpose, status, why, word),
            events.FaceImageDiscarded(
                face.id, check.id, images=int(bool(check.sha256) or why is Why.SEEN_BEFORE), stored=0
            ),
        ]
        face, closed = counted(face, after, call)
        face = replace(face, busy=check.id if status is Status.REVIEW else "")
        return self.keeping.write(
            standing, face, [*happened, *closed], call, Change(standing.check, after), image=image, told=after
        )

    def _granted(self, standing: Standing, face: Face, check: Check, call: Call) -> Standing:
        after = check.moved(Status.PASSED, call.now + GRANT_LIFE)
        told = events.FaceGranted(face.id, check.id, check.purpose)
        return self.keeping.write(standing, replace(face, busy=""), [told], call, Change(check, after), told=after)

    def _asked(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except Unavailable as away:
            raise FaceUnavailable(retry_after=policy.RETRY_AFTER, alternatives=policy.WAYS) from away


def counted(face: Face, check: Check, call: Call) -> tuple[Face, list[Event]]:
    """Count what a check came to: a failure, or that somebody was who they said they were."""
    if check.status in (Status.PASSED, Status.CONFIRMED):
        return replace(face, failures=0), []
    if check.status is Status.REVIEW or check.why is Why.NO_REFERENCE:
        return face, []
    after = policy.failed(face, call.now)
    closed = after.closed_until if after.closed_until != face.closed_until else None
    return after, [events.FaceClosed(face.id, closed, OTHER_WAYS)] if closed else []


def _over(busy: Check, now: datetime) -> tuple[Change, Event]:
    """End the check before: it was begun anew, or its time is over and nobody has ended it yet."""
    begun_anew = busy.status is Status.OPEN and now < busy.until
    return ended(busy, Why.STARTED_ANEW, now) if begun_anew else lapsed(busy, now)


def _for_compliance(check: Check, call: Call) -> dict[str, object]:
    notice = Notice(f"review/{check.id}", "face_review", "compliance", call.now, facts={"until": text(check.until)})
    return worded(check, notice)
