"""Customers, units, staff, sessions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.errors import Invalid, NotSignedIn
from chalicelib.kernel.events import Link


class GrantSpent(NotSignedIn):
    """A grant opens one session, and is worth nothing when it is old, spent or made for something else."""

    code = "grant_invalid"


class WarningNotAcknowledged(Invalid):
    """The fraud warning that was shown has to be acknowledged, in its version."""

    code = "warning_not_acknowledged"
    such_as: ClassVar[Mapping[str, object]] = {"errors": [{"field": "warning_acknowledged", "code": "not_one_of"}]}


class Assurance(StrEnum):
    """How sure we are who is asking."""

    SMS = "sms"
    STAFF = "staff"


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


@dataclass(frozen=True)
class Absence:
    """A time in which a member of staff is not there."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Staff:
    """A member of staff; `languages` are spoken beside the own one, `skills` are topics and products."""

    id: str
    unit: str
    roles: frozenset[Role]
    name: str
    mail: str
    language: str
    active: bool = True
    languages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    away: tuple[Absence, ...] = ()
    link: Link = Link()

    def there(self, now: datetime) -> bool:
        """Tell whether they work here and are not away."""
        return self.active and not any(absence.since <= now < absence.until for absence in self.away)


@dataclass(frozen=True)
class Customer:
    """A natural person, known by a phone number; `unit` looks after them."""

    id: str
    phone: str
    language: str
    unit: str
    verified: bool
    version: int = 1
    link: Link = Link()


@dataclass(frozen=True)
class Session:
    """A signed-in actor, until `expires_at`."""

    id: str
    actor: Actor
    assurance: Assurance
    expires_at: datetime

    def in_force(self, now: datetime) -> bool:
        """Tell whether it has not expired by now."""
        return now < self.expires_at


@dataclass(frozen=True)
class SignedIn:
    """A session just begun, with the person it is for."""

    session: Session
    person: Customer | Staff


@dataclass(frozen=True)
class Contact:
    """Where somebody is reached: `way` is sms or mail."""

    ref: str
    way: str
    address: str
    language: str
