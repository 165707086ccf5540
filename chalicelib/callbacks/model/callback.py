"""The promised call."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.kernel.events import Link
from chalicelib.kernel.ids import ALPHABET, number_of
from chalicelib.kernel.notices import Notice
from chalicelib.sla.contact import Purpose

from .answers import Answers
from .states import NEXT, OPEN, Asker, Outcome, Status

LETTER = "C"
DUE_SHARDS = 4


@dataclass(frozen=True)
class Attempt:
    """One try: claimed before anything rings, `rung` once the telephony system has taken it, over with its outcome.

    `by` is the agent who made it; `provider_id` is the telephony system's name for the call, which has none of one that the
    agent dialled `by_hand`, since its number is not trusted.
    """

    n: int
    by: str
    claimed_at: datetime
    rung_at: datetime | None = None
    provider_id: str = ""
    outcome: Outcome | None = None
    ended_at: datetime | None = None
    note: str = ""
    by_hand: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is one of the tries that a customer was promised; an agent who was not ready is not their matter."""
        return self.outcome is not None and self.outcome is not Outcome.AGENT_NOT_READY


@dataclass(frozen=True)
class Held:
    """Why a number does not ring by itself: the row that decided so, what was known, and which agent was told when."""

    row: str
    signals: Mapping[str, str] = field(hash=False)
    by: str
    at: datetime


@dataclass(frozen=True)
class Window:
    """A time in which a call is promised, and how many more fit into it."""

    starts_at: datetime
    ends_at: datetime
    free: int = 0


@dataclass(frozen=True)
class Wish:
    """What somebody wants: `start` is that of a window, None is now. `about` is a ticket, `topic` what is to be known.

    `phone` is another number than the one they are known by; `timezone` that of where they are.
    """

    start: datetime | None
    reason: str
    purpose: Purpose = Purpose.SERVICE
    language: str = ""
    about: str = ""
    topic: str = ""
    support_needs: tuple[str, ...] = ()
    timezone: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Callback:
    """A call that is promised between two instants, and everything that has come of it.

    `phone` is the number it is promised for; `chosen` if the customer chose the time. `cell` is the window it takes room in, if
    it takes any. `place` is the instant it counts since in the line, fixed while it waits there; `next_at` when it is to be
    ready. `prefer` is the agent who should have it, `about_staff` the one who must not. `lost` counts leases that ran out.
    `owes_ticket` until its ticket knows how it ended, `owes_recovery` until it knows that they are not content.
    `due_at` is when something is to be done about it next.
    """

    id: str
    status: Status
    unit: str
    customer_id: str
    purpose: Purpose
    by: Asker
    asked_at: datetime
    starts_at: datetime
    ends_at: datetime
    expires_at: datetime
    language: str
    timezone: str
    country: str
    reason: str
    phone: str
    chosen: bool = True
    cell: datetime | None = None
    topic: str = ""
    about: str = ""
    about_staff: str = ""
    prefer: str = ""
    support_needs: tuple[str, ...] = ()
    place: datetime | None = None
    ready_at: datetime | None = None
    next_at: datetime | None = None
    leased_by: str = ""
    lease_until: datetime | None = None
    attempts: tuple[Attempt, ...] = ()
    held: Held | None = None
    lost: int = 0
    late: bool = False
    announced: bool = False
    owes_ticket: bool = False
    answers: Answers | None = None
    owes_recovery: bool = False
    notices: tuple[Notice, ...] = ()
    ended_at: datetime | None = None
    due_at: datetime | None = None
    version: int = 1
    link: Link = field(default_factory=Link)

    @cached_property
    def number(self) -> str:
        """The number people use."""
        return number_of(self.id, LETTER)

    @property
    def open(self) -> bool:
        return self.status in OPEN

    @property
    def tries(self) -> tuple[Attempt, ...]:
        """The attempts that count."""
        return tuple(attempt for attempt in self.attempts if attempt.counts)

    @property
    def running(self) -> Attempt | None:
        """The attempt that is claimed and not over."""
        return self.attempts[-1] if self.attempts and self.attempts[-1].outcome is None else None

    @property
    def tried_at(self) -> datetime | None:
        """When the first try began that counts."""
        return self.tries[0].claimed_at if self.tries else None

    @property
    def month(self) -> str:
        """Hash key of the index `unit`: its unit and the month in which it was promised for, in UTC."""
        return month_of(self.unit, self.starts_at)

    def moved(self, status: Status, now: datetime) -> "Callback":
        """Give it in another state; raises NotAllowedNow, naming the states that are allowed."""
        if status not in NEXT[self.status]:
            raise NotAllowedNow(state=self.status, allowed=sorted(NEXT[self.status]))
        over = None if status in OPEN else now
        freed = replace(self, status=status, ended_at=over, leased_by="", lease_until=None)
        return freed if status in (Status.READY, Status.LEASED) else replace(freed, place=None, ready_at=None)

    def owing(self, *notices: Notice) -> "Callback":
        """Give it owing more word."""
        return replace(self, notices=(*self.notices, *notices))

    def told(self, key: str) -> "Callback":
        """Give it no longer owing that word."""
        return replace(self, notices=tuple(notice for notice in self.notices if notice.key != key))

    def tried(self, attempt: Attempt) -> "Callback":
        """Give it with an attempt, in the place of the one of the same number."""
        return replace(self, attempts=(*(one for one in self.attempts if one.n != attempt.n), attempt))

    def word(self, notice: Notice) -> dict[str, object]:
        """Write a notice as an event carries it; times are those of clocks where the customer is."""
        facts: Mapping[str, str] = {
            "starts": self._local(self.starts_at, "%Y-%m-%d %H:%M"),
            "ends": self._local(self.ends_at, "%H:%M"),
        }
        whose = {"number": self.number, "unit": self.unit, "owner": self.prefer, "customer": self.customer_id}
        return replace(notice, facts={**facts, **notice.facts}).word(**whose, language=self.language)

    def _local(self, at: datetime, how: str) -> str:
        return at.astimezone(ZoneInfo(self.timezone)).strftime(how)


def callback_key(id_: str) -> dict[str, str]:
    """Key of a callback: its number, so that storing it also proves that the number is free."""
    return {"pk": number_of(id_, LETTER), "sk": "callback"}


def due_shard(id_: str) -> str:
    """Hash key of the index `due`."""
    return f"callbacks#{ALPHABET.index(id_[-1]) % DUE_SHARDS}"


def month_of(unit: str, at: datetime) -> str:
    """Hash key of the index `unit`, for an instant in UTC."""
    return f"{unit}#{at:%Y-%m}"


@dataclass(frozen=True)
class Row:
    """A callback as a line in a list; `place` and `ready_at` while it waits in the line, `scores` once they were asked."""

    id: str
    number: str
    status: str
    purpose: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    language: str
    version: int
    topic: str = ""
    prefer: str = ""
    about_staff: str = ""
    support: bool = False
    place: datetime | None = None
    ready_at: datetime | None = None
    unit: str = ""
    tried_at: datetime | None = None
    tries: int = 0
    lost: int = 0
    late: bool = False
    scores: Mapping[str, int] = field(default_factory=dict)
    unhappy: bool = False
