"""The table of signals: how it is read, and what it decides."""

from .deciding import decided
from .table import Tables, read_rules

__all__ = ["Tables", "decided", "read_rules"]
