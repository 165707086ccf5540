"""What happened to the documents of a visit before it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class PaperTicked(Event):
    """Somebody said of a document that they will bring it, or will not."""

    NAME: ClassVar[str] = "appointment.paper_ticked"
    appointment: str
    document: str
    brings: bool


@dataclass(frozen=True)
class PaperCame(Event):
    """The customer has sent in a document that the branch has to look at, the first since it did last."""

    NAME: ClassVar[str] = "appointment.paper_came"
    appointment: str
    at: datetime


@dataclass(frozen=True)
class PaperChecked(Event):
    """The branch looked at a document: `verdict` accepted, missing or replace, and why; it is `saved` minutes shorter.

    What was found missing, or has to be replaced, the customer is told.
    """

    NAME: ClassVar[str] = "appointment.paper_checked"
    appointment: str
    document: str
    verdict: str
    reason: str
    file: str
    saved: int


@dataclass(frozen=True)
class PaperInfected(Event):
    """A file that was sent in for a document is harmful and is deleted; whoever sent it in is told."""

    NAME: ClassVar[str] = "appointment.paper_infected"
    appointment: str
    file: str


@dataclass(frozen=True)
class PaperUnscanned(Event):
    """No scanner will say what a file is that was sent in for a document; the lead is told, who may say it."""

    NAME: ClassVar[str] = "appointment.paper_unscanned"
    appointment: str
    file: str
