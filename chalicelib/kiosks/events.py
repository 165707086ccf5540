"""What happened to kiosks, at them, and to what was handed over from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event

Words = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class KioskRegistered(Event):
    """A device may become a kiosk of a branch, if somebody there types the code."""

    NAME: ClassVar[str] = "kiosk.registered"
    kiosk: str
    unit: str
    branch: str
    services: tuple[str, ...]


@dataclass(frozen=True)
class CodeAsked(Event):
    """Another enrolment code was shown; the one before is worth nothing."""

    NAME: ClassVar[str] = "kiosk.code_asked"
    kiosk: str


@dataclass(frozen=True)
class KioskEnrolled(Event):
    """A device typed the code and has this key; sessions under an older one are over."""

    NAME: ClassVar[str] = "kiosk.enrolled"
    kiosk: str
    thumbprint: str
    sessions: tuple[str, ...]


@dataclass(frozen=True)
class KioskDisabled(Event):
    """It does nothing any more until it is enabled; its sessions are over."""

    NAME: ClassVar[str] = "kiosk.disabled"
    kiosk: str
    sessions: tuple[str, ...]


@dataclass(frozen=True)
class KioskEnabled(Event):
    """It may be used again, or enrolled anew if it has lost its key."""

    NAME: ClassVar[str] = "kiosk.enabled"
    kiosk: str
    state: str


@dataclass(frozen=True)
class KioskRetired(Event):
    """It is a kiosk no longer, and never will be again."""

    NAME: ClassVar[str] = "kiosk.retired"
    kiosk: str
    sessions: tuple[str, ...]


@dataclass(frozen=True)
class KioskTampered(Event):
    """It was opened by force: disabled, its sessions over, its key forgotten; the lead is told."""

    NAME: ClassVar[str] = "kiosk.tampered"
    kiosk: str
    sessions: tuple[str, ...]
    notices: Words


@dataclass(frozen=True)
class KioskSilent(Event):
    """Nothing has been heard of it since that time; the lead is told, once."""

    NAME: ClassVar[str] = "kiosk.silent"
    kiosk: str
    since: datetime
    notices: Words


@dataclass(frozen=True)
class KioskHeard(Event):
    """A silent one is heard of again; `offline_since` by its own clock."""

    NAME: ClassVar[str] = "kiosk.heard_again"
    kiosk: str
    silent_since: datetime
    offline_since: datetime | None


@dataclass(frozen=True)
class WordRepeated(Event):
    """Nothing was heard of a word the lead is owed, and it is asked for again."""

    NAME: ClassVar[str] = "kiosk.word_repeated"
    kiosk: str
    notices: Words


@dataclass(frozen=True)
class WordTaken(Event):
    """A word the lead was owed is on its way, and watched over there."""

    NAME: ClassVar[str] = "kiosk.word_taken"
    kiosk: str
    key: str


@dataclass(frozen=True)
class SessionStarted(Event):
    """It signed in with its key."""

    NAME: ClassVar[str] = "kiosk.session_started"
    kiosk: str
    session: str


@dataclass(frozen=True)
class SessionEnded(Event):
    """It signed out, and with it whoever was signed in there."""

    NAME: ClassVar[str] = "kiosk.session_ended"
    kiosk: str
    sessions: tuple[str, ...]


@dataclass(frozen=True)
class VisitStarted(Event):
    """Somebody signed in there; who, stands in their own chain under the same session."""

    NAME: ClassVar[str] = "kiosk.visit_started"
    kiosk: str
    session: str


@dataclass(frozen=True)
class VisitEnded(Event):
    """They left, or somebody else signed in after them (`why`: left, next)."""

    NAME: ClassVar[str] = "kiosk.visit_ended"
    kiosk: str
    session: str
    why: str


@dataclass(frozen=True)
class ArrivalsBrought(Event):
    """It told who came, at once or when it had a line again: how many of them got which answer."""

    NAME: ClassVar[str] = "kiosk.arrivals_brought"
    kiosk: str
    outcomes: Mapping[str, int]


@dataclass(frozen=True)
class HandoverOffered(Event):
    """Something half done waits to be taken elsewhere; what it is, only its digest says."""

    NAME: ClassVar[str] = "handover.offered"
    handover: str
    kiosk: str
    to: str
    sha256: str


@dataclass(frozen=True)
class HandoverTaken(Event):
    """Somebody took it, and it is kept here no longer."""

    NAME: ClassVar[str] = "handover.taken"
    handover: str
    to: str
