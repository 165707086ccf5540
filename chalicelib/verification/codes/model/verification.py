"""A verification: codes sent to a phone for one purpose."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chalicelib.kernel.events import Link
from chalicelib.kernel.money import Money

# What the name is for under which whoever starts a verification knows it.
HANDLE = "verification"


class Purpose(StrEnum):
    """What a code is good for, and for nothing else."""

    SIGN_IN = "sign_in"
    STEP_UP = "step_up"
    CHANGE_PHONE = "change_phone"
    CHECK_IN = "check_in"
    DOCUMENT = "document"


class Status(StrEnum):
    """Where a verification is; `approved` is the end."""

    SENT = "sent"
    APPROVED = "approved"


NEXT = {Status.SENT: {Status.SENT, Status.APPROVED}, Status.APPROVED: set[Status]()}


class Channel(StrEnum):
    """How a code travels."""

    SMS = "sms"


@dataclass(frozen=True)
class Attempt:
    """One code on its way, by one channel; all of them belong to one verification."""

    channel: Channel
    at: datetime


@dataclass(frozen=True)
class Source:
    """Who asks for a code, as keyed hashes; `device` is empty if the app names none, `address` if nobody knows it."""

    address: str = ""
    device: str = ""

    def like(self, other: "Source") -> bool:
        """Tell whether it is the same device or, where one names none, the same address."""
        if self.device and other.device:
            return self.device == other.device
        return bool(self.address) and self.address == other.address


@dataclass(frozen=True)
class Transaction:
    """What a code confirms: so much money, to whom."""

    amount: Money
    payee: str

    @property
    def digest(self) -> str:
        """Name it for the keyed hash of its code: other money or another payee is another name."""
        said = json.dumps([self.amount.amount, self.amount.currency, self.payee], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Verification:
    """`code_hash` is keyed, and bound to id, purpose, phone and transaction.

    `attempts` is counted by the store, at once and before comparing. The `id` stands in records; whoever asked is told
    another name of it, without which nobody can try a code. A `fixed` one is of a test number, to which nothing is sent.
    """

    id: str
    purpose: Purpose
    phone: str
    language: str
    code_hash: str
    status: Status
    started_at: datetime
    resend_after: datetime
    sent: tuple[Attempt, ...]
    attempts: int
    expires_at: datetime
    transaction: Transaction | None = None
    source: Source = field(default_factory=Source)
    fixed: bool = False
    version: int = 1
    link: Link = Link()

    @property
    def sends(self) -> int:
        return len(self.sent)


def grant_for(purpose: str) -> str:
    """Name the kind of token that opens what a purpose is for, so that a grant fits nowhere else."""
    return f"grant:{purpose}"
