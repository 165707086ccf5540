"""Checking a code, and what a right one is worth."""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel import phone as phones
from chalicelib.kernel.assurance import GRANT_LIFE
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Event, Link, Record, chained, end
from chalicelib.kernel.tokens import Keys

from .. import events, policy
from ..model import (
    HANDLE,
    CodeExpired,
    CodeUsed,
    CodeWrong,
    Status,
    TooManyAttempts,
    Transaction,
    Verification,
    grant_for,
)
from ..ports import Verifications
from .gate import Gate


@dataclass(frozen=True)
class Checking:
    """Compares codes. Whoever did not start a verification does not know its handle, and cannot use up its tries."""

    store: Verifications
    keys: Keys
    gate: Gate

    def check(self, handle: str, code: str, transaction: Transaction | None, call: Call) -> Verification:
        """Compare a code; the try is counted first, so that a thousand guesses at once are five.

        A code for another transaction is a wrong one. Raises CodeWrong with what is left, CodeExpired, CodeUsed,
        TooManyAttempts or NotFound.
        """
        id_ = self.opened(handle)
        counted = self.store.count_attempt(id_, policy.ATTEMPTS, call.now)
        if counted is None:
            self.open(self.store.get(id_), call.now)
            raise TooManyAttempts(retry_after=int(policy.LIFE.total_seconds()), remaining=0)
        if not hmac.compare_digest(self.hashed(counted, code, transaction), counted.code_hash):
            raise CodeWrong(remaining=policy.ATTEMPTS - counted.attempts)
        approved = replace(counted, status=Status.APPROVED, expires_at=call.now + GRANT_LIFE, due_at=None)
        about = transaction.digest if transaction else None
        happened = events.VerificationApproved(id_, counted.purpose, counted.attempts, about)
        approved, records = told(approved, happened, call)
        try:
            self._approve(approved, records, call)
        except Changed as used:
            raise CodeUsed from used
        return approved

    def grant(self, token: str, purpose: str) -> Verification | None:
        """Give the verification a grant was made for, or None if it is none of ours, or for another purpose.

        Spending it is up to whoever takes it, in the transaction of what it opens.
        """
        id_ = self.keys.opened(grant_for(purpose), token)
        found = self.store.get(id_) if id_ else None
        return found if found and found.status is Status.APPROVED else None

    def opened(self, handle: str) -> str:
        """Give the id behind what whoever started a verification was told; raises NotFound, without asking the table."""
        id_ = self.keys.handled(HANDLE, handle)
        if id_ is None:
            raise NotFound
        return id_

    def open(self, found: Verification | None, now: datetime) -> Verification:
        """Give a verification whose code may still be typed; raises NotFound, CodeUsed or CodeExpired."""
        if found is None or found.status is Status.UNSENT:
            raise NotFound
        if found.status is Status.APPROVED:
            raise CodeUsed
        if found.expires_at <= now:
            raise CodeExpired
        return found

    def hashed(self, about: Verification, code: str, transaction: Transaction | None) -> str:
        """Hash a code with a key; it fits this verification, purpose, phone and transaction, and nothing else."""
        bound = transaction.digest if transaction else ""
        return self.keys.digest("code", about.id, about.purpose, about.phone, bound, code)

    def _approve(self, approved: Verification, records: list[Record], call: Call) -> None:
        stamp = call.stamp(approved)
        if approved.fixed:
            self.store.save(approved, records, stamp, None)
            return
        asked = self.gate.asked(phones.read(approved.phone), approved.source, 1, call.now)
        self.store.approve(approved, records, stamp, asked)


def told(verification: Verification, happened: Event, call: Call) -> tuple[Verification, list[Record]]:
    """Give a verification with the record of what happened at the end of its chain."""
    link = verification.link if verification.link.seq else Link()
    records = chained(verification.id, link, [happened], call)
    return replace(verification, link=end(records, link)), records
