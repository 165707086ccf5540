"""Sending a code, and sending another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NoReturn

from chalicelib.kernel import phone as phones
from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Event, Record
from chalicelib.kernel.phone import Number

from .. import events, policy
from ..model import (
    OTHER_WAYS,
    Attempt,
    Channel,
    NumberUnsuitable,
    Purpose,
    Status,
    Toll,
    TooManyCodes,
    Transaction,
    Verification,
)
from ..ports import Texting, Wording
from .checking import Checking, told

TRIES = 3
Keep = Callable[[Verification, Sequence[Record], Stamp | None, Toll | None], None]


@dataclass(frozen=True)
class Codes(Checking):
    """One-time codes by SMS; `test_numbers` have a fixed code each, and nothing is sent to them."""

    texting: Texting
    wording: Wording
    test_numbers: Mapping[str, str] = field(default_factory=dict)

    def start(
        self, purpose: Purpose, phone: str, language: str | None, transaction: Transaction | None, call: Call
    ) -> Verification:
        """Send a code to a phone, known or not.

        Raises PhoneInvalid, NumberUnsuitable, DestinationClosed, TooManyCodes, SmsUnavailable, and Unavailable if the
        provider takes no text.
        """
        number, fixed = self._number(phone)
        first = Verification(
            id=call.new_id("ver"),
            purpose=purpose,
            phone=number.e164,
            language=language or policy.language_for(number.region),
            code_hash="",
            status=Status.SENT,
            started_at=call.now,
            resend_after=policy.resend_after(call.now, 1),
            sent=(Attempt(Channel.SMS, call.now),),
            attempts=0,
            expires_at=call.now + policy.LIFE,
            transaction=transaction,
            source=self.gate.source(call),
            fixed=fixed,
        )
        return self._coded(first, events.VerificationStarted(first.id, purpose), number, self.store.add, call)

    def resend(self, handle: str, call: Call) -> Verification:
        """Send a fresh code for a verification; the one before is worth nothing from now on, tries stay counted.

        Raises TooManyCodes within its gap, after the third, and where a first one would; and what `start` raises.
        """
        found = self.open(self.store.get(self.opened(handle)), call.now)
        wait = (found.resend_after - call.now).total_seconds()
        if wait > 0 or found.sends >= policy.SENDS:
            left = wait if wait > 0 else (found.expires_at - call.now).total_seconds()
            _too_many(max(1, int(left + 0.999)))
        again = replace(
            found,
            resend_after=policy.resend_after(call.now, found.sends + 1),
            sent=(*found.sent, Attempt(Channel.SMS, call.now)),
            expires_at=call.now + policy.LIFE,
        )
        number, _ = self._number(found.phone)
        happened = events.VerificationResent(found.id, again.sends)
        return self._coded(again, happened, number, self.store.save, call)

    def _number(self, phone: str) -> tuple[Number, bool]:
        if phone in self.test_numbers:
            return Number(phone, "", "", textable=True), True
        number = phones.read(phone)
        if not number.textable:
            raise NumberUnsuitable(alternatives=list(OTHER_WAYS))
        return number, False

    def _coded(self, sent: Verification, happened: Event, number: Number, keep: Keep, call: Call) -> Verification:
        """Give a verification a code of its own: let the text pass the gate, keep both, and only then send it."""
        code = self.test_numbers[number.e164] if sent.fixed else _draw(call)
        sent = replace(sent, code_hash=self.hashed(sent, code, sent.transaction))
        sent, records = told(sent, happened, call)
        if sent.fixed:
            keep(sent, records, call.stamp(sent), None)
            return sent
        template = f"code_{sent.purpose}{'_transaction' if sent.transaction else ''}"
        body = self.wording.words(template, sent.language, policy.facts(code, sent.transaction, sent.language))
        asked = self.gate.asked(number, self.gate.source(call), policy.parts(body), call.now)
        self._kept(sent, lambda: keep(sent, records, call.stamp(sent), self.gate.toll(asked, call)))
        self.texting.text(f"{sent.id}_{sent.sends}", sent.phone, body, template)
        return sent

    def _kept(self, verification: Verification, keep: Callable[[], None]) -> None:
        """Keep it; what it is counted in may have moved meanwhile, and is read again then."""
        for _ in range(TRIES):
            try:
                keep()
            except Changed:
                self._unchanged(verification)
            else:
                return
        _too_many(1)

    def _unchanged(self, verification: Verification) -> None:
        """Raise Changed if it is the verification itself that has moved: then the code is not worth sending."""
        found = self.store.get(verification.id)
        if found is not None and (found.version, found.attempts) != (verification.version, verification.attempts):
            raise Changed


def _draw(call: Call) -> str:
    while (code := policy.draw(call.entropy(4))) is None:
        continue
    return code


def _too_many(seconds: int) -> NoReturn:
    raise TooManyCodes(retry_after=seconds, remaining=0, alternatives=list(OTHER_WAYS))
