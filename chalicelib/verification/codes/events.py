"""What happened to a verification; the code and the phone number are in none of it."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class VerificationStarted(Event):
    """A code went out to somebody who wants to prove something; `purpose` says what for."""

    NAME: ClassVar[str] = "verification.started"
    verification: str
    purpose: str


@dataclass(frozen=True)
class VerificationResent(Event):
    """Another code went out; `sends` counts all of them."""

    NAME: ClassVar[str] = "verification.resent"
    verification: str
    sends: int


@dataclass(frozen=True)
class VerificationApproved(Event):
    """The code was right, at the try of that number."""

    NAME: ClassVar[str] = "verification.approved"
    verification: str
    purpose: str
    attempts: int
