"""Time at a counter, counted in cells."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from .catalogue import Branch, Channel, Service

Place = tuple[str, datetime]  # a pool, and the start of a cell of it


@dataclass(frozen=True)
class Stretch:
    """`count` cells of a pool in a row, the first one beginning at `first`, each of `minutes`."""

    pool: str
    first: datetime
    count: int
    minutes: int

    @property
    def ends_at(self) -> datetime:
        """When the last cell ends."""
        return self.first + timedelta(minutes=self.minutes * self.count)

    def cells(self) -> Iterator[Place]:
        """Give each cell."""
        for number in range(self.count):
            yield self.pool, self.first + timedelta(minutes=self.minutes * number)


@dataclass(frozen=True)
class Visit:
    """From when to when somebody is served, without the buffers around, and the stretches that takes."""

    starts_at: datetime
    ends_at: datetime
    stretches: tuple[Stretch, ...]

    def later(self, by: timedelta) -> "Visit":
        """Give the same visit so much later."""
        stretches = tuple(Stretch(it.pool, it.first + by, it.count, it.minutes) for it in self.stretches)
        return Visit(self.starts_at + by, self.ends_at + by, stretches)

    def cells(self) -> Iterable[Place]:
        """Give each cell it takes, once; buffers at one kind of counter may run into each other."""
        return dict.fromkeys(place for stretch in self.stretches for place in stretch.cells())


@dataclass(frozen=True)
class Counts:
    """How many visits have a cell, in all and by channel."""

    taken: int = 0
    by: Mapping[str, int] | None = None

    def of(self, channel: Channel) -> int:
        """Give how many of them one channel gave away."""
        return (self.by or {}).get(channel.value, 0)

    def plus(self, channel: Channel, by: int) -> "Counts":
        """Give the counts with so many more that a channel gave away."""
        return Counts(self.taken + by, {**(self.by or {}), channel.value: self.of(channel) + by})


@dataclass(frozen=True)
class Limit:
    """How many may have a cell: in all, and through the channel that asks."""

    pool: str
    start: datetime
    most: int
    share: int


class Why:
    """Why a day has no slot left."""

    CLOSED = "closed"
    HOLIDAY = "holiday"
    CLOSURE = "closure"
    NO_STAFF = "no_staff"
    LEAD_TIME = "lead_time"
    HORIZON = "horizon"
    FULL = "full"


@dataclass(frozen=True)
class Slot:
    """A time at which so many visits may still begin."""

    starts_at: datetime
    ends_at: datetime
    free: int


@dataclass(frozen=True)
class Day:
    """A local day's free slots; `closed_because` says why there are none, and `reason` what the branch says of it."""

    date: date
    slots: tuple[Slot, ...]
    closed_because: str = ""
    reason: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Asked:
    """Who wants to come where for what, and through which channel they ask."""

    branch: Branch
    services: tuple[Service, ...]
    channel: Channel


@dataclass(frozen=True)
class Found:
    """The days that were asked for, and the first free time in them or after them, as far as was looked."""

    asked: Asked
    days: tuple[Day, ...]
    next_free: datetime | None


def grid(at: datetime, minutes: int, *, up: bool = False) -> datetime:
    """Give the beginning of the cell that an instant lies in, or with `up` of the first that begins then or later.

    Cells are counted from the epoch, so that no change of opening hours can shift them; minutes are 5 or 15, of which every
    zone's offset is a multiple.
    """
    seconds = int(at.timestamp())
    rest = seconds % (minutes * 60)
    return datetime.fromtimestamp(seconds - rest + (minutes * 60 if up and rest else 0), UTC)
