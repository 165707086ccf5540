"""Sending: claim by a conditional write, send, confirm; each step can be the last before a crash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, Unavailable
from chalicelib.kernel.events import Event, chained, end

from .. import events, policy
from ..model import Mailbox, Status, Text, text_id
from ..ports import Contacts, Links, Mailboxes, MailProvider, Owed, Reached, SmsProvider, Tally, Texts, Wording
from .holding import Holding, fresh


class NobodyThere(Unavailable):
    """There is nobody to tell: the institution has not said who fills the level."""

    code = "nobody_there"


@dataclass(frozen=True)
class Sending:
    """Texts on their way out."""

    texts: Texts
    tally: Tally
    contacts: Contacts
    sms: SmsProvider
    mail: MailProvider
    wording: Wording
    links: Links
    owed: Owed
    mailboxes: Mailboxes
    holding: Holding

    def tell(self, about: str, words: Sequence[Mapping[str, Any]], call: Call) -> str:
        """Send each word to everybody it is for; a word that was sent is not sent again, nor one that is owed no longer.

        Raises NobodyThere if a word has nobody to go to.
        """
        outcomes = []
        for word in words:
            people = self._people(about, word)
            if not people:
                raise NobodyThere
            known = [self.texts.text(text_id(about, word["key"], person.ref)) for person in people]
            begins = fresh(known)
            if begins and not self.owed.owes(about, word["key"]):
                outcomes.append("stale")
                continue
            texts = [
                (_text(about, word, person, call.now), before) for person, before in zip(people, known, strict=True)
            ]
            bar = self.holding.bar(about, word, people, call) if begins else None
            if bar is None:
                outcomes += [self._tell(text, before, word, call) for text, before in texts]
            else:
                outcomes += [self.holding.hold(text, before, bar, call) for text, before in texts]
        return "+".join(sorted(set(outcomes))) or "nothing"

    def resume(self, id_: str, call: Call) -> str:
        """Take up a text whose worker has not come back, or whose provider was away."""
        text = self.texts.text(id_)
        if text is None or text.status is not Status.SENDING:
            return "settled"
        if text.claimed_until > call.now:
            return "busy"
        bar = self.holding.bar(text.about, text.word, self._people(text.about, text.word), call)
        if bar is not None:
            return self.holding.wait(text, bar, call)
        tries = text.tries + 1
        claimed = replace(
            text, tries=tries, claimed_until=call.now + policy.CLAIM, due_at=policy.try_again_at(call.now, tries)
        )
        if tries > policy.TRIES:
            return self._settle(text, Status.FAILED, "", call)
        try:
            self.texts.save([claimed], [])
        except Changed:
            return "busy"
        return self._send(replace(claimed, version=claimed.version + 1), call)

    def _tell(self, text: Text, known: Text | None, word: Mapping[str, Any], call: Call) -> str:
        """Begin a text that nobody has begun, or go on with one that somebody has."""
        begun = self.holding.kept(text, known, _started(text), call) if fresh([known]) else None
        return self._again(text.id, word, call) if begun is None else self._send(begun, call)

    def _again(self, id_: str, word: Mapping[str, Any], call: Call) -> str:
        """The word is known. Whoever asks a second time has not heard of it: say it again, send nothing twice."""
        text = self.texts.text(id_)
        if text is None or word["tries"] <= 1:
            return self.resume(id_, call)
        records = chained(text.id, text.link, [_started(text)], call)
        self.texts.save([replace(text, link=end(records, text.link))], records)
        return self.resume(id_, call)

    def _send(self, text: Text, call: Call) -> str:
        person = next((who for who in self._people(text.about, text.word) if who.ref == text.ref), None)
        if person is None:
            return self._settle(text, Status.FAILED, "", call)
        facts = {**text.word["facts"], "number": text.word["number"], "link": self._link(text)}
        language = person.language or text.word["language"]
        body = self.wording.words(text.template, language, facts)
        try:
            if text.way == "sms":
                provider_id = self.sms.text(text.id, person.address, body, text.template)
            else:
                subject = self.wording.subject(text.template, language, facts)
                provider_id = self.mail.mail(text.id, person.address, subject, body, text.template)
        except Unavailable:
            # The claim runs out and the sweep comes back: no message has to be kept waiting for a provider.
            return "provider_away"
        outcome = self._settle(text, Status.SENT, provider_id, call)
        if text.way == "sms":
            self.tally.count("sent", call.now)
        return outcome

    def _settle(self, text: Text, status: Status, provider_id: str, call: Call) -> str:
        moved = text.moved(status)
        if moved is None:
            return "settled"
        happened: Event = events.TextSent(text.id, text.about, text.key, call.now)
        if status is Status.FAILED:
            happened = events.TextFailed(text.id, text.about, text.key, call.now)
        records = chained(text.id, text.link, [happened], call)
        try:
            self.texts.save([replace(moved, provider_id=provider_id, link=end(records, text.link))], records)
        except Changed:
            # A receipt was quicker than we: it knows better.
            return "overtaken"
        return status.value

    def _people(self, about: str, word: Mapping[str, Any]) -> Sequence[Reached]:
        """Give whom to tell; a customer by mail too, where they left an address for what it is about."""
        people = self.contacts.contacts(word["to"], word["unit"], word["owner"], word["customer"])
        mail = self.mailboxes.mailbox(about) if word["to"] == "customer" else ""
        further = [Mailbox(f"{person.ref}/mail", mail, person.language) for person in people if mail]
        return [*people, *further]

    def _link(self, text: Text) -> str:
        return self.links.link(text.about, text.word["facts"]) if text.to == "customer" else ""


def _text(about: str, word: Mapping[str, Any], person: Reached, now: datetime) -> Text:
    """Make the text of a word to somebody, claimed by who makes it."""
    return Text(
        id=text_id(about, word["key"], person.ref),
        about=about,
        key=word["key"],
        template=word["template"],
        way=person.way,
        ref=person.ref,
        to=word["to"],
        word=word,
        status=Status.SENDING,
        asked_at=now,
        claimed_until=now + policy.CLAIM,
        due_at=policy.try_again_at(now, 1),
    )


def _started(text: Text) -> events.TextStarted:
    return events.TextStarted(text.id, text.about, text.key, text.template, text.to, text.ref)
