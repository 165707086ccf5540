"""Agreeing that one's face is looked at, taking that back, and choosing another way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import Event

from .. import events, policy
from ..model import (
    BUSY,
    OTHER_WAYS,
    Consent,
    Face,
    FaceConsentNeeded,
    Purpose,
    Standing,
    Way,
    Why,
    customer_of,
)
from .keeping import Keeping, deleted, ended


@dataclass(frozen=True)
class Consenting:
    """Consent is for this alone; without it, everything is reached by other ways."""

    keeping: Keeping

    def standing(self, call: Call) -> Standing:
        """Tell the terms, how the caller stands to them, and a check of theirs that is not over."""
        access.require(call.actor, Act.FACE_USE)
        found = self.keeping.store.standing(call.actor.id)
        return self.keeping.store.standing(call.actor.id, found.face.busy) if found.face and found.face.busy else found

    def offered(self, standing: Standing) -> bool:
        """Tell whether face checks are to be had here at all."""
        return self.keeping.able and standing.offer.open

    def remaining(self, standing: Standing, now: datetime) -> int:
        """Tell how many failures are left until this way is closed for a time."""
        return policy.remaining(standing, now)

    def agree(self, version: int, language: str, call: Call) -> Standing:
        """Agree to the terms in a version, which is the one in force; raises FaceNotOffered, FaceConsentNeeded."""
        access.require(call.actor, Act.FACE_USE)

        def act() -> Standing:
            standing = self.keeping.store.standing(call.actor.id)
            terms = self.keeping.terms(standing.offer)
            if version != terms.version:
                raise FaceConsentNeeded(version=terms.version, alternatives=policy.WAYS)
            face = self.keeping.face(standing, call)
            if face.agreed(version):
                return self.keeping.unchanged(standing, call)
            told = events.FaceConsented(
                face.id, version, language, terms.sha256(language), terms.keep_days, terms.assessment, OTHER_WAYS
            )
            return self.keeping.write(
                standing, replace(face, consent=Consent(version, language, call.now)), [told], call
            )

        return self.keeping.again(act)

    def withdraw(self, call: Call) -> Standing:
        """Take the consent back: what is under way ends, and what was kept is deleted, with a receipt.

        Raises NotFound where there is none in force. Nothing else that the customer may do depends on it.
        """
        access.require(call.actor, Act.FACE_USE)

        def act() -> Standing:
            standing = self.keeping.store.standing(call.actor.id)
            face = standing.face
            if face is None or face.consent is None or face.consent.withdrawn_at is not None:
                raise NotFound
            told = events.FaceWithdrawn(face.id, face.consent.version)
            face = replace(face, consent=replace(face.consent, withdrawn_at=call.now), busy="")
            return self._deleting(standing, face, [told], call)

        return self.keeping.again(act)

    def instead(self, purpose: Purpose, way: Way, call: Call) -> Standing:
        """Choose another way; that is recorded, and asks for no reason and no consent."""
        access.require(call.actor, Act.FACE_USE)

        def act() -> Standing:
            standing = self.keeping.store.standing(call.actor.id)
            face = self.keeping.face(standing, call)
            return self.keeping.write(standing, face, [events.FaceDeclined(face.id, purpose, way)], call)

        return self.keeping.again(act)

    def sweep(self, id_: str, call: Call) -> str:
        """Delete what a withdrawal left over, since a transaction holds only so much."""

        def act() -> str:
            standing = self.keeping.store.standing(customer_of(id_))
            if standing.face is None or standing.face.sweeping is None:
                return "settled"
            self._deleting(standing, standing.face, [], call)
            return "deleted"

        return self.keeping.again(act)

    def _deleting(self, standing: Standing, face: Face, told: Sequence[Event], call: Call) -> Standing:
        kept = self.keeping.store.checks(face.customer)
        now, rest = kept[: policy.DELETED_AT_ONCE], kept[policy.DELETED_AT_ONCE :]
        over = [ended(check, Why.WITHDRAWN, call.now)[1] for check in now if check.status in BUSY]
        changes, receipts = deleted(now, Why.WITHDRAWN)
        after = replace(face, sweeping=call.now if rest else None)
        return self.keeping.write(standing, after, [*told, *over, *receipts], call, *changes)
