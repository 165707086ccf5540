"""Sending texts, and hearing what became of them."""

from .carrying import Carrying
from .holding import Holding
from .receipts import Receipts
from .schemes import Ours, Sns, Twilio
from .sending import Sending

__all__ = ["Carrying", "Holding", "Ours", "Receipts", "Sending", "Sns", "Twilio"]
