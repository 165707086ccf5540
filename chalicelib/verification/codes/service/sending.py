"""Sending a code, and sending another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chalicelib.kernel import phone as phones
from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.errors import Changed, Refusal, Unavailable
from chalicelib.kernel.events import Event, Record
from chalicelib.kernel.phone import Number
from chalicelib.kernel.risk import Use

from .. import events, policy
from ..model import (
    OTHER_WAYS,
    Asked,
    Attempt,
    Channel,
    NumberUnsuitable,
    NumberUntrusted,
    Purpose,
    Reach,
    Status,
    Toll,
    Transaction,
    Verification,
)
from ..ports import Trust
from .carrying import TRIES, Carrying, too_many
from .checking import told

_SEED = 16  # bytes that nobody can guess
Keep = Callable[[Verification, Sequence[Record], Stamp | None, Toll | None], None]


@dataclass(frozen=True)
class Codes(Carrying):
    """One-time codes; `test_numbers` have a fixed code each, and nothing is sent to them."""

    trust: Trust
    test_numbers: Mapping[str, str] = field(default_factory=dict)

    def start(
        self, purpose: Purpose, phone: str, language: str | None, transaction: Transaction | None, call: Call
    ) -> Verification:
        """Send a code to a phone, known or not.

        Raises PhoneInvalid, NumberUnsuitable, NumberUntrusted, DestinationClosed, TooManyCodes, SmsUnavailable, and
        Unavailable if no provider takes it; the same call may then come again.
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
        return self._coded(first, None, number, call)

    def resend(self, handle: str, call: Call) -> Verification:
        """Send a fresh code for a verification; the one before is worth nothing from now on, tries stay counted.

        Raises TooManyCodes within its gap, after the third, and where a first one would; and what `start` raises.
        """
        found = self.open(self.store.get(self.opened(handle)), call.now)
        wait = (found.resend_after - call.now).total_seconds()
        if wait > 0 or found.sends >= policy.SENDS:
            left = wait if wait > 0 else (found.expires_at - call.now).total_seconds()
            too_many(max(1, int(left + 0.999)))
        again = replace(policy.more(found, call.now), expires_at=call.now + policy.LIFE)
        number, _ = self._number(found.phone)
        return self._coded(again, found, number, call)

    def _number(self, phone: str) -> tuple[Number, bool]:
        if phone in self.test_numbers:
            return Number(phone, "", "", textable=True), True
        number = phones.read(phone)
        if not number.textable:
            raise NumberUnsuitable(alternatives=list(OTHER_WAYS))
        return number, False

    def _coded(self, sent: Verification, before: Verification | None, number: Number, call: Call) -> Verification:
        """Give a verification a code of its own: let the text pass the gate, keep both, and only then send it."""
        sent = replace(sent, seed=call.entropy(_SEED).hex())
        code = self.test_numbers[number.e164] if sent.fixed else self.code_of(sent)
        sent = replace(sent, code_hash=self.hashed(sent, code, sent.transaction))
        keep = self.store.save if before else self.store.add
        if sent.fixed:
            sent, records = told(sent, _happened(sent), call)
            keep(sent, records, call.stamp(sent), None)
            return sent
        _, body = self.worded(sent, Channel.SMS)
        asked = self.gate.asked(number, self.gate.source(call), policy.parts(body), call.now)
        self._trusted(sent, asked, call)
        kept, reach = self._passed(sent, asked, keep, call)
        try:
            return self.carry(replace(kept, version=kept.version + bool(before)), reach, call)
        except Refusal as refused:
            self._unsent(kept.id, before, asked, call)
            raise Unavailable(provider="sms") from refused

    def _trusted(self, sent: Verification, asked: Asked, call: Call) -> None:
        """Raise NumberUntrusted where the institution's table wants another way for what this code is for.

        Nobody makes us pay for a question about a number to which no code would go.
        """
        use = Use.PAYMENT if sent.transaction else Use(sent.purpose)
        if self.trust.asks(use, call):
            self.gate.passed(asked, call)
        if not self.trust.judged(use, sent.phone, call).allowed:
            raise NumberUntrusted(alternatives=list(OTHER_WAYS))

    def _passed(self, sent: Verification, asked: Asked, keep: Keep, call: Call) -> tuple[Verification, Reach]:
        """Keep it with what it is counted in, on the way it goes first."""
        passed: list[tuple[Verification, Reach]] = []

        def once() -> None:
            toll, reach = self.gate.passed(asked, call)
            way = policy.first_way(reach.order(asked.dial), sent.sent[:-1])
            going = policy.underway(sent, way, reach, asked.dial, call.now)
            going, records = told(going, _happened(going), call)
            keep(going, records, call.stamp(going), toll)
            passed.append((going, reach))

        self.kept(sent, once)
        return passed[-1]

    def _unsent(self, id_: str, before: Verification | None, asked: Asked, call: Call) -> None:
        """Undo what nobody was sent: the code before it is good again, and the call may come again and be carried out.

        What it was counted in is counted back, unless others keep counting there at the same moment.
        """
        for counting_back in (*[True] * TRIES, False):
            found = self.store.get(id_)
            if found is None or found.status is not Status.SENT:
                return
            gone = replace(found, status=Status.UNSENT, due_at=None)
            if before:
                gone = replace(before, version=found.version, attempts=found.attempts, link=found.link, due_at=None)
            gone, records = told(gone, events.VerificationUnsent(id_, found.sends), call)
            called = found.sent[-1].channel is Channel.VOICE
            refund = self.gate.refund(asked, called, call) if counting_back else None
            try:
                self.store.unsent(gone, records, call.once, refund)
            except Changed:
                continue
            return


def _happened(sent: Verification) -> Event:
    if sent.sends > 1:
        return events.VerificationResent(sent.id, sent.sends, sent.due_at)
    return events.VerificationStarted(sent.id, sent.purpose, sent.due_at)
