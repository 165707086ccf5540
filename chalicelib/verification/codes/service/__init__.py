"""Sending codes, checking them, and deciding where they may go."""

from .checking import Checking
from .closing import Closings, Overview
from .following import Following, Hearing
from .gate import Gate
from .hardening import Hardening
from .ordering import Ordering
from .reaching import Reaching
from .recalling import Recalling
from .sending import Codes

__all__ = [
    "Checking",
    "Closings",
    "Codes",
    "Following",
    "Gate",
    "Hardening",
    "Hearing",
    "Ordering",
    "Overview",
    "Reaching",
    "Recalling",
]
