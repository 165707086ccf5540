"""How a device becomes a kiosk, and signs in as one."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace

from chalicelib.kernel.access import Act, require
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.tokens import Keys

from .. import events, policy
from ..model import (
    CODE_TOKEN,
    Claims,
    EnrolmentInvalid,
    Kiosk,
    KioskDisabled,
    Open,
    ProofInvalid,
    Started,
    State,
)
from ..ports import Proofs
from .keeping import Change, Keeping, named


@dataclass(frozen=True)
class Enrolling:
    """A code once, then statements under a key that never leaves the device."""

    keeping: Keeping
    keys: Keys
    proofs: Proofs

    def enrol(self, code: str, key: Mapping[str, str], call: Call) -> Kiosk:
        """Take a device's public key for a code; a kiosk that had another key signs in with this one from now on.

        The try is counted before it is compared. Raises EnrolmentInvalid, and Invalid for a key that is none.
        """
        thumbprint = self.proofs.thumbprint(key)
        code = policy.typed(code)
        found = self.keeping.store.count_attempt(policy.handle_of(code), policy.CODE_ATTEMPTS, call.now)
        if found is None or not hmac.compare_digest(self.code_of(found.id).encode(), code.encode()):
            raise EnrolmentInvalid

        def change(kiosk: Kiosk) -> Change:
            if kiosk.enrolment != found.id or not kiosk.enrols:  # used, or a newer one was shown
                raise EnrolmentInvalid
            after, ended = kiosk.moved(State.ACTIVE).closed(call.now)
            after = replace(after, key=dict(key), thumbprint=thumbprint, enrolment="", enrolled_at=call.now)
            after = replace(after, heard_at=call.now, silent_since=None)
            told = events.KioskEnrolled(kiosk.id, thumbprint, named(ended))
            return Change(after, [told], self.keeping.ending(ended))

        return self.keeping.change(found.kiosk, call, change)  # type: ignore[no-any-return]

    def sign_in(self, id_: str, proof: str, call: Call) -> Started:
        """Begin a session of a quarter of an hour for a fresh statement under the kiosk's key, which works once.

        Raises ProofInvalid, and KioskDisabled for one that proved itself but may do nothing.
        """
        kiosk = self.keeping.store.get(id_)
        claims = self.proofs.claims(proof, kiosk.key, id_, call.now) if kiosk and kiosk.key else None
        if kiosk is None or claims is None:
            raise ProofInvalid
        signed_by = kiosk.key
        try:
            return self.keeping.change(id_, call, lambda now: self._begin(now, signed_by, claims, call))  # type: ignore[no-any-return]
        except Changed as changed:
            if self.keeping.store.used(id_, claims.jti):
                raise ProofInvalid from changed
            raise

    def sign_out(self, call: Call) -> Kiosk:
        """End the kiosk's session, and that of whoever signed in within it."""
        require(call.actor, Act.KIOSK_USE)
        mine = call.actor.session

        def change(kiosk: Kiosk) -> Change:
            after, ended = kiosk.closed(call.now, lambda one: mine in (one.id, one.within))
            return Change(after, [events.SessionEnded(kiosk.id, named(ended))], self.keeping.ending(ended))

        return self.keeping.change(call.actor.device, call, change)  # type: ignore[no-any-return]

    def _begin(self, kiosk: Kiosk, signed_by: Mapping[str, str] | None, claims: Claims, call: Call) -> Change:
        if kiosk.state is not State.ACTIVE:
            raise KioskDisabled
        if kiosk.key != signed_by:  # enrolled anew since it was read
            raise ProofInvalid
        until = call.now + policy.SESSION_LIFE
        begun = self.keeping.sessions.device(kiosk.id, kiosk.unit, kiosk.services, until, call)
        own = [one for one in kiosk.open if not one.customer and one.until > call.now]
        over = {one.id for one in own[: max(0, len(own) + 1 - policy.MOST_SESSIONS)]}
        after, ended = kiosk.closed(call.now, lambda one: bool(over & {one.id, one.within}))
        after = replace(after, open=(*after.open, Open(begun.id, begun.mark, until)))
        told = Started(begun.id, until, kiosk.id, kiosk.unit, kiosk.branch, kiosk.services)
        beside = [*begun.writes, *self.keeping.ending(ended), self.keeping.store.using(kiosk.id, claims)]
        return Change(after, [events.SessionStarted(kiosk.id, begun.id)], beside, told=told)

    def code_of(self, id_: str) -> str:
        """Make the code of an enrolment, the same each time."""
        return policy.code_of(self.keys.digest(CODE_TOKEN, id_))
