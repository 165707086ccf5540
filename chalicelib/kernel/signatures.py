"""Whose calls of our webhooks we believe: those signed with a key of ours, just now.

Keys follow each other in generations, so that a new one can be handed over while the old one still counts.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .clock import moment
from .errors import SignatureInvalid
from .tokens import Keys

# Both ways: what comes from the future is as suspicious as what is old.
FRESH = timedelta(minutes=5)
_FIRST = 1
_FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Generation:
    """A key among those that follow each other, from 1 on; believed until an instant, or until it is taken off the list."""

    number: int
    until: datetime = _FOR_EVER

    def purpose(self, name: str) -> str:
        """Name what its key is derived for; the first has the bare name of the webhook."""
        return name if self.number == _FIRST else f"{name}/{self.number}"


@dataclass(frozen=True)
class Signers:
    """The keys by which a webhook knows who calls."""

    keys: Keys
    name: str
    generations: Sequence[Generation] = (Generation(_FIRST),)

    def believed(self, now: datetime) -> Sequence[bytes]:
        """Give the keys that count at an instant."""
        counting = [generation for generation in self.generations if now < generation.until]
        return [self.keys.key(generation.purpose(self.name)) for generation in counting]


def generations(told: str) -> Sequence[Generation]:
    """Read `1@2026-12-01T00:00:00Z,2`: generations, with the instant from which one counts no more.

    Raises ValueError for anything else: a webhook that believes nobody, or somebody for ever, is found at the start.
    """
    read = tuple(_generation(*one.strip().partition("@")) for one in told.split(","))
    numbers = {generation.number for generation in read}
    if min(numbers) < _FIRST or len(numbers) < len(read):
        raise ValueError(told)
    return read


def _generation(number: str, ends: str, until: str) -> Generation:
    return Generation(int(number), moment(until) if ends else _FOR_EVER)


def check_signature(header: str, body: str, keys: Sequence[bytes], now: datetime) -> None:
    """Raise SignatureInvalid unless `t=<epoch seconds>,v1=<hex>` is fresh and by one of the keys.

    The hex signs `<t>.<body>`.
    """
    parts = dict(part.strip().partition("=")[::2] for part in header.split(","))
    stamp, given = parts.get("t", ""), parts.get("v1", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        raise SignatureInvalid
    signed = f"{stamp}.{body}".encode()
    # All of them are tried, so that the time it takes does not tell which one fits.
    fits = [hmac.compare_digest(hmac.digest(key, signed, "sha256").hex().encode(), given.encode()) for key in keys]
    if not any(fits):
        raise SignatureInvalid
    if abs(now.timestamp() - int(stamp)) > FRESH.total_seconds():
        raise SignatureInvalid
