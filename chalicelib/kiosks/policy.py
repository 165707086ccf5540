"""The numbers and rules of kiosks."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.kernel.ids import ALPHABET

from .model import Kiosk, Notice, State

CODE_LIFE = timedelta(minutes=30)
# As with one-time codes: counted before they are compared.
CODE_ATTEMPTS = 5
# The first letters say which enrolment it is, the other forty bits are what has to be known.
_HANDLE, _LETTERS = 4, 12
_READ_AS = str.maketrans("OIL", "011")

SESSION_LIFE = timedelta(minutes=15)
# Renewing one does not end the one before, so that a customer is not interrupted; more than these no device needs.
MOST_SESSIONS = 4
VISIT_LIFE = timedelta(minutes=10)

SILENT_AFTER = timedelta(minutes=5)
ASK_AGAIN = timedelta(minutes=10)
LONGEST_WAIT = timedelta(days=1)

HANDOVER_LIFE = timedelta(minutes=15)
MOST_DRAFT = 8 * 1024  # bytes of its canonical JSON

# How far the clock of a kiosk may be ahead of ours; what was done offline is believed for a day.
SKEW = timedelta(minutes=2)
OFFLINE_FOR = timedelta(hours=24)


def code_of(digest: str) -> str:
    """Write a keyed hash as a code: twelve letters that nobody confuses, each of 32 equally likely, in groups of four."""
    drawn = int(digest[:15], 16)
    letters = "".join(ALPHABET[drawn >> 5 * place & 31] for place in range(_LETTERS))
    return "-".join(letters[first : first + 4] for first in range(0, _LETTERS, 4))


def typed(code: str) -> str:
    """Read a code as people type it: small letters, without dashes, O for 0, I or L for 1."""
    letters = re.sub(r"[\s-]", "", code.upper()).translate(_READ_AS)
    return "-".join(letters[first : first + 4] for first in range(0, len(letters), 4))


def handle_of(code: str) -> str:
    """Give the part of a code by which its enrolment is found."""
    return code[:_HANDLE]


def scheduled(kiosk: Kiosk) -> Kiosk:
    """Give the kiosk with the next instant at which something is to be done: it is silent, or a word was not taken over."""
    instants = [ask_again_at(notice) for notice in kiosk.notices]
    if kiosk.state is State.ACTIVE and kiosk.silent_since is None and kiosk.heard_at is not None:
        instants.append(kiosk.heard_at + SILENT_AFTER)
    return replace(kiosk, due_at=min(instants, default=None))


def ask_again_at(notice: Notice) -> datetime:
    """Tell when a word that nobody has taken over is asked for again."""
    return notice.asked_at + min(ASK_AGAIN * (1 << min(notice.tries - 1, 8)), LONGEST_WAIT)


def written(draft: Mapping[str, Any]) -> bytes:
    """Write a draft in the one form that is hashed and measured; raises ValueError for half letters and what is no number."""
    written_as = json.dumps(draft, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return written_as.encode()


def believed(at: datetime, now: datetime) -> str:
    """Say what is wrong with a time that a kiosk tells, by its own clock; nothing is if the answer is empty."""
    if at > now + SKEW:
        return "in_the_future"
    return "too_old" if at < now - OFFLINE_FOR else ""
