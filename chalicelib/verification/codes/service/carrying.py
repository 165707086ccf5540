"""Taking a code to its phone: by the first way that takes it, and by the next where that one did not arrive."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from chalicelib.kernel import phone as phones
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, Unavailable
from chalicelib.kernel.phone import Number

from .. import events, policy
from ..model import OTHER_WAYS, Asked, Because, Channel, Reach, TooManyCodes, Verification, Way
from ..ports import Texting, Wording
from .checking import Checking, told

TRIES = 3


class NoWayLeft(Unavailable):
    """No provider takes the code, or it has gone all the ways it may go."""


@dataclass(frozen=True)
class Carrying(Checking):
    """Knows each way by its name, and the words of a code by each."""

    ways: Mapping[str, Texting]
    wording: Wording

    def code_of(self, about: Verification) -> str:
        """Give the code that follows from a verification's seed; it is kept nowhere, and each way carries the same."""
        key = "code-of-a-seed"
        return policy.derived(lambda n: bytes.fromhex(self.keys.digest(key, about.id, about.seed, str(n))))

    def worded(self, about: Verification, channel: Channel) -> tuple[str, str]:
        """Give the template of a code and its words."""
        template = policy.template_for(about.purpose, channel, about.transaction)
        code = self.code_of(about)
        said = policy.spoken(code) if channel is Channel.VOICE else code
        facts = policy.facts(said, about.transaction, about.language)
        return template, self.wording.words(template, about.language, facts)

    def carry(self, sent: Verification, reach: Reach, call: Call) -> Verification:
        """Hand the newest text over; where its provider is away, go the next way. Raises NoWayLeft if there is none."""
        while not self._taken(sent):
            sent = self.another(sent, reach, Because.AWAY, call)
        return sent

    def another(self, sent: Verification, reach: Reach, because: Because, call: Call) -> Verification:
        """Keep that the same code goes the next way, before it does; nothing is sent yet.

        A text that nobody took goes another way as it is, and a call is paid; everything else is one more, and counts.
        Raises NoWayLeft, Changed, and what the gate raises.
        """
        number = phones.read(sent.phone)
        last = sent.sent[-1]
        way = policy.next_way(reach.order(number.dial), last.way)
        if way is None:
            raise NoWayLeft(provider="sms")
        same = because is Because.AWAY
        if not same and sent.sends >= policy.SENDS:
            raise NoWayLeft(provider="sms")
        again = sent if same else policy.more(sent, call.now)
        again = policy.underway(again, way, reach, number.dial, call.now)
        happened = events.VerificationRerouted(again.id, again.sends, way.name, because, again.due_at)
        again, records = told(again, happened, call)

        def keep() -> None:
            paid = same and way.channel is last.channel
            asked = self.asked(again, number, way, call)
            toll = None if paid else self.gate.passed(asked, call, counted=same)[0]
            self.store.save(again, records, None, toll)

        self.kept(again, keep)
        return replace(again, version=again.version + 1)

    def asked(self, about: Verification, number: Number, way: Way, call: Call) -> Asked:
        """Say what has to be counted for a verification's text by a way; it is whoever asked for it who is counted."""
        _, body = self.worded(about, way.channel)
        return self.gate.asked(number, about.source, policy.parts(body), call.now, way.channel)

    def kept(self, verification: Verification, keep: Callable[[], None]) -> None:
        """Keep it; what it is counted in may have moved meanwhile, and is read again then."""
        for _ in range(TRIES):
            try:
                keep()
            except Changed:
                self._unchanged(verification)
            else:
                return
        too_many(1)

    def _taken(self, sent: Verification) -> bool:
        attempt = sent.sent[-1]
        template, body = self.worded(sent, attempt.channel)
        carrier = self.ways.get(attempt.way)
        try:
            if carrier is None:
                return False
            carrier.text(sent.text, sent.phone, body, template)
        except Unavailable:
            return False
        return True

    def _unchanged(self, verification: Verification) -> None:
        """Raise Changed if it is the verification itself that has moved: then the code is not worth sending."""
        found = self.store.get(verification.id)
        if found is not None and (found.version, found.attempts) != (verification.version, verification.attempts):
            raise Changed


def too_many(seconds: int) -> NoReturn:
    """Refuse one more, for so long."""
    raise TooManyCodes(retry_after=seconds, remaining=0, alternatives=list(OTHER_WAYS))
