"""Words by which a customer knows that it is really us: given by staff, for one phone; asked about by whoever has one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.kernel import access
from chalicelib.kernel import phone as phones
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Link, Record, chained, end
from chalicelib.kernel.limits import Bucket
from chalicelib.kernel.tokens import Keys

from .. import events, policy
from ..model import Channel, Checked, Outcome, TooManyChecks, Word
from ..ports import Counted, Reports
from .reporting import TRIES, marked


@dataclass(frozen=True)
class Words:
    """A word follows from its id and a key, and stands nowhere; without the phone it was given for it is worth nothing."""

    store: Reports
    keys: Keys

    def text_of(self, id_: str) -> str:
        """Spell the word of an id, the same each time."""
        return policy.spelled(self.keys.digest("word", id_))

    def issue(self, channel: Channel, phone: str, call: Call) -> Word:
        """Give a word for a phone; raises PhoneInvalid, Changed."""
        access.require(call.actor, Act.WORD_ISSUE)
        number = phones.dialable(phone)
        for _ in range(TRIES):
            id_ = call.new_id("wrd")
            word = Word(
                id=id_,
                mark=self._mark(self.text_of(id_)),
                phone=self._hidden("word-phone", number),
                channel=channel,
                staff=call.actor.id,
                unit=call.actor.unit,
                issued_at=call.now,
                expires_at=call.now + policy.LIVES[channel],
            )
            records = chained(id_, Link(), [events.WordIssued(id_, channel, word.unit, word.expires_at)], call)
            word = replace(word, link=end(records, Link()))
            try:
                self.store.issue(word, records, call.stamp(word))
            except Changed:
                continue  # one in thirty thousand million reads alike
            return word
        raise Changed

    def check(self, said: str, phone: str, number: str, call: Call) -> Checked:
        """Tell what a word is worth for a phone, and whether the number that used it, if told, was reported.

        Raises PhoneInvalid, TooManyChecks.
        """
        text = policy.read(said)
        hidden = self._hidden("word-phone", phones.dialable(phone))
        number = marked(self.keys, phones.dialable(number)) if number else ""
        asked = {"address": call.address, "device": call.device, "asked-phone": hidden}
        names = [self._hidden(f"word-{kind}", value) for kind, value in asked.items() if value]
        for _ in range(TRIES):
            word, until, buckets = self.store.standing(self._mark(text) if text else "", number, names)
            outcome = policy.judged(word, hidden, call.now) if text else Outcome.MISTYPED
            counted = self._counted(buckets, names[-1], call)
            checked = Checked(outcome, word, reported=until is not None and call.now < until)
            records: Sequence[Record] = ()
            if word:
                records = chained(word.id, word.link, [events.WordChecked(word.id, outcome)], call)
                word = replace(word, link=end([*records], word.link))
            try:
                self.store.checked(word, counted, records, call.stamp(checked), call.now)
            except Changed:
                continue
            return checked
        raise TooManyChecks(retry_after=1)

    def _counted(self, buckets: Sequence[Bucket], of_phone: str, call: Call) -> Counted:
        """Count it everywhere, unless there were too many somewhere."""
        limits = {one.key: policy.BY_PHONE if one.key == of_phone else policy.BY_ADDRESS for one in buckets}
        if (longest := max(one.wait(limits[one.key], call.now) for one in buckets)) > 0:
            raise TooManyChecks(retry_after=longest)
        return [(one, one.taken(limits[one.key], call.now, limits[one.key].within)) for one in buckets]

    def _mark(self, text: str) -> str:
        return self.keys.mark("word-mark", text)

    def _hidden(self, kind: str, value: str) -> str:
        return self.keys.mark("limit", kind, value)
