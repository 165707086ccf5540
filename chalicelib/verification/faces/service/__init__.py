"""Consent, checks, a person's decision, and what the institution offers."""

from .checking import Checking
from .consenting import Consenting
from .keeping import Keeping
from .offering import Offering
from .reviewing import Reviewing

__all__ = ["Checking", "Consenting", "Keeping", "Offering", "Reviewing"]
