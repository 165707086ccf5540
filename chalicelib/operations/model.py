"""What the sweep finds, how it went, and dead letters brought back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.events import Link


class RedriveRunning(Conflict):
    """Somebody is bringing the dead letters of this queue back at this moment, or broke off while doing so."""

    code = "redrive_running"
    such_as: ClassVar[Mapping[str, object]] = {"retry_after": 45}


@dataclass(frozen=True)
class DueThing:
    """Something whose time has come, by the index `due`."""

    id: str
    pk: str
    sk: str
    due_at: datetime


@dataclass(frozen=True)
class Sweep:
    """One sweep: what it looked at, how many hints it sent, and how late the oldest due thing is, in seconds."""

    looked: int
    sent: int
    lag: int


@dataclass(frozen=True)
class Redrive:
    """A queue whose dead letters are, or were, brought back; `claimed_until` keeps two people from doing it at once."""

    queue: str
    claimed_until: datetime | None = None
    version: int = 0
    link: Link = Link()

    @property
    def subject(self) -> str:
        """Name the chain of this queue in the ledger."""
        return f"redrive_{self.queue}"

    def seconds_left(self, now: datetime) -> int:
        """Give how long it is still claimed, in whole seconds rounded up; 0 if it is not."""
        if self.claimed_until is None or self.claimed_until <= now:
            return 0
        return int((self.claimed_until - now).total_seconds() + 0.999)


@dataclass(frozen=True)
class Redriven:
    """How many messages came back, and about how many are left."""

    queue: str
    moved: int
    remaining: int
