"""A campaign: whom it asks, how many of them, and what has come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from chalicelib.kernel.errors import Invalid, NotAllowedNow
from chalicelib.kernel.events import Link
from chalicelib.kernel.ids import ALPHABET, number_of
from chalicelib.kernel.notices import Notice

LETTER = "P"
DUE_SHARDS = 4


class PopulationTooLarge(Invalid):
    """There are more cases than can be drawn from at once; `most` says how many may be."""

    code = "population_too_large"
    such_as: ClassVar[Mapping[str, object]] = {"most": 30_000}


class Status(StrEnum):
    """Where a campaign is; one that is over still hears how the calls end that were begun."""

    DRAFT = "draft"
    DRAWN = "drawn"
    RUNNING = "running"
    PAUSED = "paused"
    OVER = "over"


NEXT: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.DRAWN, Status.OVER}),
    Status.DRAWN: frozenset({Status.RUNNING, Status.OVER}),
    Status.RUNNING: frozenset({Status.PAUSED, Status.OVER}),
    Status.PAUSED: frozenset({Status.RUNNING, Status.OVER}),
    Status.OVER: frozenset(),
}


class Why(StrEnum):
    """Why a campaign is over: every quota reached, nobody left, its last day, too many refusals, or somebody stopped it."""

    QUOTA = "quota"
    EXHAUSTED = "exhausted"
    ENDED = "ended"
    REFUSED = "refused"
    STOPPED = "stopped"


class By(StrEnum):
    """What the strata tell apart; with `none` there is one, called `all`."""

    NONE = "none"
    KIND = "kind"
    PRODUCT = "product"
    CHANNEL = "channel"


ENDS = ("kept", "unreached", "declined", "broken", "cancelled")


@dataclass(frozen=True)
class Plan:
    """What was decided before anybody was drawn.

    The population are a unit's cases closed from `first` to `last`, local days, of some kinds and products, or of all. `quotas`
    are how many of each stratum are to be reached. At most `daily` calls are open at once, and begun in a local day; none
    after `ends_on`. Nobody is called who was asked within `rest_days`. `refused_percent` of at least `refused_least` calls that
    are over end it.
    """

    name: str
    unit: str
    first: date
    last: date
    ends_on: date
    quotas: Mapping[str, int] = field(hash=False)
    by: By = By.NONE
    kinds: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    daily: int = 20
    rest_days: int = 90
    refused_percent: int = 30
    refused_least: int = 10


@dataclass(frozen=True)
class Stratum:
    """One part of the population: how many cases, how many of them were drawn, and how far the calls have come.

    `asked` counts those of the sample who had their turn; `open` are the tickets whose calls are under way, `ends` how the
    others ended, `skipped` why some were not called.
    """

    name: str
    quota: int
    population: int = 0
    sample: int = 0
    asked: int = 0
    open: tuple[str, ...] = ()
    ends: Mapping[str, int] = field(default_factory=dict, hash=False)
    skipped: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def kept(self) -> int:
        return self.ends.get("kept", 0)

    @property
    def missing(self) -> int:
        """How many more may be begun, so that no more are reached than the quota says."""
        return max(0, self.quota - self.kept - len(self.open))

    @property
    def left(self) -> int:
        """How many of the sample have not had their turn."""
        return self.sample - self.asked

    def ended(self, ticket: str, how: str) -> "Stratum":
        """Give it with a call that ended, or, where `how` is no end, was not made for that reason."""
        rest = tuple(one for one in self.open if one != ticket)
        if how in ENDS:
            return replace(self, open=rest, ends=_more(self.ends, how))
        return replace(self, open=rest, skipped=_more(self.skipped, how))


def _more(counted: Mapping[str, int], what: str) -> Mapping[str, int]:
    return {**counted, what: counted.get(what, 0) + 1}


@dataclass(frozen=True)
class Campaign:
    """A campaign as it stands; `seed` decides who is drawn, and was fixed before there was anything to draw from.

    `begun` are the calls begun on the local day `begun_on`. `next_at` is when it looks again, None where it need not.
    """

    id: str
    plan: Plan
    seed: str
    by: str
    created_at: datetime
    status: Status = Status.DRAFT
    why: Why | None = None
    strata: tuple[Stratum, ...] = ()
    begun: int = 0
    begun_on: date | None = None
    next_at: datetime | None = None
    notices: tuple[Notice, ...] = ()
    due_at: datetime | None = None
    version: int = 0
    link: Link = field(default_factory=Link)

    @property
    def number(self) -> str:
        """The number people use."""
        return number_of(self.id, LETTER)

    @property
    def open(self) -> int:
        """How many of its calls are under way."""
        return sum(len(stratum.open) for stratum in self.strata)

    def moved(self, status: Status) -> "Campaign":
        """Give it in another state; raises NotAllowedNow, naming the states that are allowed."""
        if status not in NEXT[self.status]:
            raise NotAllowedNow(state=self.status, allowed=sorted(NEXT[self.status]))
        return replace(self, status=status)

    def told(self, key: str) -> "Campaign":
        """Give it no longer owing that word."""
        return replace(self, notices=tuple(notice for notice in self.notices if notice.key != key))

    def word(self, notice: Notice) -> dict[str, object]:
        """Write a notice as an event carries it."""
        whose = {"number": self.number, "unit": self.plan.unit, "owner": "", "customer": ""}
        return notice.word(**whose, language="en")


@dataclass(frozen=True)
class Row:
    """A campaign as a line in a list."""

    id: str
    number: str
    name: str
    status: str
    why: str
    created_at: datetime


Sample = Mapping[str, tuple[str, ...]]
"""The tickets that were drawn in each stratum, in the order in which they have their turn."""


def due_shard(id_: str) -> str:
    """Hash key of the index `due`."""
    return f"callbacks#{ALPHABET.index(id_[-1]) % DUE_SHARDS}"
