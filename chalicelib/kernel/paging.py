"""Pages, and cursors nobody can edit."""

import base64
import hmac
import json
from dataclasses import dataclass
from typing import Generic, TypeVar

from .errors import CursorInvalid

T = TypeVar("T")
Position = dict[str, str]


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some items, and where the next ones begin, if there are more."""

    items: tuple[T, ...]
    next: Position | None


def seal(position: Position | None, key: bytes, bound_to: str) -> str | None:
    """Write a position as a cursor that opens only for the same caller and filter."""
    if position is None:
        return None
    inner = json.dumps(position, separators=(",", ":"), sort_keys=True).encode()
    return _written(_mac(inner, key, bound_to) + inner)


def unseal(cursor: str | None, key: bytes, bound_to: str) -> Position | None:
    """Read a cursor back; one that is edited or foreign raises CursorInvalid."""
    if not cursor:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except ValueError as unreadable:
        raise CursorInvalid from unreadable
    mac, inner = raw[:16], raw[16:]
    # The decoder skips what is no letter of its alphabet: only what is written as we write it was not edited.
    if _written(raw) != cursor or not hmac.compare_digest(mac, _mac(inner, key, bound_to)):
        raise CursorInvalid
    position: Position = json.loads(inner)
    return position


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _mac(inner: bytes, key: bytes, bound_to: str) -> bytes:
    return hmac.digest(key, bound_to.encode() + b"\x1f" + inner, "sha256")[:16]
