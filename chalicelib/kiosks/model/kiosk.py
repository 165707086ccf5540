"""A kiosk: a device in a branch, what it may offer, and how it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from chalicelib.kernel.errors import Forbidden, NotAllowedNow
from chalicelib.kernel.events import Link
from chalicelib.kernel.ids import number_of

from .sessions import Open
from .words import Notice

DUE_SHARDS = 1
# What a device is told to keep to: how often it is to be heard of, and how long a customer may stand idle.
HEARTBEAT_EVERY = timedelta(seconds=60)
VISIT_IDLE = timedelta(minutes=2)


class KioskDisabled(Forbidden):
    """The kiosk is known, and may do nothing: it was disabled or retired, or has to be enrolled anew."""

    code = "kiosk_disabled"


class State(StrEnum):
    """Where a kiosk is; `retired` is the end."""

    REGISTERED = "registered"
    ACTIVE = "active"
    DISABLED = "disabled"
    RETIRED = "retired"


NEXT: dict[State, set[State]] = {
    State.REGISTERED: {State.ACTIVE, State.RETIRED},
    State.ACTIVE: {State.ACTIVE, State.DISABLED, State.RETIRED},
    # One that was opened by force has no key any more, and has to be enrolled anew.
    State.DISABLED: {State.ACTIVE, State.REGISTERED, State.RETIRED},
    State.RETIRED: set(),
}


class Paper(StrEnum):
    """How much paper its printer has."""

    OK = "ok"
    LOW = "low"
    OUT = "out"


@dataclass(frozen=True)
class Pulse:
    """What a kiosk says of itself; `offline_since` if it had no network until just now."""

    software: str
    paper: Paper | None = None
    tamper: bool = False
    offline_since: datetime | None = None


@dataclass(frozen=True)
class Kiosk:
    """`key` is its public key as a JWK, `enrolment` the id of the code that may be typed, `open` its sessions in force.

    `silent_since` is when it was last heard of, once that is too long ago; `notices` are words its lead is still owed.
    """

    id: str
    unit: str
    branch: str
    name: str
    services: frozenset[str]
    state: State = State.REGISTERED
    key: Mapping[str, str] | None = None
    thumbprint: str = ""
    enrolment: str = ""
    software: str = ""
    paper: Paper | None = None
    heard_at: datetime | None = None
    enrolled_at: datetime | None = None
    offline_since: datetime | None = None
    silent_since: datetime | None = None
    open: tuple[Open, ...] = ()
    notices: tuple[Notice, ...] = ()
    due_at: datetime | None = None
    version: int = 1
    link: Link = Link()

    @property
    def number(self) -> str:
        """What people call it."""
        return number_of(self.id, "K")

    @property
    def enrols(self) -> bool:
        """A code is no way around being disabled."""
        return self.state in (State.REGISTERED, State.ACTIVE)

    def moved(self, to: State) -> "Kiosk":
        """Give it in another state; raises NotAllowedNow where the table does not allow that."""
        if to not in NEXT[self.state]:
            raise NotAllowedNow(state=self.state.value, allowed=sorted(NEXT[self.state]))
        return replace(self, state=to)

    def visit(self, now: datetime) -> Open | None:
        """Give the session of the customer in front of it, as far as the kiosk knows."""
        return next((one for one in self.open if one.customer and one.until > now), None)

    def closed(self, now: datetime, which: Callable[[Open], bool] = lambda _: True) -> tuple["Kiosk", tuple[Open, ...]]:
        """Give it without some sessions, and those of them that were in force; what has expired is forgotten too."""
        running = tuple(one for one in self.open if one.until > now)
        ended = tuple(one for one in running if which(one))
        return replace(self, open=tuple(one for one in running if one not in ended)), ended

    def owing(self, notice: Notice) -> "Kiosk":
        """Give it owing its lead a word; one key is owed once."""
        return replace(self, notices=(*(n for n in self.notices if n.key != notice.key), notice))

    def told(self, key: str) -> "Kiosk":
        """Give it no longer owing that word."""
        return replace(self, notices=tuple(notice for notice in self.notices if notice.key != key))

    def word(self, notice: Notice) -> dict[str, Any]:
        """Write a notice as an event carries it."""
        return {
            "key": notice.key,
            "template": notice.template,
            "to": "lead",
            "tries": notice.tries,
            "number": self.number,
            "unit": self.unit,
            "owner": "",
            "customer": "",
            "language": "",
            "facts": {"branch": self.branch, **notice.facts},
        }
