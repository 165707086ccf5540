"""Unclear checks, which a person decides, and what time ends."""

import hashlib
from dataclasses import dataclass, replace

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import ConflictOfInterest, NotAllowedNow
from chalicelib.kernel.notices import Notice
from chalicelib.kernel.paging import Page, Position

from .. import events, policy
from ..model import Change, Check, How, Status, Waiting, customer_of
from ..ports import Concerned
from .checking import counted
from .keeping import Keeping, deleted, lapsed, worded


@dataclass(frozen=True)
class Reviewing:
    """Whoever decides sees scores and no picture, makes sure by other means, and says by which."""

    keeping: Keeping
    concerned: Concerned

    def waiting(self, limit: int, start: Position | None, call: Call) -> Page[Waiting]:
        """List the checks that wait for a person, the most urgent first."""
        access.require(call.actor, Act.FACE_READ)
        return self.keeping.store.waiting(limit, start)

    def decide(self, customer: str, id_: str, confirmed: bool, how: How, reason: str, call: Call) -> Check:
        """Decide about an unclear check; the customer is told, and collects what comes of it.

        Raises NotFound, NotAllowedNow once it is decided or its time is over, and ConflictOfInterest for whom the customer
        complains about.
        """
        access.require(call.actor, Act.FACE_DECIDE)
        if call.actor.id in self.concerned.complained_about(customer):
            raise ConflictOfInterest
        return self.keeping.again(lambda: self._decided(customer, id_, confirmed, how, reason, call))

    def due(self, customer: str, id_: str, call: Call) -> str:
        """End what nobody decided, collected or finished in time, and delete what has been kept long enough."""
        return self.keeping.again(lambda: self._due(customer, id_, call))

    def owes(self, id_: str, key: str) -> bool:
        """Tell whether what was told under a key is still so."""
        about, _, check = key.partition("/")
        found = self.keeping.store.standing(customer_of(id_), check).check
        return found is not None and (found.status is Status.REVIEW) == (about == "review")

    def _decided(self, customer: str, id_: str, confirmed: bool, how: How, reason: str, call: Call) -> Check:
        standing, face, check = self.keeping.own(customer, id_)
        if check.status is Status.REVIEW and call.now >= check.until:
            raise NotAllowedNow(state=Status.ENDED, allowed=[])
        status = Status.CONFIRMED if confirmed else Status.REFUSED
        after = replace(
            check.moved(status, call.now + policy.COLLECT_WITHIN if confirmed else call.now), decided_by=call.actor.id
        )
        face, closed = counted(face, after, call)
        told = events.FaceDecided(
            face.id, id_, status, how, hashlib.sha256(reason.encode()).hexdigest(), (self._word(after, call),)
        )
        face = replace(face, busy=id_ if confirmed else "")
        telling = call.telling(lambda shown: shown.check)
        self.keeping.write(standing, face, [told, *closed], telling, Change(check, after), told=after)
        return after

    def _word(self, check: Check, call: Call) -> dict[str, object]:
        template = "face_confirmed" if check.status is Status.CONFIRMED else "face_refused"
        return worded(check, Notice(f"decided/{check.id}", template, "customer", call.now))

    def _due(self, customer: str, id_: str, call: Call) -> str:
        standing = self.keeping.store.standing(customer, id_)
        face, check = standing.face, standing.check
        if face is None or check is None or call.now < check.due_at:
            return "settled"
        if call.now >= check.kept_until:
            changes, happened = deleted([check], "kept_long_enough")
        else:
            change, told = lapsed(check, call.now)
            changes, happened = [change], [told]
        face = replace(face, busy="" if face.busy == id_ else face.busy)
        self.keeping.write(standing, face, happened, call, *changes)
        return "deleted" if changes[0].after is None else "ended"
