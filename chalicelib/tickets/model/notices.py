"""Word that is owed to somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Notice:
    """Somebody has to be told something: asked for `tries` times so far, last at `asked_at`, until it is taken over.

    With no tries yet, `asked_at` is when to ask for the first time, such as the next morning.

    `key` says what it is about ("acknowledgement", "warning/<clock>/<its start>/75/lead") and makes it one word however
    often it is asked for; `to` is customer, owner, lead, head or compliance.
    """

    key: str
    template: str
    to: str
    asked_at: datetime
    tries: int = 1
    facts: Mapping[str, str] = field(default_factory=dict)
