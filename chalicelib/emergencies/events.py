"""Who reached beyond their unit, and what compliance said of it; reasons stand in records as their SHA-256 only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class EmergencyBegun(Event):
    """Somebody reaches another unit until then, for a reason that compliance is asked to look at."""

    NAME: ClassVar[str] = "emergency.begun"
    emergency: str
    staff: str
    unit: str
    until: datetime
    session: str
    sha256: str
    notices: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class EmergencyReminded(Event):
    """Nobody has answered yet: compliance is asked once more."""

    NAME: ClassVar[str] = "emergency.reminded"
    emergency: str
    notices: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class EmergencyAnswered(Event):
    """Compliance has looked at it; where it was not justified, the lead hears of it, and what is left of the hour ends."""

    NAME: ClassVar[str] = "emergency.answered"
    emergency: str
    justified: bool
    sha256: str
    notices: tuple[Mapping[str, Any], ...]
