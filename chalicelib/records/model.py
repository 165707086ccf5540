"""Checking a chain."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.kernel.events import GENESIS, Link, Record, digest


@dataclass(frozen=True)
class Fault:
    """The first bad record of a chain, and what is wrong: missing, altered, unchained, cut off, or unclaimed."""

    subject: str
    seq: int
    why: str


def first_fault(subject: str, records: Iterable[Record], end: Link | None) -> Fault | None:
    """Check a chain from its first record; `end` is where its aggregate says it ends, None if nobody says."""
    at = Link(0, GENESIS)
    for record in records:
        if record.seq != at.seq + 1:
            return Fault(subject, at.seq + 1, "missing")
        if record.subject != subject or record.hash != digest(record.facts):
            return Fault(subject, record.seq, "altered")
        if record.prev != at.head:
            return Fault(subject, record.seq, "unchained")
        at = Link(record.seq, record.hash)
        if end is not None and end.seq == at.seq and end != at:
            # Sound in itself, but not what was written: somebody made the chain anew, to its end.
            return Fault(subject, at.seq, "altered")
    if end is not None and end != at:
        return Fault(subject, min(end.seq, at.seq) + 1, "cut off" if end.seq > at.seq else "unclaimed")
    return None
