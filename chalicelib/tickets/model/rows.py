"""A ticket as a line in a list."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Row:
    """What a list shows; `due_at` is the nearest due time of the clocks still running."""

    id: str
    number: str
    kind: str
    status: str
    subject: str
    received_at: datetime
    due_at: datetime | None
    version: int
    owner: str = ""
    unit: str = ""
    channel: str = ""
    priority: str = ""
