"""Sessions, the people of a unit, and when it is open, over HTTP."""

from . import opening, proving, staff
from .sessions import api

__all__ = ["api", "opening", "proving", "staff"]
