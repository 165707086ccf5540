"""What happened to a verification, and to where codes may go; neither code nor phone number is in any of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class VerificationStarted(Event):
    """A code went out to somebody who wants to prove something; `purpose` says what for.

    `go_on_at` is when it goes another way if nothing is heard of it, here and below.
    """

    NAME: ClassVar[str] = "verification.started"
    verification: str
    purpose: str
    go_on_at: datetime | None = None


@dataclass(frozen=True)
class VerificationResent(Event):
    """Another code went out; `sends` counts all of them."""

    NAME: ClassVar[str] = "verification.resent"
    verification: str
    sends: int
    go_on_at: datetime | None = None


@dataclass(frozen=True)
class VerificationRerouted(Event):
    """The same code goes another way, as text `sends`; `because` the one before was away, failed or silent."""

    NAME: ClassVar[str] = "verification.rerouted"
    verification: str
    sends: int
    way: str
    because: str
    go_on_at: datetime | None = None


@dataclass(frozen=True)
class VerificationArrived(Event):
    """The provider said that text `sends` arrived."""

    NAME: ClassVar[str] = "verification.arrived"
    verification: str
    sends: int


@dataclass(frozen=True)
class VerificationFailed(Event):
    """The provider said that text `sends` did not arrive."""

    NAME: ClassVar[str] = "verification.failed"
    verification: str
    sends: int
    go_on_at: datetime | None = None


@dataclass(frozen=True)
class VerificationStuck(Event):
    """A code goes no further: `because` no way is left, or none that may be gone now."""

    NAME: ClassVar[str] = "verification.stuck"
    verification: str
    because: str


@dataclass(frozen=True)
class VerificationUnsent(Event):
    """No provider took text `sends`; whoever asked for it was told so, and what was counted for it is counted back."""

    NAME: ClassVar[str] = "verification.unsent"
    verification: str
    sends: int


@dataclass(frozen=True)
class VerificationApproved(Event):
    """The code was right, at the try of that number; `transaction` is the digest of what it confirms, if anything."""

    NAME: ClassVar[str] = "verification.approved"
    verification: str
    purpose: str
    attempts: int
    transaction: str | None = None


@dataclass(frozen=True)
class ReachSet(Event):
    """Codes may go to these dial codes from now on, and to no other, within the day's money of all (minor units)."""

    NAME: ClassVar[str] = "codes.reach_set"
    dials: tuple[str, ...]
    currency: str
    daily_spend: int


@dataclass(frozen=True)
class CodesStopped(Event):
    """No code goes there until then: of so many texts so few were typed, or the day's money is spent; compliance hears."""

    NAME: ClassVar[str] = "codes.stopped"
    closing: str
    name: str
    why: str
    until: datetime
    texts: int
    proven: int
    notices: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class CodesReopened(Event):
    """An administrator lets codes go there again before the time is over."""

    NAME: ClassVar[str] = "codes.reopened"
    closing: str
    name: str
