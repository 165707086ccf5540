"""Signing in and out, and what others ask about the institution's people."""

from .institution import Institution
from .signing import Identity, Sessions

__all__ = ["Identity", "Institution", "Sessions"]
