"""Promised calls over HTTP: for customers, for whoever was called, and at the desk."""

from . import working
from .customer import api
from .desk import desk
from .reporting import webhook

__all__ = ["api", "desk", "webhook", "working"]
