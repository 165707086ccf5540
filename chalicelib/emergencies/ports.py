"""What emergencies need from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position

from .model import Emergency


class Emergencies(Protocol):
    """The store of emergencies."""

    def get(self, id_: str) -> Emergency | None: ...

    def save(
        self,
        emergency: Emergency,
        records: Sequence[Record],
        stamp: Stamp | None,
        beside: Sequence[Any] = (),
        more: Sequence[Record] = (),
    ) -> None:
        """Store a new version with what others want written with it; raises Changed if one is not as it was read."""

    def newest(self, limit: int, start: Position | None, *, unanswered: bool) -> Page[Emergency]:
        """List them, the newest first."""


class Begun(Protocol):
    """A session that is ready to be written."""

    @property
    def id(self) -> str: ...
    @property
    def mark(self) -> str: ...
    @property
    def writes(self) -> Sequence[Any]: ...
    @property
    def records(self) -> Sequence[Record]: ...


class Sessions(Protocol):
    """Asks identity for sessions."""

    def widened(self, unit: str, emergency: str, until: datetime, call: Call) -> Begun:
        """Make ready a session of the caller's that reaches one more unit; raises NotFound, NotSignedIn."""

    def ending(self, marks: Mapping[str, datetime]) -> Sequence[Any]:
        """Give what ends sessions by their marks; each with when it would have expired."""
