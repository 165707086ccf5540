"""Somebody who waits for a time to come free."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.kernel.events import Link
from chalicelib.kernel.ids import born, number_of
from chalicelib.kernel.notices import Notice

from .catalogue import Channel
from .hold import Hold


class Part(StrEnum):
    """Which part of the day suits, by the clocks at the branch: before noon, until five in the afternoon, after that."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"

    def suits(self, local: time) -> bool:
        """Tell whether a visit that begins then suits."""
        begins, ends = _PARTS[self]
        return begins <= local.hour < ends


_PARTS = {Part.ANY: (0, 24), Part.MORNING: (0, 12), Part.AFTERNOON: (12, 17), Part.EVENING: (17, 24)}


class Stage(StrEnum):
    """Where it stands: a time is offered now or not; or how it ended: `refused` is that three offers were not taken."""

    WAITING = "waiting"
    OFFERED = "offered"
    BOOKED = "booked"
    LEFT = "left"
    REFUSED = "refused"
    EXPIRED = "expired"


class News(StrEnum):
    """What whoever waits is told; each has a text of its own."""

    JOINED = "waitlist_joined"
    OFFERED = "waitlist_offered"
    LAPSED = "waitlist_lapsed"
    WITHDRAWN = "waitlist_withdrawn"
    REFUSED = "waitlist_refused"
    EXPIRED = "waitlist_expired"
    TOO_MANY_OPEN = "waitlist_passed_too_many_open"
    DAY_BEFORE_ONLY = "waitlist_passed_day_before_only"


STEPS: dict[str, frozenset[str]] = {
    Stage.WAITING: frozenset({Stage.OFFERED, Stage.LEFT, Stage.EXPIRED}),
    Stage.OFFERED: frozenset({Stage.BOOKED, Stage.WAITING, Stage.REFUSED, Stage.LEFT}),
    Stage.BOOKED: frozenset(),
    Stage.LEFT: frozenset(),
    Stage.REFUSED: frozenset(),
    Stage.EXPIRED: frozenset(),
}


@dataclass(frozen=True)
class Wish:
    """What somebody would come for, on which local days, both included, and when on them; mail goes beside the SMS."""

    branch: str
    services: tuple[str, ...]
    first: date
    last: date
    part: Part = Part.ANY
    support_needs: tuple[str, ...] = ()
    email: str = ""


@dataclass(frozen=True)
class Waiting:
    """An entry of the waitlist.

    `channel` is the one whose share an offer takes. `offer` is the time that is held for them now. `not_taken` are the starts
    they were offered and did not take: they are not offered again, and who had fewer offers goes first. `passed` are the
    reasons for which a time was not offered to them although it was their turn; each is told once.
    """

    id: str
    stage: Stage
    wish: Wish
    unit: str
    timezone: str
    customer_id: str
    channel: Channel
    offer: Hold | None = None
    not_taken: tuple[datetime, ...] = ()
    passed: tuple[str, ...] = ()
    appointment: str = ""
    notices: tuple[Notice, ...] = ()
    due_at: datetime | None = None
    version: int = 1
    link: Link = field(default_factory=Link)

    @cached_property
    def number(self) -> str:
        """The number people use."""
        return number_of(self.id, "W")

    @property
    def joined_at(self) -> datetime:
        """When they joined."""
        return born(self.id)

    @property
    def open(self) -> bool:
        """Whether they still wait, for an offer or with one."""
        return self.stage in (Stage.WAITING, Stage.OFFERED)

    @property
    def over_at(self) -> datetime:
        """The midnight after the last day, by the clocks at the branch."""
        return datetime.combine(self.wish.last + timedelta(days=1), time(), ZoneInfo(self.timezone))

    def days(self) -> list[date]:
        """List the local days."""
        return [
            self.wish.first + timedelta(days=number) for number in range((self.wish.last - self.wish.first).days + 1)
        ]

    def moved(self, stage: Stage) -> "Waiting":
        """Give it in another stage, without what was offered; raises NotAllowedNow, naming the stages that are allowed."""
        if stage not in STEPS[self.stage]:
            raise NotAllowedNow(state=self.stage, allowed=sorted(STEPS[self.stage]))
        return replace(self, stage=stage, offer=None)

    def owing(self, *notices: Notice) -> "Waiting":
        """Give it owing word of something; what was owed before is overtaken."""
        return replace(self, notices=notices)

    def told(self, key: str) -> "Waiting":
        """Give it no longer owing that word."""
        return replace(self, notices=tuple(notice for notice in self.notices if notice.key != key))


@dataclass(frozen=True)
class Ranked:
    """An entry and its place of a day; `because` says why it is behind the one before it, empty for the first."""

    waiting: Waiting
    place: int
    because: str
