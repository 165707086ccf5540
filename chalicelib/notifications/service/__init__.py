"""Sending texts, and hearing what became of them."""

from .receipts import Receipts
from .sending import Sending

__all__ = ["Receipts", "Sending"]
