"""Sessions: who begins one, how sure it is, and why it may not be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from chalicelib.kernel.actors import Actor
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.events import Record

# The prefix under which somebody's absence waits in the index `due`, and how many shards that has: few begin in a minute.
from .people import Customer, Staff


class Assurance(StrEnum):
    """How sure we are who is asking."""

    SMS = "sms"
    STAFF = "staff"
    DEVICE = "device"


@dataclass(frozen=True)
class Session:
    """A signed-in actor, until `expires_at`; with `idle`, not longer than that after something was last heard of them."""

    id: str
    actor: Actor
    assurance: Assurance
    expires_at: datetime
    idle: timedelta | None = None
    seen_at: datetime | None = None

    def in_force(self, now: datetime) -> bool:
        """Tell whether it has not expired by now, nor been idle for too long."""
        return now < self.expires_at and not (self.idle and self.seen_at and now >= self.seen_at + self.idle)

    def unseen(self, now: datetime, longest: timedelta) -> bool:
        """Tell whether it has to be noted that something was heard of them."""
        return self.idle is not None and (self.seen_at is None or now >= self.seen_at + longest)


@dataclass(frozen=True)
class Seat:
    """Where somebody signs in who is not at their own device: the kiosk, what it offers, and how long it may last."""

    device: str
    offers: frozenset[str]
    until: datetime
    idle: timedelta | None = None


@dataclass(frozen=True)
class Begun:
    """A session at a kiosk that is ready to be written: whoever keeps the kiosks puts it into their transaction.

    `mark` is the key under which it will stand, by which it can be ended without its token.
    """

    session: Session
    mark: str
    writes: Sequence[Any]
    records: Sequence[Record]
    grant: str = ""

    @property
    def id(self) -> str:
        return self.session.id

    @property
    def actor(self) -> Actor:
        return self.session.actor

    @property
    def expires_at(self) -> datetime:
        return self.session.expires_at


@dataclass(frozen=True)
class SignedIn:
    """A session just begun, with the person it is for."""

    session: Session
    person: Customer | Staff


class PhoneTaken(Conflict):
    """Somebody else is known by that number."""

    code = "phone_taken"


class CoolingOff(Conflict):
    """It was done lately; not before `until` may it be done again."""

    code = "cooling_off"
    such_as: ClassVar[Mapping[str, object]] = {"until": "2026-11-24T08:00:00Z"}
