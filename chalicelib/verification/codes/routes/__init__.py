"""One-time codes over HTTP: for whoever has to prove something, and for whoever answers for what is sent."""

from . import codes
from .desk import desk
from .shapes import api

__all__ = ["api", "codes", "desk"]
