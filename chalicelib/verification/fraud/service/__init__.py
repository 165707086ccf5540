"""Taking reports of fraud, and giving and checking words."""

from .reporting import Reporting
from .words import Words

__all__ = ["Reporting", "Words"]
