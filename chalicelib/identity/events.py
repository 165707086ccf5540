"""What happened to customers, staff and sessions."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class CustomerRegistered(Event):
    """Somebody is a customer from now on; `verified` if they proved to hold their phone number."""

    NAME: ClassVar[str] = "customer.registered"
    customer: str
    unit: str
    verified: bool


@dataclass(frozen=True)
class CustomerVerified(Event):
    """A customer whom staff had registered proved to hold the phone number."""

    NAME: ClassVar[str] = "customer.verified"
    customer: str


@dataclass(frozen=True)
class SessionStarted(Event):
    """Somebody signed in; `verification` is the code that proved it, `warning` the fraud warning acknowledged.

    `dwell` is how many seconds it was looked at, if the app says.
    """

    NAME: ClassVar[str] = "session.started"
    session: str
    assurance: str
    verification: str | None = None
    warning: str | None = None
    dwell: int | None = None


@dataclass(frozen=True)
class SessionProven(Event):
    """Somebody proved once more who they are, in this session, with that code."""

    NAME: ClassVar[str] = "session.proven"
    session: str
    verification: str


@dataclass(frozen=True)
class PhoneChanged(Event):
    """A customer has another phone number, proved with that code; the old one was told before, other sessions are over."""

    NAME: ClassVar[str] = "customer.phone_changed"
    customer: str
    verification: str
    warning: str
    dwell: int
    sessions: tuple[str, ...]


@dataclass(frozen=True)
class SessionEnded(Event):
    """Somebody signed out."""

    NAME: ClassVar[str] = "session.ended"
    session: str


@dataclass(frozen=True)
class SessionsEnded(Event):
    """Somebody ended sessions of their own from another one."""

    NAME: ClassVar[str] = "session.ended_elsewhere"
    sessions: tuple[str, ...]


@dataclass(frozen=True)
class SessionsShut(Event):
    """Somebody else may have been in: these sessions ended, and what was proved until then opens none."""

    NAME: ClassVar[str] = "session.shut_out"
    sessions: tuple[str, ...]


@dataclass(frozen=True)
class StaffRegistered(Event):
    """A member of staff has these roles in this unit from now on, or none any more if not `active`."""

    NAME: ClassVar[str] = "staff.registered"
    staff: str
    unit: str
    roles: tuple[str, ...]
    active: bool


@dataclass(frozen=True)
class SessionsRevoked(Event):
    """Roles, unit or employment are not what they were: every session begun under the old ones is over."""

    NAME: ClassVar[str] = "session.revoked"
    staff: str
    sessions: tuple[str, ...]


@dataclass(frozen=True)
class AbsenceEntered(Event):
    """A member of staff is not there for a time; why is nobody's business here."""

    NAME: ClassVar[str] = "staff.absence_entered"
    staff: str
    absence: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class AbsenceEnded(Event):
    """An absence is called off, or ends now instead of later."""

    NAME: ClassVar[str] = "staff.absence_ended"
    staff: str
    absence: str


@dataclass(frozen=True)
class AbsenceSettled(Event):
    """The tickets of somebody who is absent are all with others."""

    NAME: ClassVar[str] = "staff.absence_settled"
    staff: str
    absence: str


@dataclass(frozen=True)
class UnitRegistered(Event):
    """A unit is part of the institution, or is as told from now on; deadlines follow from calendar and regimes."""

    NAME: ClassVar[str] = "unit.registered"
    unit: str
    parent: str
    timezone: str
    calendar: str
    language: str
    regimes: tuple[str, ...]
    regions: tuple[str, ...]
