"""One call of a use case: who, when, through which door, and what to answer if the same call comes again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from . import clock, ids
from .actors import Actor
from .errors import Outdated


@dataclass(frozen=True)
class Once:
    """The caller's idempotency key: `key` is bound to caller and route and hashed; `fingerprint` is that of the body."""

    key: str
    fingerprint: str


@dataclass(frozen=True)
class Reply:
    """An answer that can be given again; `body` is a JSON object as text.

    `secrets` names the fields of the answer that are tokens: `{field: (purpose, id)}`. The body is without them; their
    values are not stored, but made anew from the purpose and the id.
    """

    status: int
    body: str
    secrets: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Stamp:
    """What the transaction writes beside the state, so that the same call again gets the same answer."""

    once: Once
    reply: Reply
    at: datetime


class Replayed(Exception):
    """This very call was carried out before; `reply` is what was answered then."""

    def __init__(self, reply: Reply) -> None:
        super().__init__("replayed")
        self.reply = reply


@dataclass(frozen=True)
class Call:
    """The circumstances of one use case; `now` is aware UTC, `entropy(n)` gives n random bytes.

    `address` is the network the call came from and `device` what the app calls its device, both empty if nobody says:
    for counting only, and never kept but as keyed hashes.
    """

    actor: Actor
    now: datetime
    request_id: str
    door: str
    entropy: ids.Entropy = ids.system_entropy
    once: Once | None = None
    if_match: int | None = None
    answer: Callable[[Any], Reply] | None = None
    address: str = field(default="", repr=False)
    device: str = field(default="", repr=False)

    def answering(self, answer: Callable[[Any], Reply]) -> "Call":
        """Give the same call, knowing how its result will be told."""
        return replace(self, answer=answer)

    def new_id(self, prefix: str) -> str:
        """Make a fresh id."""
        return ids.new_id(prefix, self.now, self.entropy(10))

    def telling(self, make: Callable[[Any], Any]) -> "Call":
        """Give the same call, answered with what `make` makes of what is written."""
        answer = self.answer
        return self if answer is None else replace(self, answer=lambda written: answer(make(written)))

    def stamp(self, result: Any) -> Stamp | None:
        """Give what to write for a repeat of this call; None if the caller sent no key."""
        if self.once is None or self.answer is None:
            return None
        return Stamp(self.once, self.answer(result), self.now)

    def expect(self, version: int) -> None:
        """Raise Outdated if the caller saw another version than this one."""
        if self.if_match is not None and self.if_match != version:
            raise Outdated(version=version)


def internal(actor: Actor, door: str, request_id: str) -> Call:
    """Make the call of a job or schedule, now."""
    return Call(actor=actor, now=clock.now(), request_id=request_id, door=door)
