"""What happened to customers, staff and sessions."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class CustomerRegistered(Event):
    NAME: ClassVar[str] = "customer.registered"
    customer: str
    unit: str
    verified: bool


@dataclass(frozen=True)
class CustomerVerified(Event):
    NAME: ClassVar[str] = "customer.verified"
    customer: str


@dataclass(frozen=True)
class SessionStarted(Event):
    NAME: ClassVar[str] = "session.started"
    session: str
    assurance: str
    verification: str | None = None
    warning: str | None = None


@dataclass(frozen=True)
class SessionEnded(Event):
    NAME: ClassVar[str] = "session.ended"
    session: str


@dataclass(frozen=True)
class StaffRegistered(Event):
    NAME: ClassVar[str] = "staff.registered"
    staff: str
    unit: str
    roles: tuple[str, ...]
    active: bool
