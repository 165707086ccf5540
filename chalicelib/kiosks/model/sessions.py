"""Sessions that are open at a kiosk: its own, and that of the customer in front of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.actors import Actor
from chalicelib.kernel.errors import Gone
from chalicelib.kernel.events import Record


class VisitOver(Gone):
    """Nobody is signed in at this kiosk any more: they left, were idle, or their time is up."""

    code = "visit_over"


@dataclass(frozen=True)
class Open:
    """A session that may be in force until `until`; `mark` is where it stands, by which it is ended without its token.

    `customer` is who is signed in, empty for the kiosk's own; `within` is the kiosk's session in which they signed in.
    """

    id: str
    mark: str
    until: datetime
    customer: str = ""
    within: str = ""


class Begun(Protocol):
    """A session that is ready to be written: `writes` and `records` go into our transaction as they are."""

    @property
    def id(self) -> str: ...
    @property
    def mark(self) -> str: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def expires_at(self) -> datetime: ...
    @property
    def writes(self) -> Sequence[Any]: ...
    @property
    def records(self) -> Sequence[Record]: ...
    @property
    def grant(self) -> str: ...


@dataclass(frozen=True)
class Started:
    """A session just begun at a kiosk."""

    id: str
    expires_at: datetime
    kiosk: str
    unit: str
    branch: str
    services: frozenset[str]
    customer: str = ""
