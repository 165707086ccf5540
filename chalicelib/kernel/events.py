"""What happened, and the records that prove it: a hash chain per subject."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from .calls import Call
from .clock import text

GENESIS = "0" * 64
_AS_IT_IS = frozenset({str, int, bool})
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


@dataclass(frozen=True)
class Event:
    """Something that happened, in the past tense; fields are ids and facts, never entities or personal data."""

    NAME: ClassVar[str]

    def body(self) -> dict[str, Any]:
        """Give the facts as plain data: text, whole numbers, true and false, lists and maps of them."""
        return {key: _plain(value) for key, value in vars(self).items() if value is not None}


@dataclass(frozen=True)
class Record:
    """One link of a subject's chain, as it stands in the ledger."""

    subject: str
    seq: int
    event: str
    actor: str
    role: str
    door: str
    at: str
    request_id: str
    body: Mapping[str, Any]
    prev: str
    hash: str

    @property
    def facts(self) -> dict[str, Any]:
        """What is hashed: everything but the hash."""
        return {name: value for name, value in vars(self).items() if name != "hash"}


@dataclass(frozen=True)
class Link:
    """Where a chain ends: the number and hash of its last record."""

    seq: int = 0
    head: str = GENESIS


def chained(
    subject: str, after: Link, events: Iterable[Event], call: Call, beside: Mapping[str, Any] | None = None
) -> list[Record]:
    """Make the records of what happened in one call, each bound to the one before by its hash.

    `beside` are facts of the whole call; they stand in the body of the first record, under names no event uses.
    """
    records: list[Record] = []
    for event in events:
        shared = {} if records or not beside else {key: _plain(value) for key, value in beside.items()}
        facts: dict[str, Any] = {
            "subject": subject,
            "seq": after.seq + 1,
            "event": event.NAME,
            "actor": call.actor.id,
            "role": call.actor.role,
            "door": call.door,
            "at": text(call.now),
            "request_id": call.request_id,
            "body": event.body() | shared,
            "prev": after.head,
        }
        record = Record(**facts, hash=digest(facts))
        records.append(record)
        after = Link(record.seq, record.hash)
    return records


def end(records: list[Record], before: Link) -> Link:
    """Tell where the chain ends once these records are added."""
    return Link(records[-1].seq, records[-1].hash) if records else before


def digest(facts: Mapping[str, Any]) -> str:
    """Hash a record's facts: SHA-256 of their canonical JSON, in hex, the hash itself left out."""
    return hashlib.sha256(canonical(facts)).hexdigest()


def canonical(facts: Mapping[str, Any]) -> bytes:
    """Write facts in the one form that is hashed: JSON in UTF-8, keys sorted, no spaces, nothing escaped that need not be."""
    return _canonical(facts).encode()


def _plain(value: Any) -> Any:
    if type(value) in _AS_IT_IS:  # most of them, and asking for each kind in turn is what costs
        return value
    if isinstance(value, datetime):
        return text(value)
    if isinstance(value, float):
        raise TypeError("a record has no fractions: they do not hash alike everywhere")
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [_plain(inner) for inner in value]
        return sorted(items) if isinstance(value, set | frozenset) else items
    return value
