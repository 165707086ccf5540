"""Sending texts, and hearing what became of them."""

from .carrying import Carrying
from .receipts import Receipts
from .schemes import Ours, Sns, Twilio
from .sending import Sending

__all__ = ["Carrying", "Ours", "Receipts", "Sending", "Sns", "Twilio"]
