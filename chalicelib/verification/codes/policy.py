"""The numbers of one-time codes."""

from datetime import datetime, timedelta

# NIST SP 800-63B 5.1.3.2 and ASVS 5.0 6.5.4-6.5.5: at least six random digits, at most ten minutes.
DIGITS = 6
LIFE = timedelta(minutes=10)
# House rule, far below the 100 per account of NIST SP 800-63B 5.2.2.
ATTEMPTS = 5
SENDS = 3
RESEND_GAP = timedelta(seconds=60)
CHINESE = frozenset({"CN", "HK", "MO", "TW"})
GRANT_LIFE = timedelta(minutes=10)


def draw(entropy: bytes) -> str | None:
    """Turn four random bytes into a code, each of the million equally likely; None means: draw again."""
    drawn = int.from_bytes(entropy[:4], "big")
    even = 2**32 - 2**32 % 10**DIGITS
    return None if drawn >= even else f"{drawn % 10**DIGITS:0{DIGITS}d}"


def resend_after(sent_at: datetime) -> datetime:
    """Tell from when another code may be asked for."""
    return sent_at + RESEND_GAP


def language_for(country: str) -> str:
    """Choose the language of a code for a phone of a country, if the app does not say."""
    return "zh-CN" if country in CHINESE else "en"
