"""A matter as it comes in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .people import Need
from .ticket import Channel, Kind


@dataclass(frozen=True)
class Filing:
    """What somebody wants, before it has a number; `received_at` is its first expression, and may lie in the past.

    `unit` is that of the customer or of whoever logs it; `process` is what the kind of ticket keeps beside the ticket.
    """

    kind: Kind
    subject: str
    body: str
    customer_id: str
    unit: str
    channel: Channel
    received_at: datetime
    language: str = ""
    topic: str = ""
    product: str = ""
    about_unit: str = ""
    about_staff: str = ""
    needs: tuple[Need, ...] = ()
    severity: str = "normal"
    process: Mapping[str, Any] = field(default_factory=dict)
