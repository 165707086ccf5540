"""What happened to whoever waits for a time to come free; every step of the order can be told from these."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class WaitlistJoined(Event):
    """Somebody waits for a time on some local days, both included; `support` puts them before others with as few offers."""

    NAME: ClassVar[str] = "waitlist.joined"
    waiting: str
    branch: str
    services: tuple[str, ...]
    first: str
    last: str
    part: str
    channel: str
    support: bool


@dataclass(frozen=True)
class WaitlistOffered(Event):
    """A time is held for them until an instant; `ahead` are those before them in the order, and why it was not theirs.

    `passed` counts them all; at most fifty are named.
    """

    NAME: ClassVar[str] = "waitlist.offered"
    waiting: str
    hold: str
    branch: str
    starts_at: datetime
    until: datetime
    offers: int
    passed: int
    ahead: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class WaitlistPassed(Event):
    """It was their turn, and the time could not be held for them; told once for each reason."""

    NAME: ClassVar[str] = "waitlist.passed"
    waiting: str
    starts_at: datetime
    because: str


@dataclass(frozen=True)
class WaitlistNotTaken(Event):
    """They declined what they were offered (`how`), let it lapse, or the branch could not keep it; it goes to the next."""

    NAME: ClassVar[str] = "waitlist.not_taken"
    waiting: str
    hold: str
    starts_at: datetime
    how: str
    stage: str


@dataclass(frozen=True)
class WaitlistBooked(Event):
    """They took what they were offered."""

    NAME: ClassVar[str] = "waitlist.booked"
    waiting: str
    hold: str
    appointment: str


@dataclass(frozen=True)
class WaitlistLeft(Event):
    """They wait no longer; `by` says who said so."""

    NAME: ClassVar[str] = "waitlist.left"
    waiting: str
    by: str


@dataclass(frozen=True)
class WaitlistExpired(Event):
    """Their last day is over."""

    NAME: ClassVar[str] = "waitlist.expired"
    waiting: str


@dataclass(frozen=True)
class WaitlistWordAsked(Event):
    """Whoever waits is to be told; what is asked for again was not heard of."""

    NAME: ClassVar[str] = "waitlist.word_asked"
    waiting: str
    notices: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class WaitlistWordTaken(Event):
    """The word owed is on its way, and watched over elsewhere."""

    NAME: ClassVar[str] = "waitlist.word_taken"
    waiting: str
    key: str


@dataclass(frozen=True)
class WaitlistWordPutOff(Event):
    """The word owed must not go out before an instant, such as the next morning, and is asked for again then."""

    NAME: ClassVar[str] = "waitlist.word_put_off"
    waiting: str
    key: str
    until: datetime
