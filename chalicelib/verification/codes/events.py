"""What happened to a verification; the code and the phone number are in none of it."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class VerificationStarted(Event):
    NAME: ClassVar[str] = "verification.started"
    verification: str
    purpose: str


@dataclass(frozen=True)
class VerificationResent(Event):
    NAME: ClassVar[str] = "verification.resent"
    verification: str
    sends: int


@dataclass(frozen=True)
class VerificationApproved(Event):
    NAME: ClassVar[str] = "verification.approved"
    verification: str
    purpose: str
    attempts: int
