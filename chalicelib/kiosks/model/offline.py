"""Checking in while there is no network: the list a kiosk takes along, and what it brings back."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Expected:
    """Somebody is expected: the number of the booking and its check-in code, made anew, and when."""

    number: str
    code: str
    starts_at: datetime


@dataclass(frozen=True)
class Offline:
    """Who is expected at a branch on a day, by numbers and hashes of codes; `salt` is new with each list.

    `signature` is that of the whole list, by which it is known again as ours.
    """

    kiosk: str
    branch: str
    day: date
    made_at: datetime
    salt: str
    expected: tuple[tuple[str, str, datetime], ...]
    signature: str


@dataclass(frozen=True)
class Arrival:
    """Somebody came while there was no network: by number or by code, at a time told by the kiosk's clock."""

    event: str
    at: datetime
    number: str = ""
    code: str = ""


@dataclass(frozen=True)
class Settled:
    """What became of one of them."""

    event: str
    outcome: str
