"""Harmless stand-ins for what lies outside: they remember what they were asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chalicelib.kernel.errors import NotSignedIn, Unavailable


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


DEAD = "-dead"


@dataclass
class FakeOutlet:
    """Queues that keep what was sent, with its delay, and what is dead."""

    sent: list[tuple[str, dict[str, Any], int]] = field(default_factory=list)
    dead: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def send(self, queue: str, messages: Sequence[Mapping[str, Any]], delays: Sequence[int] = ()) -> None:
        for number, message in enumerate(messages):
            if queue.endswith(DEAD):
                self.dead.append((queue.removesuffix(DEAD), dict(message)))
            else:
                self.sent.append((queue, dict(message), delays[number] if delays else 0))

    def depth(self, queue: str) -> dict[str, int]:
        waiting = sum(1 for name, _, delay in self.sent if name == queue and delay <= 0)
        return {"waiting": waiting, "in_flight": 0, "dead": sum(1 for name, _ in self.dead if name == queue)}

    def bring_back(self, queue: str, most: int) -> tuple[int, int]:
        back = [letter for letter in self.dead if letter[0] == queue][:most]
        for letter in back:
            self.dead.remove(letter)
            self.sent.append((*letter, 0))
        return len(back), self.depth(queue)["dead"]
