"""What happened to reports and words; no number, no device and no word is in any of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class FraudReported(Event):
    """Somebody told of fraud; codes for what it is about are closed until then, `marked` if a number is marked.

    `sessions_ended` counts the customer's sessions that ended with it.
    """

    NAME: ClassVar[str] = "fraud.reported"
    report: str
    kind: str
    customer: str
    unit: str
    marked: bool
    hardened_until: datetime | None = None
    sessions_ended: int = 0


@dataclass(frozen=True)
class WordIssued(Event):
    """A member of staff gave a customer a word to know us by, for a call, a text or at a desk."""

    NAME: ClassVar[str] = "word.issued"
    word: str
    channel: str
    unit: str
    expires_at: datetime


@dataclass(frozen=True)
class WordChecked(Event):
    """Somebody asked about a word there is, and was told this."""

    NAME: ClassVar[str] = "word.checked"
    word: str
    outcome: str
