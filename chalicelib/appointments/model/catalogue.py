"""What can be had where: services and branches, as their manager has set them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.events import Link

from .measures import Measure

Words = Mapping[str, str]  # by language: en, zh-CN
Block = tuple[time, time]


class Channel(StrEnum):
    """Who books: customers themselves, the call centre, a kiosk, or the branch."""

    PUBLIC = "public"
    CALL_CENTRE = "call_centre"
    KIOSK = "kiosk"
    INTERNAL = "internal"


def channel_of(actor: Actor) -> Channel:
    """Tell through which channel somebody books: a customer, the branch's own people, the call centre, a kiosk."""
    if Role.KIOSK in actor.roles:
        return Channel.KIOSK
    if not actor.is_staff:
        return Channel.PUBLIC
    return Channel.INTERNAL if Role.CLERK in actor.roles else Channel.CALL_CENTRE


class Way(StrEnum):
    """Where a service can be had."""

    ONLINE = "online"
    KIOSK = "kiosk"
    BRANCH = "branch"


class Assurance(StrEnum):
    """How sure we have to be who somebody is before they are served."""

    NONE = "none"
    SMS = "sms"
    DOCUMENT = "document"
    DOCUMENT_BY_TWO = "document_by_two"


@dataclass(frozen=True)
class Document:
    """Something to bring; a visit is `saves` minutes shorter if it was accepted before."""

    id: str
    name: Words
    saves: int = 0


@dataclass(frozen=True)
class Service:
    """`before` and `after` are minutes in which nobody else is served at the counter; `pool` is the kind of counter.

    `instead` says how to do without coming, with `link` where to; who cannot do without finds it empty. Within
    `late_hours` of the start nothing is cancelled or moved by the customer. `overbooking` is how many percent more may be
    booked than can be served at once, since some do not come.
    """

    id: str
    name: Words
    minutes: int
    pool: str
    before: int = 0
    after: int = 0
    documents: tuple[Document, ...] = ()
    ways: frozenset[Way] = frozenset({Way.BRANCH})
    assurance: Assurance = Assurance.NONE
    instead: Words = field(default_factory=dict)
    link: str = ""
    late_hours: int = 0
    overbooking: int = 0
    version: int = 0
    chain: Link = Link()

    @property
    def need_to_come(self) -> bool:
        """Whether it can be had at a branch only."""
        return self.ways == {Way.BRANCH}

    @property
    def subject(self) -> str:
        """Name its chain in the ledger."""
        return f"service#{self.id}"


@dataclass(frozen=True)
class Override:
    """Other opening blocks than usual on some local days, both ends included; none at all is a closure."""

    first: date
    last: date
    blocks: tuple[Block, ...] = ()
    reason: Words = field(default_factory=dict)

    def covers(self, day: date) -> bool:
        """Tell whether it is about that day."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Leave:
    """Clerks who are not there: `counters` of a pool stay empty on those local days, all day or in `block`."""

    pool: str
    counters: int
    first: date
    last: date
    block: Block | None = None


@dataclass(frozen=True)
class Branch:
    """A branch; `opening` has the blocks of each weekday, Monday being 0, in local time.

    `cell` is the grain in which time is given away, in minutes, and never changes: what is booked is counted in it.
    `interval` is how often a visit may begin. `lead` minutes before the start customers who have to come cannot book any
    more; `horizon` is how many days ahead there are slots. `shares` are the percents of the counters that each channel may
    give away, until `release` hours before the start: from then on each may give away what is left. No shares, no limits.
    `latitude` and `longitude` are degrees. From `early` minutes before their start on people may check in; who comes more
    than `late` minutes after it comes as a walk-in with credit. `self_check_in` lets customers do it themselves.
    `measures` are no settings: the catalogue adds them.
    """

    id: str
    unit: str
    name: Words
    timezone: str
    calendar: str
    opening: Mapping[int, tuple[Block, ...]]
    counters: Mapping[str, int]
    services: tuple[str, ...] = ()
    address: Words = field(default_factory=dict)
    latitude: float | None = None
    longitude: float | None = None
    overrides: tuple[Override, ...] = ()
    leaves: tuple[Leave, ...] = ()
    cell: int = 15
    interval: int = 15
    lead: int = 60
    horizon: int = 30
    shares: Mapping[Channel, int] = field(default_factory=dict)
    release: int = 24
    active: bool = True
    early: int = 30
    late: int = 10
    self_check_in: bool = False
    measures: tuple[Measure, ...] = ()
    version: int = 0
    chain: Link = Link()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.timezone)

    @property
    def subject(self) -> str:
        """Name its chain in the ledger; the mark keeps it apart from a unit of the same name."""
        return f"branch#{self.id}"

    def local_day(self, at: datetime) -> date:
        """Give the local date of an instant."""
        return at.astimezone(self.zone).date()

    def offers(self, service: Service) -> bool:
        """Tell whether one can come here for it."""
        return service.id in self.services and Way.BRANCH in service.ways and service.pool in self.counters
