"""What files need from outside."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.events import Record

from .model import Attachment, Shelf


class Shelves(Protocol):
    """The store of what is known about files."""

    def get(self, ticket: str) -> Shelf:
        """Give the shelf of a ticket, an empty one if nothing was ever sent in for it."""

    def save(self, shelf: Shelf, changed: Sequence[Attachment], records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store new versions of a shelf and of files on it, all or none; raises Changed if one is not as it was read."""

    def remember(self, stamp: Stamp | None) -> None:
        """Keep the answer to a call that had nothing to change; raises Replayed if this very call was answered before."""


class Arrived(Protocol):
    """What lies at a place: its size in bytes, its SHA-256 in hex (empty where none was checked), its first bytes."""

    @property
    def size(self) -> int: ...
    @property
    def sha256(self) -> str: ...
    @property
    def first(self) -> bytes: ...


class Files(Protocol):
    """The objects themselves; raises Unavailable where they cannot be had."""

    def upload_link(
        self, key: str, content_type: str, size: int, sha256: str, seconds: int
    ) -> tuple[str, dict[str, str]]:
        """Give an address to PUT a file to, and the headers that have to go with it: no other size, type or content fits."""

    def arrived(self, key: str, most: int) -> Arrived | None:
        """Look at an object and at most so many of its first bytes; None if there is none."""

    def keep(self, incoming: str, kept: str, content_type: str) -> None:
        """Copy an object to where it is kept, however often."""

    def delete(self, key: str) -> None:
        """Delete an object; harmless if there is none."""

    def download_link(self, key: str, name: str, content_type: str, seconds: int) -> str:
        """Give an address at which the file is saved under its name, and never opened by a browser."""


class Scanner(Protocol):
    """Asks what was found in a kept object, in the scanner's own words."""

    def result(self, key: str) -> str:
        """Give what the scanner says, empty as long as it says nothing."""


class Matter(Protocol):
    """What files know of a ticket or a visit: what they may be for, and until when they are kept."""

    @property
    def id(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def open(self) -> bool: ...
    @property
    def purposes(self) -> Collection[str]: ...
    @property
    def keep_until(self) -> datetime | None: ...


class Matters(Protocol):
    """Asks tickets, or appointments, who reaches which of them."""

    def reach(self, id_: str, act: Act, call: Call) -> Matter:
        """Give what the caller may do this to; raises NotFound, Forbidden or ConflictOfInterest.

        Whoever is not signed in names it by a link that was made for it.
        """


class Joined(Protocol):
    """Asks tickets which others went on in, or were made of, the same matter."""

    def sources(self, id_: str, act: Act, call: Call) -> Iterable[str]:
        """Name those of them whose files belong here too and which the caller reaches, the ticket itself first."""


class Heard(Protocol):
    """Tells tickets, or appointments, what has to do with them, harmless however often; and asks what they know."""

    def file_came(self, id_: str, at: datetime, call: Call) -> None:
        """Hear that the customer has sent a file in: whoever waited for them waits no longer."""

    def kept_until(self, id_: str) -> datetime | None:
        """Tell until when files are kept, as of now; None as long as what they belong to is."""

    def file_infected(self, id_: str, attachment: str, by_staff: bool, call: Call) -> None:
        """Hear that a file was infected: whoever sent it in is told."""

    def file_unscanned(self, id_: str, attachment: str, call: Call) -> None:
        """Hear that no scanner will say what a file is: whoever may say it is told."""
