"""How long a report hardens, how long a word lasts, how words look, and how often one may ask."""

from datetime import datetime, timedelta

from chalicelib.kernel import spelling
from chalicelib.kernel.ids import check_character
from chalicelib.kernel.limits import Limit

from .model import Channel, Kind, Outcome, Word

# Whoever lost their number or phone proves who they are some other way until it is settled; a stranger who uses an account
# needs the phone to go on, so it is closed until the customer has spoken to somebody.
CLOSES_PHONE = {Kind.SIM_TAKEN: timedelta(days=7), Kind.ACCOUNT_USED: timedelta(days=1)}
CLOSES_DEVICE = {Kind.DEVICE_LOST: timedelta(days=30), Kind.ACCOUNT_USED: timedelta(days=1)}

# Where somebody else may be in: nothing is booked, asked for or moved any more but by who reported it, or at the desk.
ENDS_SESSIONS = frozenset({Kind.SIM_TAKEN, Kind.DEVICE_LOST, Kind.ACCOUNT_USED})

LIVES = {Channel.CALL: timedelta(minutes=15), Channel.SMS: timedelta(hours=24), Channel.DESK: timedelta(minutes=30)}
# Of a word of 35 bits, twenty tries an hour find one in a million years and more; a hall full of customers asks less often.
BY_ADDRESS = Limit(20, timedelta(hours=1))
BY_PHONE = Limit(10, timedelta(hours=1))


def spelled(digest: str) -> str:
    """Make a word of a keyed hash in hex: seven letters nobody confuses and one that finds a slip, in two groups."""
    core = spelling.letters(int(digest[:16], 16), spelling.LETTERS - 1)
    return spelling.grouped(core + check_character(core))


def read(said: str) -> str | None:
    """Read a word as somebody typed it; None if it cannot be one."""
    bare = spelling.said(said)
    return spelling.grouped(bare) if bare and check_character(bare[:-1]) == bare[-1] else None


def judged(word: Word | None, phone: str, now: datetime) -> Outcome:
    """Tell what a word is worth for a phone."""
    if word is None:
        return Outcome.UNKNOWN
    if word.phone != phone:
        return Outcome.NOT_YOURS
    return Outcome.GENUINE if now < word.expires_at else Outcome.EXPIRED
