"""Sending codes, checking them, and deciding where they may go."""

from .checking import Checking
from .closing import Closings, Overview
from .gate import Gate
from .reaching import Reaching
from .sending import Codes

__all__ = ["Checking", "Closings", "Codes", "Gate", "Overview", "Reaching"]
