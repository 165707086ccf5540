"""What happened in a complaint's process; texts are told by hash only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event

Words = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class ComplaintReceived(Event):
    """A complaint is registered; `received_at` is when it was first expressed, `clocks` what runs since then."""

    NAME: ClassVar[str] = "complaint.received"
    ticket: str
    number: str
    unit: str
    owner: str
    channel: str
    received_at: datetime
    regimes: tuple[str, ...]
    clocks: tuple[str, ...]
    sha256: str
    notices: Words = ()


@dataclass(frozen=True)
class ComplaintTakenUp(Event):
    """Somebody of the staff works on it for the first time."""

    NAME: ClassVar[str] = "complaint.taken_up"
    ticket: str


@dataclass(frozen=True)
class ComplaintDecided(Event):
    """Staff decided; `rights` are what the customer has to be told, `sha256` that of findings and reasons."""

    NAME: ClassVar[str] = "complaint.decided"
    ticket: str
    outcome: str
    rights: tuple[str, ...]
    sha256: str


@dataclass(frozen=True)
class DeliveryAsked(Event):
    """The decision is to reach the customer by SMS; whether it did, the receipt will say."""

    NAME: ClassVar[str] = "complaint.delivery_asked"
    ticket: str
    channel: str
    notices: Words


@dataclass(frozen=True)
class DecisionDelivered(Event):
    """The decision was handed over, by somebody who has the proof."""

    NAME: ClassVar[str] = "complaint.delivered"
    ticket: str
    channel: str
    proof_sha256: str


@dataclass(frozen=True)
class ComplaintClosed(Event):
    """The case is over, with the reason why it came to the complaint."""

    NAME: ClassVar[str] = "complaint.closed"
    ticket: str
    root_cause: str
