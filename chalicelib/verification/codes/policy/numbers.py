"""The numbers of one-time codes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from chalicelib.kernel.money import written

from ..model import Channel, Transaction

# NIST SP 800-63B 5.1.3.2 and ASVS 5.0 6.5.4-6.5.5: at least six random digits, at most ten minutes. Ten for everybody: the
# standards allow no more, and more for some would tell who is known.
DIGITS = 6
LIFE = timedelta(minutes=10)
# House rule, far below the 100 per account of NIST SP 800-63B 5.2.2.
ATTEMPTS = 5
SENDS = 3
RESEND_GAP = timedelta(seconds=30)
CHINESE = frozenset({"CN", "HK", "MO", "TW"})
# Characters of one part of a text: of a whole one, and of each of several. ASCII is nearly GSM 03.38; all else is UCS-2.
_PARTS = {True: (160, 153), False: (70, 67)}


def draw(entropy: bytes) -> str | None:
    """Turn four random bytes into a code, each of the million equally likely; None means: draw again."""
    drawn = int.from_bytes(entropy[:4], "big")
    even = 2**32 - 2**32 % 10**DIGITS
    return None if drawn >= even else f"{drawn % 10**DIGITS:0{DIGITS}d}"


def derived(block: Callable[[int], bytes]) -> str:
    """Give the code that follows from a row of blocks, of which the first that gives one counts."""
    return next(code for number in count() if (code := draw(block(number))))


def resend_after(sent_at: datetime, sends: int) -> datetime:
    """Tell from when another code may be asked for: half a minute after the first, and each time twice as long."""
    return sent_at + RESEND_GAP * (1 << (sends - 1))


def language_for(country: str) -> str:
    """Choose the language of a code for a phone of a country, if the app does not say."""
    return "zh-CN" if country in CHINESE else "en"


def parts(body: str) -> int:
    """Count the parts a text is billed as."""
    whole, each = _PARTS[body.isascii()]
    return 1 if len(body) <= whole else -(-len(body) // each)


def spoken(code: str) -> str:
    """Write a code so that each digit is spoken by itself."""
    return ", ".join(code)


def template_for(purpose: str, channel: Channel, transaction: Transaction | None) -> str:
    """Name the words of a code; a call says nothing of what it is for but the transaction."""
    kind = "voice" if channel is Channel.VOICE else purpose
    return f"code_{kind}{'_transaction' if transaction else ''}"


def facts(code: str, transaction: Transaction | None, language: str) -> dict[str, str]:
    """Give what is filled into the text of a code."""
    if transaction is None:
        return {"code": code}
    return {"code": code, "amount": written(transaction.amount, language), "payee": transaction.payee}
