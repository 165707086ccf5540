"""A verification: a code sent to a phone for one purpose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from chalicelib.kernel.errors import Conflict, Gone, Invalid, TooMany
from chalicelib.kernel.events import Link


class CodeWrong(Invalid):
    """The code is not the one that was sent; `remaining` tries are left."""

    code = "code_wrong"
    such_as: ClassVar[Mapping[str, object]] = {"remaining": 3}


class CodeExpired(Gone):
    """The code was not typed in time."""

    code = "code_expired"


class CodeUsed(Conflict):
    """The code was right once before; it works once."""

    code = "code_used"


class TooManyAttempts(TooMany):
    """Every try of this code is used up."""

    code = "too_many_attempts"


class TooManyCodes(TooMany):
    """Another code is asked for too soon, or too often."""

    code = "too_many_codes"


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


@dataclass(frozen=True)
class Verification:
    """`code_hash` is keyed and bound to id and purpose; `attempts` is counted by the store, at once and before comparing."""

    id: str
    purpose: Purpose
    phone: str
    language: str
    code_hash: str
    status: Status
    started_at: datetime
    resend_after: datetime
    sends: int
    attempts: int
    expires_at: datetime
    version: int = 1
    link: Link = Link()
