"""What codes need from outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.calls import Call, Once, Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.limits import Bucket
from chalicelib.kernel.risk import Decision, Use

from .model import Asked, Closing, Day, Proven, Reach, Standing, Toll, Verification


class Trust(Protocol):
    """Asks signals whether a number may be relied on; never within a transaction, since it may wait for a provider."""

    def asks(self, use: Use, call: Call) -> bool:
        """Tell whether a provider would be asked, and paid."""

    def judged(self, use: Use, phone: str, call: Call) -> Decision: ...


class Verifications(Protocol):
    """The store of verifications."""

    def get(self, id_: str) -> Verification | None: ...

    def add(
        self, verification: Verification, records: Sequence[Record], stamp: Stamp | None, toll: Toll | None
    ) -> None:
        """Store a new one with what its text costs; raises Changed if something it is counted in has moved since."""

    def save(
        self, verification: Verification, records: Sequence[Record], stamp: Stamp | None, toll: Toll | None
    ) -> None:
        """Store a new version; raises Changed if the one before, or what its text is counted in, is not as it was read.

        It is not saved either if tries were counted since: they would be forgotten.
        """

    def approve(self, verification: Verification, records: Sequence[Record], stamp: Stamp | None, to: Asked) -> None:
        """Store one whose code was right, and make its texts good where they were counted; raises Changed."""

    def unsent(
        self, verification: Verification, records: Sequence[Record], once: Once | None, refund: Toll | None
    ) -> None:
        """Store one that no provider took and forget what was answered to the call, so that it may come again; Changed."""

    def count_attempt(self, id_: str, most: int, now: datetime) -> Verification | None:
        """Count one attempt, at once, if the code is sent, in force and not exhausted; else None."""


class Gates(Protocol):
    """The store of what texts are counted in, and of what is open and closed."""

    def standing(self, asked: Asked) -> Standing:
        """Read everything a text depends on, at one time; raises Unavailable if not all of it can be had."""

    def close(
        self, closing: Closing, records: Sequence[Record], prefix: tuple[Bucket, Bucket] | None, now: datetime
    ) -> None:
        """Store a closing; raises Changed if somebody else did."""

    def save(self, closing: Closing, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store a new version of a closing; raises Changed if it is not as it was read."""

    def written(self, closing: Closing) -> Any:
        """Give what stores a closing, for a transaction of somebody else."""

    def proven(self, phone: str) -> Proven | None:
        """Tell when a right code was last typed that was sent to a phone, and by whom; the phone by its keyed hash."""

    def closing(self, name: str) -> Closing | None: ...

    def closings(self) -> Sequence[Closing]:
        """List everything that is or was closed."""

    def days(self, date: str) -> Sequence[Day]:
        """Give all shards of a day."""

    def reach(self) -> Reach: ...

    def set_reach(self, reach: Reach, before: Reach, records: Sequence[Record]) -> None:
        """Store what is open; raises Changed if it is not as it was read."""


class Texting(Protocol):
    """Sends one SMS, or calls and speaks; `id_` is ours, so that the same text twice is one text. Raises Unavailable."""

    def text(self, id_: str, to: str, body: str, template: str) -> str: ...


class Wording(Protocol):
    """Words a text in a language."""

    def words(self, template: str, language: str, facts: dict[str, str]) -> str: ...


class Reaches(Protocol):
    """Where codes may go and by which ways, as it was at most a minute ago."""

    def reach(self) -> Reach: ...
