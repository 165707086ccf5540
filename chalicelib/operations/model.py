"""What the sweep finds, and how it went."""

from dataclasses import dataclass
from datetime import datetime


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
