"""Something half done at a kiosk that goes on elsewhere, without being typed again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from chalicelib.kernel.errors import Gone
from chalicelib.kernel.events import Link


class HandoverOver(Gone):
    """What was handed over has been taken, or was not taken in time; it is kept no longer."""

    code = "handover_over"


class To(StrEnum):
    """Where it goes on: on the customer's own phone, or with a clerk of the branch."""

    PHONE = "phone"
    COUNTER = "counter"


@dataclass(frozen=True)
class Handover:
    """`sealed` is the draft, encrypted; it is gone once it was taken. `sha256` is that of the draft's canonical JSON."""

    id: str
    kiosk: str
    unit: str
    branch: str
    customer: str
    to: To
    sha256: str
    expires_at: datetime
    sealed: bytes | None
    taken_at: datetime | None = None
    version: int = 1
    link: Link = Link()


@dataclass(frozen=True)
class Taken:
    """A handover with its draft, for whoever took it at `at`; `sealed` is how the draft is told again to the same call."""

    handover: Handover
    at: datetime
    sealed: bytes
    draft: Mapping[str, Any]
