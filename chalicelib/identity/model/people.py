"""Customers, units, staff, sessions."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from chalicelib.kernel.actors import Role
from chalicelib.kernel.events import Link

# The prefix under which somebody's absence waits in the index `due`, and how many shards that has: few begin in a minute.
MOVING = "away"
DUE_SHARDS = 1


@dataclass(frozen=True)
class Unit:
    """A part of the institution; `regimes` are packs by id, `regions` the phone regions whose customers it looks after."""

    id: str
    parent: str
    name: str
    timezone: str
    calendar: str
    language: str
    regimes: tuple[str, ...]
    regions: tuple[str, ...] = ()
    link: Link = Link()

    @property
    def subject(self) -> str:
        """Name its chain in the ledger; the mark keeps it apart from a member of staff of the same name."""
        return f"unit#{self.id}"


class AbsentFor(StrEnum):
    """Why somebody is not there; who is ill need not be told from who is on leave, so this may say nothing."""

    LEAVE = "leave"
    ILLNESS = "illness"
    TRAINING = "training"
    OTHER = "other"


@dataclass(frozen=True)
class Absence:
    """A time in which a member of staff is not there.

    `settled` once the tickets they had are with others; `reason` is for their supervisor and stands in no record.
    """

    id: str
    since: datetime
    until: datetime
    entered_at: datetime
    reason: AbsentFor | None = None
    settled: bool = False

    @property
    def begins(self) -> datetime:
        """When it counts from: what is entered late begins when it is entered."""
        return max(self.since, self.entered_at)


@dataclass(frozen=True)
class Staff:
    """A member of staff; `languages` are spoken beside the own one, `skills` are topics and products.

    `capacity` is the share of a whole person's work they take, in hundredths: 0.5 for half of it.
    """

    id: str
    unit: str
    roles: frozenset[Role]
    name: str
    mail: str
    language: str
    active: bool = True
    languages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    capacity: float = 1.0
    away: tuple[Absence, ...] = ()
    link: Link = Link()

    def there(self, now: datetime) -> bool:
        """Tell whether they work here and are not away."""
        return self.active and self.absence(now) is None

    def absence(self, now: datetime) -> Absence | None:
        """Give the absence they are in, the one that ends last if several overlap."""
        running = [absence for absence in self.away if absence.since <= now < absence.until]
        return max(running, key=lambda absence: absence.until, default=None)

    @property
    def moving_at(self) -> datetime | None:
        """When their tickets have to be given to others next."""
        return min((absence.begins for absence in self.away if not absence.settled), default=None)


@dataclass(frozen=True)
class Member:
    """A member of staff as a supervisor sees them: away or not, and with how many open tickets."""

    staff: Staff
    away: Absence | None
    open_tickets: int


@dataclass(frozen=True)
class OnDuty:
    """Somebody who is there to serve customers: all languages they speak, what they know, their share of a whole person."""

    id: str
    languages: frozenset[str]
    skills: frozenset[str]
    capacity: float


@dataclass(frozen=True)
class Customer:
    """A natural person, known by a phone number; `unit` looks after them. `phone_since` is when they last changed it.

    `shut_out_at` is when somebody else may have been in last: what was proved by then opens nothing any more.
    """

    id: str
    phone: str
    language: str
    unit: str
    verified: bool
    version: int = 1
    link: Link = Link()
    phone_since: datetime | None = None
    shut_out_at: datetime | None = None


@dataclass(frozen=True)
class Holiday:
    """A day on which a unit is closed, with its name in English and in Chinese."""

    day: date
    name: str
    chinese: str


@dataclass(frozen=True)
class OpeningHours:
    """When a unit is open: the blocks of its local day, and when it opens next (None while it is open)."""

    unit: str
    timezone: str
    day: date
    day_kind: str
    blocks: tuple[tuple[datetime, datetime], ...]
    open: bool
    opens_at: datetime | None
    holidays: tuple[Holiday, ...]
    published_through: date

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


@dataclass(frozen=True)
class Contact:
    """Where somebody is reached: `way` is sms or mail."""

    ref: str
    way: str
    address: str
    language: str
