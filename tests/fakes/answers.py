"""Canned answers in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chalicelib.answers.model import Answer, Version
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position

from .ledger import MemoryLedger


@dataclass
class MemoryAnswers:
    """Canned answers in memory; promises what the port promises."""

    kept: dict[str, Answer] = field(default_factory=dict)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)

    def get(self, id_: str) -> Answer | None:
        return self.kept.get(id_)

    def write(self, answer: Answer, records: Sequence[Record], stamp: Stamp | None, new: Version | None = None) -> None:
        before = self.kept.get(answer.id)
        self.ledger.commit(records, stamp, holds=(before.version if before else 0) == answer.version - 1)
        known = {one.n: one.wordings for one in before.versions} if before else {}
        known |= {new.n: new.wordings} if new else {}
        versions = tuple(replace(one, wordings=known[one.n]) for one in answer.versions)
        self.kept[answer.id] = replace(answer, versions=versions)

    def remember(self, stamp: Stamp | None) -> None:
        if stamp is not None:
            self.ledger.commit([], stamp)

    def library(self, start: Position | None) -> Page[Answer]:
        ids = sorted(id_ for id_ in self.kept if start is None or id_ > start["id"])
        listed = (self.kept[id_] for id_ in ids)
        bare = (replace(it, versions=tuple(replace(one, wordings={}) for one in it.versions)) for it in listed)
        return Page(tuple(bare), None)
