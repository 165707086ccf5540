"""Signing in and out, registering units and staff, and what others ask about the institution's people."""

from .institution import Institution
from .registering import Register
from .signing import Identity, Sessions

__all__ = ["Identity", "Institution", "Register", "Sessions"]
