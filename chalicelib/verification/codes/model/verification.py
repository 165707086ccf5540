"""A verification: codes sent to a phone for one purpose."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chalicelib.kernel.assurance import GRANT_LIFE
from chalicelib.kernel.delivery import Delivery
from chalicelib.kernel.events import Link
from chalicelib.kernel.ids import ALPHABET
from chalicelib.kernel.money import Money

PREFIX = "ver"
DUE_SHARDS = 4

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
    """Where a verification is; `approved` is the end, and `unsent` is that no provider took its code."""

    SENT = "sent"
    APPROVED = "approved"
    UNSENT = "unsent"


NEXT: dict[Status, set[Status]] = {
    Status.SENT: {Status.SENT, Status.APPROVED, Status.UNSENT},
    Status.APPROVED: set(),
    Status.UNSENT: set(),
}


class Channel(StrEnum):
    """How a code travels."""

    SMS = "sms"
    VOICE = "voice"


@dataclass(frozen=True)
class Way:
    """One provider by one channel; `reports` where it tells what became of what it took."""

    name: str
    channel: Channel
    reports: bool


WAYS = {
    way.name: way
    for way in (
        Way("aws", Channel.SMS, reports=True),
        Way("sns", Channel.SMS, reports=False),
        Way("twilio", Channel.SMS, reports=True),
        Way("aws-voice", Channel.VOICE, reports=True),
        Way("twilio-voice", Channel.VOICE, reports=True),
    )
}


class Because(StrEnum):
    """Why a code goes another way, or no further."""

    AWAY = "away"  # the provider took nothing
    FAILED = "failed"  # the provider said that it did not arrive
    SILENT = "silent"  # nothing was heard of it for too long
    REFUSED = "refused"  # a limit, or what is closed
    NO_WAY = "no_way"  # there is none left
    LATE = "late"  # it has expired meanwhile


@dataclass(frozen=True)
class Attempt:
    """A code on one of its ways; all of them belong to one verification."""

    channel: Channel
    at: datetime
    way: str = "aws"
    outcome: Delivery = Delivery.SENDING


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
    """`code_hash` is keyed, and bound to id, purpose, phone and transaction; the code follows from `seed` and a key.

    `attempts` is counted by the store, at once and before comparing. The `id` stands in records; whoever asked is told
    another name of it, without which nobody can try a code. A `fixed` one is of a test number, to which nothing is sent.
    At `due_at` it goes another way, if nothing was heard of the last one by then.
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
    seed: str = ""
    due_at: datetime | None = None
    version: int = 1
    link: Link = Link()

    @property
    def sends(self) -> int:
        return len(self.sent)

    @property
    def bound(self) -> bool:
        """Whether it confirms one transaction, and nothing else."""
        return self.transaction is not None

    @property
    def made_at(self) -> datetime:
        """When the right code was typed, of one that was."""
        return self.expires_at - GRANT_LIFE

    @property
    def context(self) -> str:
        """Name what the fraud warning beside it is about; nothing of it depends on who is known."""
        if self.transaction:
            return "payment"
        if self.purpose is Purpose.CHANGE_PHONE:
            return "new_phone"
        return "many_codes" if self.sends > 1 else "sign_in"

    @property
    def text(self) -> str:
        """Our id of its newest text."""
        return text_of(self.id, self.sends)


def text_of(id_: str, number: int) -> str:
    """Name the text of a verification by its number, for providers."""
    return f"{id_}_{number}"


def named(text: str) -> tuple[str, int] | None:
    """Give the verification and the number that a text is named after; None if it is no code's."""
    id_, _, number = text.rpartition("_")
    known = id_.startswith(f"{PREFIX}_") and number.isascii() and number.isdigit() and len(number) <= 2
    return (id_, int(number)) if known else None


def due_shard(id_: str) -> str:
    """Hash key of the index `due`."""
    return f"verification#{ALPHABET.index(id_[-1]) % DUE_SHARDS}"


def grant_for(purpose: str) -> str:
    """Name the kind of token that opens what a purpose is for, so that a grant fits nowhere else."""
    return f"grant:{purpose}"
