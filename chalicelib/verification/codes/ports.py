"""What codes need from outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record

from .model import Verification


class Verifications(Protocol):
    """The store of verifications."""

    def get(self, id_: str) -> Verification | None: ...

    def add(self, verification: Verification, records: Sequence[Record], stamp: Stamp | None) -> None: ...

    def save(self, verification: Verification, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store a new version; raises Changed if the one before is not the one that was read.

        One that is still open is not saved either if tries were counted since: they would be forgotten.
        """

    def count_attempt(self, id_: str, most: int, now: datetime) -> Verification | None:
        """Count one attempt, at once, if the code is sent, in force and not exhausted; else None."""


class Texting(Protocol):
    """Sends one SMS; `id_` is ours, so that the same text twice is one text."""

    def text(self, id_: str, to: str, body: str, template: str) -> str: ...


class Wording(Protocol):
    """Words an SMS in a language."""

    def words(self, template: str, language: str, facts: dict[str, str]) -> str: ...
