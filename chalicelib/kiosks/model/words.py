"""Word that is owed to the lead of a kiosk's unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Notice:
    """The lead has to be told something: asked for `tries` times so far, last at `asked_at`, until it is taken over.

    `key` makes it one word however often it is asked for.
    """

    key: str
    template: str
    asked_at: datetime
    tries: int = 1
    facts: Mapping[str, str] = field(default_factory=dict)
