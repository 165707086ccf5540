"""A ticket as a line in a list."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class Row:
    """What a list shows; `due_at` is the nearest due time of the clocks still running.

    Lists of a customer also know `product`, `topic` and `text`, the beginning of the SHA-256 of subject and body.
    """

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
    open: bool = True
    product: str = ""
    topic: str = ""
    text: str = ""
    about_staff: str = ""


class Why(StrEnum):
    """In what two matters look alike, what says most first."""

    TEXT = "same_text"
    PRODUCT = "same_product"
    TOPIC = "same_topic"


@dataclass(frozen=True)
class Alike:
    """An open ticket that may be what is about to be logged once more, and why."""

    row: Row
    why: tuple[Why, ...]
