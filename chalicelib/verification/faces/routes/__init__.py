"""Faces over HTTP: for customers, and for whoever decides what is unclear."""

from .customer import api
from .desk import desk

__all__ = ["api", "desk"]
