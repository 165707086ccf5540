"""Reports, marks and words in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Record
from chalicelib.kernel.limits import Bucket
from chalicelib.verification.fraud.model import Report, Word
from chalicelib.verification.fraud.ports import Counted

from .ledger import MemoryLedger
from .verification import MemoryGates


@dataclass
class MemoryReports:
    """Keeps what the port promises; `beside` are closings of the gates given."""

    gates: MemoryGates = field(default_factory=MemoryGates)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    reports: dict[str, Report] = field(default_factory=dict)
    marks: dict[str, datetime] = field(default_factory=dict)
    words: dict[str, Word] = field(default_factory=dict)
    counted: dict[str, Bucket] = field(default_factory=dict)

    def report(self, report: Report, beside: Sequence[Any], records: Sequence[Record], stamp: Stamp | None) -> None:
        versions = {name: closing.version for name, closing in self.gates.closed.items()}
        as_read = all(versions.get(closing.name, 0) == closing.version for closing in beside)
        self.ledger.commit(records, stamp, holds=as_read and report.id not in self.reports)
        for closing in beside:
            self.gates.save(closing, (), None)
        self.reports[report.id] = report
        if report.marked:
            self.marks[report.marked] = report.reported_at + timedelta(days=30)

    def issue(self, word: Word, records: Sequence[Record], stamp: Stamp | None) -> None:
        self.ledger.commit(records, stamp, holds=word.mark not in self.words)
        self.words[word.mark] = word

    def standing(
        self, mark: str, number: str, buckets: Sequence[str]
    ) -> tuple[Word | None, datetime | None, list[Bucket]]:
        counted = [self.counted.get(name, Bucket(name)) for name in buckets]
        return self.words.get(mark), self.marks.get(number), counted

    def checked(
        self, word: Word | None, counted: Counted, records: Sequence[Record], stamp: Stamp | None, now: datetime
    ) -> None:
        as_read = all(self.counted.get(before.key, Bucket(before.key)) == before for before, _ in counted)
        if word:
            as_read = as_read and self.words[word.mark].version == word.version
        if not as_read:
            raise Changed
        self.ledger.commit(records, stamp)
        self.counted |= {after.key: replace(after, version=before.version + 1) for before, after in counted}
        if word:
            self.words[word.mark] = replace(word, version=word.version + 1)
