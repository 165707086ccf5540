"""Complaints over HTTP, for customers and at the desk."""

from . import timing
from .customer import api
from .desk import desk

__all__ = ["api", "desk", "timing"]
