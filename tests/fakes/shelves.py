"""Shelves of files in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chalicelib.attachments.model import Attachment, Shelf
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record

from .ledger import MemoryLedger


@dataclass
class MemoryShelves:
    """Keeps what `Shelves` promises to keep: a shelf and its files change together, or not at all."""

    kept: dict[str, Shelf] = field(default_factory=dict)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)

    def get(self, ticket: str) -> Shelf:
        return self.kept.get(ticket, Shelf(ticket))

    def save(self, shelf: Shelf, changed: Sequence[Attachment], records: Sequence[Record], stamp: Stamp | None) -> None:
        known = self.get(shelf.ticket)
        versions = {file.id: file.version for file in known.files}
        as_read = known.version == shelf.version
        as_read = as_read and all(versions.get(file.id, 0) == file.version for file in changed)
        self.ledger.commit(records, stamp, holds=as_read)
        files = {file.id: file for file in known.files}
        files |= {file.id: replace(file, version=file.version + 1) for file in changed}
        ordered = tuple(file for _, file in sorted(files.items()))
        self.kept[shelf.ticket] = replace(shelf, files=ordered, version=shelf.version + 1)

    def remember(self, stamp: Stamp | None) -> None:
        if stamp is not None:
            self.ledger.commit([], stamp)
