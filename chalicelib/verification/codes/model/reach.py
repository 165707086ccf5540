"""Where codes may go, at what price, and what has been closed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chalicelib.kernel.events import Link
from chalicelib.kernel.limits import Bucket

from .verification import WAYS, Channel, Source, Way

SHARDS = 8  # of a day's spending: texts at the same moment seldom meet in one item
EVERYWHERE = "all"
_NAMED = 32
REACH_CHAIN = "codes#reach"  # the chain of what is open


@dataclass(frozen=True)
class Destination:
    """A dial code that is open: the price of one part of a text and the ceilings of a UTC day, money in minor units.

    `regions` narrows a dial code that several countries share; empty is all of them. `ways` are the institution's own
    order there, if it has one; `voice_price` is that of a call.
    """

    dial: str
    price: int
    daily_spend: int
    daily_texts: int
    regions: frozenset[str] = frozenset()
    ways: tuple[str, ...] = ()
    voice_price: int = 0


@dataclass(frozen=True)
class Reach:
    """Where the institution sends codes; what is not in it is closed. `daily_spend` is the ceiling of all together.

    `per_prefix` and `per_address` are how many codes may be open in an hour, sent and not yet typed rightly. `ways` are
    tried in this order; after `patience` seconds without news of one it is the next one's turn, after 0 never.
    """

    currency: str = ""
    daily_spend: int = 0
    per_prefix: int = 20
    per_address: int = 20
    destinations: Mapping[str, Destination] = field(default_factory=dict)
    ways: tuple[str, ...] = ("aws",)
    patience: int = 0
    link: Link = Link()

    def order(self, dial: str) -> tuple[Way, ...]:
        """Give the ways for a dial code, in their order."""
        found = self.destinations.get(dial)
        return tuple(WAYS[name] for name in (found.ways if found and found.ways else self.ways))


class Why(StrEnum):
    """Why nothing is sent somewhere."""

    CONVERSION = "conversion"
    SPEND = "spend"
    FRAUD = "fraud"


@dataclass(frozen=True)
class Closing:
    """A prefix, a dial code, a phone, a device or everything that is closed until an instant, or was.

    `name` is `prefix_8613800`, `dial_86`, `all`, or `phone_` and `device_` with a keyed hash; its chain goes on when it is
    closed again.
    """

    id: str
    name: str
    why: Why
    closed_at: datetime
    until: datetime
    texts: int
    proven: int
    reopened: bool = False
    version: int = 0
    link: Link = Link()

    def in_force(self, now: datetime) -> bool:
        """Tell whether it is closed now."""
        return now < self.until


@dataclass(frozen=True)
class Day:
    """What one shard of a UTC day has spent: in all, and by dial code; texts by dial code."""

    date: str
    shard: int
    spent: int = 0
    by_dial: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Proven:
    """When somebody last typed a right code that was sent to a phone, and who they were."""

    at: datetime
    source: Source


@dataclass(frozen=True)
class Asked:
    """Where a text is to go, and who asks for it; `phone` and the source are keyed hashes, `parts` is its length.

    A call has no parts.
    """

    phone: str
    dial: str
    region: str
    prefix: str
    source: Source
    date: str
    shard: int
    parts: int
    channel: Channel = Channel.SMS

    @property
    def names(self) -> tuple[str, ...]:
        """Name what may be closed for it."""
        own = [fraud_name("phone", self.phone)]
        own += [fraud_name("device", self.source.device)] if self.source.device else []
        return (*own, prefix_name(self.prefix), dial_name(self.dial), EVERYWHERE)


@dataclass(frozen=True)
class Standing:
    """How everything stands that a text depends on, read at one time."""

    reach: Reach
    phone: Bucket
    address: Bucket | None
    device: Bucket | None
    prefix: Bucket
    day: Day
    closings: Mapping[str, Closing] = field(default_factory=dict)
    proven: Proven | None = None


@dataclass(frozen=True)
class Toll:
    """What a text costs, to be written with it: every bucket before and after, and what is spent under which ceilings.

    One that nobody took is counted back: its price is below nothing, and so is the number of its texts.
    """

    buckets: tuple[tuple[Bucket, Bucket], ...]
    day: Day
    dial: str
    price: int
    rest: int
    rest_of_dial: int
    texts_of_dial: int
    texts: int = 1


def prefix_name(prefix: str) -> str:
    """Name a prefix among what may be closed."""
    return f"prefix_{prefix}"


def fraud_name(kind: str, hidden: str) -> str:
    """Name a phone or a device among what may be closed, by as much of its keyed hash as stands in a name."""
    return f"{kind}_{hidden[:_NAMED]}"


def dial_name(dial: str) -> str:
    """Name a dial code among what may be closed."""
    return f"dial_{dial}"
