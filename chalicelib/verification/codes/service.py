"""Sending a code, sending another, checking one."""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel import phone as phones
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Event, Link, chained, end
from chalicelib.kernel.tokens import Keys

from . import events, policy
from .model import (
    CodeExpired,
    CodeUsed,
    CodeWrong,
    Purpose,
    Status,
    TooManyAttempts,
    TooManyCodes,
    Verification,
)
from .ports import Texting, Verifications, Wording


@dataclass(frozen=True)
class Codes:
    """One-time codes by SMS."""

    store: Verifications
    texting: Texting
    wording: Wording
    keys: Keys

    def start(self, purpose: Purpose, phone: str, language: str | None, call: Call) -> Verification:
        """Send a code to a phone, known or not; raises PhoneInvalid, and Unavailable if the provider takes none."""
        id_ = call.new_id("ver")
        code = self._draw(call)
        number = phones.dialable(phone)
        verification = Verification(
            id=id_,
            purpose=purpose,
            phone=number,
            language=language or policy.language_for(phones.country(number)),
            code_hash=self._hash(id_, purpose, code),
            status=Status.SENT,
            started_at=call.now,
            resend_after=policy.resend_after(call.now),
            sends=1,
            attempts=0,
            expires_at=call.now + policy.LIFE,
        )
        verification, records = _told(verification, events.VerificationStarted(id_, purpose), call)
        self.store.add(verification, records, call.stamp(verification))
        self._send(verification, code)
        return verification

    def resend(self, id_: str, call: Call) -> Verification:
        """Send a fresh code for a verification; the one before is worth nothing from now on, tries stay counted.

        Raises TooManyCodes within a minute of the last one and after the third.
        """
        found = self._open(self.store.get(id_), call.now)
        wait = (found.resend_after - call.now).total_seconds()
        if wait > 0 or found.sends >= policy.SENDS:
            left = wait if wait > 0 else (found.expires_at - call.now).total_seconds()
            raise TooManyCodes(retry_after=max(1, int(left + 0.999)))
        code = self._draw(call)
        again = replace(
            found,
            code_hash=self._hash(id_, found.purpose, code),
            resend_after=policy.resend_after(call.now),
            sends=found.sends + 1,
            expires_at=call.now + policy.LIFE,
        )
        again, records = _told(again, events.VerificationResent(id_, again.sends), call)
        self.store.save(again, records, call.stamp(again))
        self._send(again, code)
        return again

    def check(self, id_: str, code: str, call: Call) -> Verification:
        """Compare a code; the try is counted first, so that a thousand guesses at once are five.

        Raises CodeWrong with what is left, CodeExpired, CodeUsed, TooManyAttempts or NotFound.
        """
        counted = self.store.count_attempt(id_, policy.ATTEMPTS, call.now)
        if counted is None:
            self._open(self.store.get(id_), call.now)
            raise TooManyAttempts(retry_after=int(policy.LIFE.total_seconds()))
        if not hmac.compare_digest(self._hash(id_, counted.purpose, code), counted.code_hash):
            raise CodeWrong(remaining=policy.ATTEMPTS - counted.attempts)
        approved = replace(counted, status=Status.APPROVED, expires_at=call.now + policy.GRANT_LIFE)
        happened = events.VerificationApproved(id_, counted.purpose, counted.attempts)
        approved, records = _told(approved, happened, call)
        try:
            self.store.save(approved, records, call.stamp(approved))
        except Changed as used:
            raise CodeUsed from used
        return approved

    def grant(self, token: str) -> Verification | None:
        """Give the verification a grant was made for, or None if the grant is none of ours or not approved."""
        id_ = self.keys.opened("grant", token)
        found = self.store.get(id_) if id_ else None
        return found if found and found.status is Status.APPROVED else None

    def _open(self, found: Verification | None, now: datetime) -> Verification:
        if found is None:
            raise NotFound
        if found.status is Status.APPROVED:
            raise CodeUsed
        if found.expires_at <= now:
            raise CodeExpired
        return found

    def _draw(self, call: Call) -> str:
        while (code := policy.draw(call.entropy(4))) is None:
            continue
        return code

    def _hash(self, id_: str, purpose: Purpose, code: str) -> str:
        return self.keys.digest("code", id_, purpose, code)

    def _send(self, verification: Verification, code: str) -> None:
        template = f"code_{verification.purpose}"
        body = self.wording.words(template, verification.language, {"code": code})
        self.texting.text(f"{verification.id}_{verification.sends}", verification.phone, body, template)


def _told(verification: Verification, happened: Event, call: Call) -> tuple[Verification, list]:  # type: ignore[type-arg]
    link = verification.link if verification.link.seq else Link()
    records = chained(verification.id, link, [happened], call)
    return replace(verification, link=end(records, link)), records
