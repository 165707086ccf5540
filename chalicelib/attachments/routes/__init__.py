"""Files over HTTP: of tickets, and of visits."""

from . import visits
from .tickets import api, desk

__all__ = ["api", "desk", "visits"]
