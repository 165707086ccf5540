"""Harmless stand-ins for what lies outside: they remember what they were asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from chalicelib.answers.model import Answer, Version
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.errors import Changed, NotSignedIn, Unavailable
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position
from chalicelib.notifications.model import Receipt, Text
from chalicelib.verification.codes.model import Status, Verification


@dataclass(frozen=True)
class Sent:
    """One text or mail as it left."""

    id: str
    to: str
    body: str
    template: str
    subject: str = ""


@dataclass
class FakeProvider:
    """An SMS and mail provider that takes our id as idempotency key; `away` makes it refuse."""

    sent: dict[str, Sent] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    away: bool = False

    def text(self, id_: str, to: str, body: str, template: str) -> str:
        return self._take(Sent(id_, to, body, template))

    def mail(self, id_: str, to: str, subject: str, body: str, template: str) -> str:
        return self._take(Sent(id_, to, body, template, subject))

    def _take(self, sent: Sent) -> str:
        self.asked.append(sent.id)
        if self.away:
            raise Unavailable
        self.sent.setdefault(sent.id, sent)
        return f"provider-{sent.id}"

    def to(self, address: str, template: str = "") -> list[Sent]:
        """List what went to an address, oldest first."""
        return [s for s in self.sent.values() if s.to == address and s.template.startswith(template)]


@dataclass
class FakeIssuer:
    """An OpenID Connect provider whose tokens are the staff ids."""

    def claims(self, id_token: str) -> dict[str, Any]:
        if not id_token.startswith("token-of-"):
            raise NotSignedIn
        return {"sub": id_token.removeprefix("token-of-")}


@dataclass
class FakeOutlet:
    """Queues that keep what was sent, with its delay, and what is dead."""

    sent: list[tuple[str, dict[str, Any], int]] = field(default_factory=list)

    def send(self, queue: str, messages: Sequence[Mapping[str, Any]], delays: Sequence[int] = ()) -> None:
        for number, message in enumerate(messages):
            self.sent.append((queue, dict(message), delays[number] if delays else 0))

    dead: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def depth(self, queue: str) -> dict[str, int]:
        waiting = sum(1 for name, _, _ in self.sent if name == queue)
        return {"waiting": waiting, "in_flight": 0, "dead": sum(1 for name, _ in self.dead if name == queue)}

    def bring_back(self, queue: str, most: int) -> tuple[int, int]:
        back = [letter for letter in self.dead if letter[0] == queue][:most]
        for letter in back:
            self.dead.remove(letter)
            self.sent.append((*letter, 0))
        return len(back), self.depth(queue)["dead"]


@dataclass
class MemoryVerifications:
    """Verifications in memory; promises what the port promises."""

    kept: dict[str, Verification] = field(default_factory=dict)

    def get(self, id_: str) -> Verification | None:
        return self.kept.get(id_)

    def add(self, verification: Verification, records: Sequence[Record], stamp: Stamp | None) -> None:
        if verification.id in self.kept:
            raise Changed
        self.kept[verification.id] = verification

    def save(self, verification: Verification, records: Sequence[Record], stamp: Stamp | None) -> None:
        kept = self.kept[verification.id]
        forgets = verification.status is Status.SENT and kept.attempts != verification.attempts
        if kept.version != verification.version or forgets:
            raise Changed
        self.kept[verification.id] = replace(verification, version=verification.version + 1)

    def count_attempt(self, id_: str, most: int, now: datetime) -> Verification | None:
        found = self.kept.get(id_)
        if found is None or found.attempts >= most or found.status is not Status.SENT or found.expires_at <= now:
            return None
        self.kept[id_] = replace(found, attempts=found.attempts + 1)
        return self.kept[id_]


@dataclass
class MemoryTexts:
    """Texts and receipts in memory; promises what the port promises."""

    kept: dict[str, Text | Receipt] = field(default_factory=dict)

    def text(self, id_: str) -> Text | None:
        found = self.kept.get(id_)
        return found if isinstance(found, Text) else None

    def receipt(self, id_: str) -> Receipt | None:
        found = self.kept.get(id_)
        return found if isinstance(found, Receipt) else None

    def add(self, thing: Text | Receipt, records: Sequence[Record]) -> None:
        if thing.id in self.kept:
            raise Changed
        self.kept[thing.id] = thing

    def save(self, things: Sequence[Text | Receipt], records: Sequence[Record]) -> None:
        if any(thing.id not in self.kept or self.kept[thing.id].version != thing.version for thing in things):
            raise Changed
        self.kept |= {thing.id: replace(thing, version=thing.version + 1) for thing in things}


@dataclass
class MemoryAnswers:
    """Canned answers in memory; promises what the port promises."""

    kept: dict[str, Answer] = field(default_factory=dict)

    def get(self, id_: str) -> Answer | None:
        return self.kept.get(id_)

    def write(self, answer: Answer, records: Sequence[Record], stamp: Stamp | None, new: Version | None = None) -> None:
        before = self.kept.get(answer.id)
        if (before.version if before else 0) != answer.version - 1:
            raise Changed
        known = {one.n: one.wordings for one in before.versions} if before else {}
        known |= {new.n: new.wordings} if new else {}
        versions = tuple(replace(one, wordings=known[one.n]) for one in answer.versions)
        self.kept[answer.id] = replace(answer, versions=versions)

    def remember(self, stamp: Stamp | None) -> None:
        pass

    def library(self, start: Position | None) -> Page[Answer]:
        ids = sorted(id_ for id_ in self.kept if start is None or id_ > start["id"])
        listed = (self.kept[id_] for id_ in ids)
        bare = (replace(it, versions=tuple(replace(one, wordings={}) for one in it.versions)) for it in listed)
        return Page(tuple(bare), None)
