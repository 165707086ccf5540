"""A text (SMS or mail) and a receipt for one."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from chalicelib.kernel.delivery import Delivery
from chalicelib.kernel.errors import Malformed
from chalicelib.kernel.events import Link
from chalicelib.kernel.ids import ALPHABET, born, new_id

DUE_SHARDS = 4


class ReceiptMalformed(Malformed):
    """A receipt that is signed but says nothing we understand."""

    code = "receipt_malformed"


Status = Delivery


@dataclass(frozen=True)
class Text:
    """One word to one person; the address is looked up when it is sent, and what it says is worded then.

    `claimed_until` keeps two workers from sending at once; `due_at` is when the sweep looks again.
    """

    id: str
    about: str
    key: str
    template: str
    way: str
    ref: str
    to: str
    word: Mapping[str, Any]
    status: Status
    asked_at: datetime
    claimed_until: datetime
    tries: int = 1
    provider_id: str = ""
    due_at: datetime | None = None
    version: int = 1
    link: Link = Link()

    def moved(self, status: Status) -> "Text | None":
        """Give the text in another status, or None where that would be a step back or to the side."""
        return replace(self, status=status, due_at=None) if self.status.leads_to(status) else None


@dataclass(frozen=True)
class Mailbox:
    """A mail address that a customer left for one matter, beside their phone; `ref` is the customer's, marked."""

    ref: str
    address: str
    language: str
    way: str = "mail"


@dataclass(frozen=True)
class Said:
    """What came to a webhook, as it came: the body, its signature, and our id of the text where the address names it."""

    body: str
    signature: str = ""
    text: str = ""


@dataclass(frozen=True)
class Receipt:
    """What a provider said about a text, kept until it is worked off."""

    id: str
    text: str
    provider_id: str
    status: Status
    at: datetime
    due_at: datetime | None
    applied: str = ""
    version: int = 1
    link: Link = field(default_factory=Link)


def text_id(about: str, key: str, ref: str) -> str:
    """Give the id of a word: the same for the same word to the same person, sorted by the age of what it is about."""
    return new_id("msg", born(about), hashlib.sha256(f"{about}\x1f{key}\x1f{ref}".encode()).digest())


def receipt_id(said: str, at: datetime) -> str:
    """Give the id of a receipt: the same for the same statement, so that a double is found when it is stored."""
    return new_id("rcp", at, hashlib.sha256(said.encode()).digest())


def due_shard(id_: str) -> str:
    """Hash key of the index `due`."""
    return f"notifications#{ALPHABET.index(id_[-1]) % DUE_SHARDS}"
