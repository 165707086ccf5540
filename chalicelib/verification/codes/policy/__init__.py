"""The numbers of codes, and the gate that each text has to pass."""

from .gate import (
    ACCOUNT,
    PREFIX,
    counted,
    linked,
    require_open,
    require_within,
    to_close,
    toll,
    unavailable,
    until_reopened,
    watched,
)
from .numbers import (
    ATTEMPTS,
    GRANT_LIFE,
    LIFE,
    SENDS,
    draw,
    facts,
    language_for,
    parts,
    resend_after,
)

__all__ = [
    "ACCOUNT",
    "ATTEMPTS",
    "GRANT_LIFE",
    "LIFE",
    "PREFIX",
    "SENDS",
    "counted",
    "draw",
    "facts",
    "language_for",
    "linked",
    "parts",
    "require_open",
    "require_within",
    "resend_after",
    "to_close",
    "toll",
    "unavailable",
    "until_reopened",
    "watched",
]
