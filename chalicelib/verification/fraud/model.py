"""Reports of fraud, numbers that were reported, and words by which customers know us."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from chalicelib.kernel.errors import TooMany
from chalicelib.kernel.events import Link

# The kind of secret that a word is: told once, and made again from its id.
WORD = "word"


class TooManyChecks(TooMany):
    """Words are asked about too often from there, or for that phone."""

    code = "too_many_checks"
    such_as: ClassVar[Mapping[str, object]] = {"retry_after": 600}


class Kind(StrEnum):
    """What somebody tells us."""

    CODE_ASKED = "code_asked"
    IMPERSONATION = "impersonation"
    SIM_TAKEN = "sim_taken"
    DEVICE_LOST = "device_lost"
    ACCOUNT_USED = "account_used"


@dataclass(frozen=True)
class Told:
    """What is reported: `number` is the one that called or wrote, `device` what the app called the device."""

    kind: Kind
    number: str = ""
    device: str = ""
    note: str = ""


@dataclass(frozen=True)
class Report:
    """A report; numbers and devices are kept as keyed hashes, `hardened_until` is until when codes stay closed."""

    id: str
    kind: Kind
    customer: str
    unit: str
    by: str
    note: str
    reported_at: datetime
    hardened_until: datetime | None
    marked: str = ""
    sessions_ended: int = 0
    link: Link = Link()


class Channel(StrEnum):
    """Where staff and customer meet."""

    CALL = "call"
    SMS = "sms"
    DESK = "desk"


class Outcome(StrEnum):
    """What a word is worth; only `genuine` is good."""

    GENUINE = "genuine"
    MISTYPED = "mistyped"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    NOT_YOURS = "not_yours"


@dataclass(frozen=True)
class Word:
    """A word that a member of staff gave for one phone; `mark` and `phone` are keyed hashes."""

    id: str
    mark: str
    phone: str
    channel: Channel
    staff: str
    unit: str
    issued_at: datetime
    expires_at: datetime
    version: int = 1
    link: Link = Link()


@dataclass(frozen=True)
class Checked:
    """What became of a word somebody asked about; `reported` if the number that used it was reported as a fraudster's."""

    outcome: Outcome
    word: Word | None = None
    reported: bool = False
