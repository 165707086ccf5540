"""How consents and checks are changed: what happened goes into one chain per customer, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Event, chained, end
from chalicelib.kernel.notices import Notice

from .. import events, policy
from ..model import Change, Check, Face, Offer, Standing, Status, Terms, Why
from ..ports import Faces

T = TypeVar("T")
TRIES = 3


@dataclass(frozen=True)
class Keeping:
    """The one place that writes; `able` says that this deployment has somebody who looks at faces."""

    store: Faces
    able: bool

    def terms(self, offer: Offer) -> Terms:
        """Give the terms in force; raises FaceNotOffered."""
        return policy.terms(offer, able=self.able)

    def own(self, customer: str, check: str) -> tuple[Standing, Face, Check]:
        """Read a check of a customer's; anybody else's looks absent."""
        standing = self.store.standing(customer, check)
        if standing.face is None or standing.check is None:
            raise NotFound
        return standing, standing.face, standing.check

    def face(self, standing: Standing, call: Call) -> Face:
        """Give a customer's standing, a fresh one if nothing was ever asked of them."""
        return standing.face or Face(call.actor.id, call.actor.unit)

    def write(
        self,
        standing: Standing,
        after: Face,
        happened: Sequence[Event],
        call: Call,
        *changes: Change,
        image: str = "",
        told: Check | None = None,
    ) -> Standing:
        """Write it all with its records; give how it stands then, with the check that is told of. Raises Changed, ImageSeen."""
        before = standing.face.link if standing.face else after.link
        records = chained(after.id, before, happened, call)
        after = replace(after, link=end(records, before))
        shown = Standing(standing.offer, after, told or standing.check)
        self.store.save(after, changes, records, call.stamp(shown), image)
        return shown

    def unchanged(self, standing: Standing, call: Call) -> Standing:
        """Keep the answer to a call that had nothing to change."""
        self.store.remember(call.stamp(standing))
        return standing

    def again(self, act: Callable[[], T]) -> T:
        """Do it once more if somebody else was quicker; raises Changed."""
        for _ in range(TRIES):
            try:
                return act()
            except Changed as overtaken:
                last = overtaken
        raise last


def ended(check: Check, why: Why, now: datetime, *notices: Notice) -> tuple[Change, Event]:
    """End a check without what could have come of it."""
    word = tuple(worded(check, notice) for notice in notices)
    told = events.FaceEnded(check_face(check), check.id, why, word)
    return Change(check, check.moved(Status.ENDED, now, why)), told


def lapsed(check: Check, now: datetime) -> tuple[Change, Event]:
    """End a check because its time is over; of a review that nobody decided, compliance and the customer are told."""
    if check.status is not Status.REVIEW:
        return ended(check, Why.TIMED_OUT if check.status is Status.OPEN else Why.NOT_COLLECTED, now)
    missed = Notice(f"missed/{check.id}", "face_review_missed", "compliance", now)
    refused = Notice(f"decided/{check.id}", "face_refused", "customer", now)
    return ended(check, Why.NOBODY_DECIDED, now, missed, refused)


def worded(check: Check, notice: Notice) -> dict[str, object]:
    """Write a word about a check as an event carries it."""
    return notice.word(number=check.id, unit=check.unit, owner="", customer=check.customer, language="")


def check_face(check: Check) -> str:
    """Name the chain a check belongs to."""
    return Face(check.customer, check.unit).id


def deleted(checks: Sequence[Check], why: Why | str) -> tuple[list[Change], list[Event]]:
    """Delete checks with everything that was kept of them, and the receipt for it."""
    if not checks:
        return [], []
    receipt = events.FaceDeleted(check_face(checks[0]), tuple(check.id for check in checks), str(why))
    return [Change(check, None) for check in checks], [receipt]
