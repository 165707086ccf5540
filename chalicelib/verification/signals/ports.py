"""What signals need from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Record

from .model import Check, Rules


class Numbers(Protocol):
    """A provider that knows something of phone numbers."""

    @property
    def name(self) -> str:
        """Name it for the records; empty where nobody is asked, and then nothing is read or written either."""

    def signals(self, phone: str, since: datetime) -> Mapping[str, str]:
        """Tell what is known of a number, by the names and values of the model; a SIM changed `since` is a recent one.

        What is not known is left out, or `unknown`. Answers within seconds, or raises Unavailable; nothing else.
        """


class Devices(Protocol):
    """Asks codes whether somebody has typed a right code for a phone on the device that asks."""

    def device(self, phone: str, call: Call) -> str:
        """Give `known`, `new`, or `unknown` where the app names no device; for a phone nobody knows it is `new` too."""


class Checks(Protocol):
    """The store of what was found out."""

    def get(self, mark: str) -> Check | None: ...

    def save(self, check: Check, records: Sequence[Record]) -> None:
        """Store a check in the place of that of the version it carries; raises Changed if somebody else was quicker."""

    def may_ask(self, most: int, now: datetime) -> bool:
        """Count one more question of this UTC day, at once, if there are not `most` already."""


class Table(Protocol):
    """The institution's table."""

    def at(self, now: datetime) -> Rules:
        """Give the version in force at an instant."""
