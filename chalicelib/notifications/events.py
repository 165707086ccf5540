"""What happened to texts and receipts; no address and no wording is in them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class TextStarted(Event):
    """A word that was owed is being sent, and watched over here from now on."""

    NAME: ClassVar[str] = "text.started"
    text: str
    about: str
    key: str
    template: str
    to: str
    ref: str


@dataclass(frozen=True)
class TextHeld(Event):
    """It must not go out before an instant; `why` hours or budget. Whoever owes it asks again then."""

    NAME: ClassVar[str] = "text.held"
    text: str
    about: str
    key: str
    template: str
    ref: str
    why: str
    until: datetime


@dataclass(frozen=True)
class TextWithheld(Event):
    """It does not go out at all, since its reader does not wish it; `why` refused or no_consent."""

    NAME: ClassVar[str] = "text.withheld"
    text: str
    about: str
    key: str
    template: str
    ref: str
    why: str


@dataclass(frozen=True)
class TextSent(Event):
    """The provider has taken it."""

    NAME: ClassVar[str] = "text.sent"
    text: str
    about: str
    key: str
    at: datetime


@dataclass(frozen=True)
class TextDelivered(Event):
    """It reached the phone; `at` is the provider's time."""

    NAME: ClassVar[str] = "text.delivered"
    text: str
    about: str
    key: str
    at: datetime


@dataclass(frozen=True)
class TextFailed(Event):
    """It did not, and will not."""

    NAME: ClassVar[str] = "text.failed"
    text: str
    about: str
    key: str
    at: datetime


@dataclass(frozen=True)
class ReceiptTaken(Event):
    """A provider reported on a text, and the report is kept."""

    NAME: ClassVar[str] = "receipt.taken"
    receipt: str
    text: str
    status: str


@dataclass(frozen=True)
class ReceiptApplied(Event):
    """A report was worked off; `outcome` says what it changed, if anything."""

    NAME: ClassVar[str] = "receipt.applied"
    receipt: str
    outcome: str
