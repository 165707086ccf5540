"""Reports, marks and words in the table `verification`."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from chalicelib.aws import buckets as counters
from chalicelib.aws.items import Item
from chalicelib.aws.tables import WHATEVER, Put, Tables, Write, unchanged
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link, Record
from chalicelib.kernel.limits import Bucket

from .model import Channel, Report, Word
from .ports import Counted

TABLE = "verification"
_WORD_KEPT = timedelta(days=30)  # so that an old one is told to be old
_MARKED_FOR = timedelta(days=30)  # as long as a number stays marked


class DynamoReports:
    """Keeps reports for good, marks for a time, words for a month."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def report(self, report: Report, beside: Sequence[Any], records: Sequence[Record], stamp: Stamp | None) -> None:
        writes: list[Write] = [Put(TABLE, report_item(report)), *beside]
        if report.marked:
            until = report.reported_at + _MARKED_FOR
            mark = {**mark_key(report.marked), "until": text(until), "expires": int(until.timestamp())}
            writes.append(Put(TABLE, mark, WHATEVER))
        self._tables.commit(writes, records, stamp)

    def issue(self, word: Word, records: Sequence[Record], stamp: Stamp | None) -> None:
        self._tables.commit([Put(TABLE, word_item(word))], records, stamp)

    def standing(
        self, mark: str, number: str, buckets: Sequence[str]
    ) -> tuple[Word | None, datetime | None, list[Bucket]]:
        keys = [counters.key(name) for name in buckets]
        keys += [word_key(mark)] if mark else []
        keys += [mark_key(number)] if number else []
        found = {item["pk"]: item for item in self._tables.batch(TABLE, keys)}
        word, marked = found.get(word_key(mark)["pk"]), found.get(mark_key(number)["pk"])
        counted = [counters.of(name, found.get(counters.key(name)["pk"])) for name in buckets]
        return word_of(word) if word else None, moment(marked["until"]) if marked else None, counted

    def checked(
        self, word: Word | None, counted: Counted, records: Sequence[Record], stamp: Stamp | None, now: datetime
    ) -> None:
        writes: list[Write] = [counters.put(TABLE, *pair, now) for pair in counted]
        if word:
            writes.append(unchanged(TABLE, {**word_item(word), "version": word.version + 1}, word.version))
        self._tables.commit(writes, records, stamp)


def word_key(mark: str) -> Item:
    """Key of a word, by its keyed hash."""
    return {"pk": f"word#{mark}", "sk": "word"}


def mark_key(number: str) -> Item:
    """Key of a number that was reported, by its keyed hash."""
    return {"pk": f"marked#{number}", "sk": "marked"}


def report_item(report: Report) -> Item:
    """Write a report."""
    return {
        "pk": report.id,
        "sk": "report",
        "id": report.id,
        "kind": report.kind.value,
        "customer": report.customer,
        "unit": report.unit,
        "by": report.by,
        "note": report.note or None,
        "reported_at": text(report.reported_at),
        "hardened_until": text(report.hardened_until) if report.hardened_until else None,
        "marked": report.marked or None,
        "seq": report.link.seq,
        "head": report.link.head,
    }


def word_item(word: Word) -> Item:
    """Write a word."""
    return {
        **word_key(word.mark),
        "id": word.id,
        "phone": word.phone,
        "channel": word.channel.value,
        "staff": word.staff,
        "unit": word.unit,
        "issued_at": text(word.issued_at),
        "expires_at": text(word.expires_at),
        "expires": int((word.expires_at + _WORD_KEPT).timestamp()),
        "version": word.version,
        "seq": word.link.seq,
        "head": word.link.head,
    }


def word_of(item: Item) -> Word:
    """Read a word back."""
    return Word(
        id=item["id"],
        mark=item["pk"].removeprefix("word#"),
        phone=item["phone"],
        channel=Channel(item["channel"]),
        staff=item["staff"],
        unit=item["unit"],
        issued_at=moment(item["issued_at"]),
        expires_at=moment(item["expires_at"]),
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )
