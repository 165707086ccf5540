"""What happened to what others were asked to find out; what was asked and answered is told by its hash alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event

Words = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class TaskAsked(Event):
    """A unit is asked to find something out; a `gate` holds the decision back until it is answered."""

    NAME: ClassVar[str] = "task.asked"
    ticket: str
    task: str
    kind: str
    unit: str
    owner: str
    gate: bool
    due_at: datetime | None
    sha256: str
    notices: Words


@dataclass(frozen=True)
class TaskAccepted(Event):
    """Its owner has taken it on."""

    NAME: ClassVar[str] = "task.accepted"
    ticket: str
    task: str


@dataclass(frozen=True)
class TaskAnswered(Event):
    """It is answered; its clock has ended."""

    NAME: ClassVar[str] = "task.answered"
    ticket: str
    task: str
    sha256: str
    notices: Words


@dataclass(frozen=True)
class TaskReturned(Event):
    """More is wanted than was answered; its clock begins anew."""

    NAME: ClassVar[str] = "task.returned"
    ticket: str
    task: str
    due_at: datetime | None
    sha256: str
    notices: Words


@dataclass(frozen=True)
class TaskAssigned(Event):
    """Somebody else of its unit has it now; `why` is staff or absent, `sha256` that of a note, if there is one."""

    NAME: ClassVar[str] = "task.assigned"
    ticket: str
    task: str
    owner: str
    before: str
    why: str
    sha256: str
    notices: Words


@dataclass(frozen=True)
class TaskCancelled(Event):
    """These are not wanted any more; `why` is staff, resolved or closed."""

    NAME: ClassVar[str] = "task.cancelled"
    ticket: str
    tasks: tuple[str, ...]
    why: str
    sha256: str
    notices: Words
