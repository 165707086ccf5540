"""Campaigns over HTTP."""

from .desk import desk

__all__ = ["desk"]
