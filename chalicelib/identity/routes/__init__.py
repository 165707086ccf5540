"""Sessions, the people of a unit, and when it is open, over HTTP."""

from . import opening, staff
from .sessions import api

__all__ = ["api", "opening", "staff"]
