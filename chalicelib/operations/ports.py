"""What running the system needs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from .model import DueThing


class DueIndex(Protocol):
    """Reads the `due` indexes of all capabilities."""

    def until(self, moment: datetime) -> Iterable[DueThing]: ...


class Heartbeat(Protocol):
    """Remembers when the last complete sweep ran."""

    def last(self) -> datetime | None: ...

    def beat(self, now: datetime) -> None: ...


class Outlet(Protocol):
    """Sends hints to a queue, each after its delay in seconds; says how the queue stands."""

    def send(self, queue: str, messages: Sequence[Mapping[str, Any]], delays: Sequence[int] = ()) -> None: ...

    def depth(self, queue: str) -> dict[str, int]: ...
