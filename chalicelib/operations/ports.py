"""What running the system needs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.events import Record

from .model import DueThing, Redrive


class DueIndex(Protocol):
    """Reads the `due` indexes of all capabilities."""

    def until(self, moment: datetime) -> Iterable[DueThing]: ...

    def oldest(self, moment: datetime) -> Iterable[DueThing]:
        """Give the oldest due thing of each shard, however many there are."""


class Heartbeat(Protocol):
    """Remembers when the last complete sweep ran."""

    def last(self) -> datetime | None: ...

    def beat(self, now: datetime) -> None: ...


class Outlet(Protocol):
    """Sends hints to a queue, each after its delay in seconds; says how the queue stands."""

    def send(self, queue: str, messages: Sequence[Mapping[str, Any]], delays: Sequence[int] = ()) -> None: ...

    def depth(self, queue: str) -> dict[str, int]: ...


class DeadLetters(Protocol):
    """The dead-letter queues."""

    def bring_back(self, queue: str, most: int) -> tuple[int, int]:
        """Move at most so many messages back; give how many were moved, and about how many are left.

        Every message is in one of the two queues at any time, for a moment in both. Raises Unavailable if the first move
        fails; a later failure just ends it.
        """


class Redrives(Protocol):
    """The store of redrives."""

    def get(self, queue: str) -> Redrive | None: ...

    def save(self, redrive: Redrive, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store it; raises Changed if it is not as it was read."""

    def raise_if_done(self, call: Call) -> None:
        """Raise Replayed if this very call was carried out before, KeyReused if its key was used for another body."""


class Deliveries(Protocol):
    """Asks notifications what became of the texts of a time: `sent`, `delivered` and `failed`."""

    def since(self, begin: datetime, end: datetime) -> Mapping[str, int]: ...
