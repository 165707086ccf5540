"""What was done to run the system; who did it stands in the record."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class RedriveStarted(Event):
    """Somebody is about to bring the dead letters of a queue back."""

    NAME: ClassVar[str] = "redrive.started"
    queue: str


@dataclass(frozen=True)
class RedriveEnded(Event):
    """So many messages were brought back, and about so many are left."""

    NAME: ClassVar[str] = "redrive.ended"
    queue: str
    moved: int
    remaining: int
