"""Canned answers at the desk."""

from . import versions
from .answers import api

__all__ = ["api", "versions"]
