"""Signing in and out, registering units and staff, and what others ask about the institution's people."""

from .ending import Ending
from .institution import Institution
from .opening import Opening
from .proving import Proving
from .registering import Register
from .seating import Seating
from .signing import Identity, Sessions
from .staffing import Staffing

__all__ = ["Ending", "Identity", "Institution", "Opening", "Proving", "Register", "Seating", "Sessions", "Staffing"]
