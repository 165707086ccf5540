"""Secrets the customer holds, made from one key so that none is stored, and an answer can be given twice."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from functools import cached_property

_HANDLE = 32  # letters of the part of a handle that cannot be guessed

_MARK = 40  # letters of hex


class Keys:
    """Keys for separate purposes out of one root secret; knowing one tells nothing of another."""

    def __init__(self, root: bytes | Callable[[], bytes]) -> None:
        self._given = root

    @cached_property
    def _root(self) -> bytes:
        return self._given if isinstance(self._given, bytes) else self._given()

    def key(self, purpose: str) -> bytes:
        """Derive the 32-byte key of a purpose."""
        return hmac.digest(self._root, purpose.encode(), "sha256")

    def digest(self, purpose: str, *parts: str) -> str:
        """Give the keyed hash of the parts, hex; what is hashed cannot be found by trying without the key."""
        return hmac.digest(self.key(purpose), "\x1f".join(parts).encode(), "sha256").hex()

    def mark(self, purpose: str, *parts: str) -> str:
        """Give the first 160 bits of the keyed hash, hex: for keys of items, many of which are written with each call."""
        return self.digest(purpose, *parts)[:_MARK]

    def token(self, purpose: str, id_: str) -> str:
        """Make the token of a thing: its id and 192 bits nobody can guess, the same each time, of no use elsewhere."""
        mac = hmac.digest(self.key(f"token:{purpose}"), id_.encode(), "sha256")[:24]
        return f"{id_}-{base64.urlsafe_b64encode(mac).decode()}"

    def opened(self, purpose: str, token: str) -> str | None:
        """Give the id a token was made for, or None if it was not made here for this purpose."""
        id_ = borne(token)
        return id_ if hmac.compare_digest(self.token(purpose, id_).encode(), token.encode()) else None

    def handle(self, purpose: str, id_: str) -> str:
        """Make the name under which a thing is known outside, and to nobody who was not told: its id and 160 bits.

        It has only the letters an id may have, so that it may stand in a path; whoever knows the id alone cannot make it.
        """
        return f"{id_}{base64.b32encode(self._mark(purpose, id_)).decode()}"

    def handled(self, purpose: str, handle: str) -> str | None:
        """Give the id behind a handle, or None if it was not made here for this purpose."""
        id_ = handle[:-_HANDLE]
        return id_ if hmac.compare_digest(self.handle(purpose, id_).encode(), handle.encode()) else None

    def _mark(self, purpose: str, id_: str) -> bytes:
        return hmac.digest(self.key(f"handle:{purpose}"), id_.encode(), "sha256")[:20]


def borne(token: str) -> str:
    """Give the id that a token bears; whether it was made here is not asked."""
    return token[:-33]


def fingerprint(text: str) -> str:
    """Give the SHA-256 of a text, hex: how tokens are looked up without being stored."""
    return hashlib.sha256(text.encode()).hexdigest()
