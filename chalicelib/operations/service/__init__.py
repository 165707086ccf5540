"""The sweep, how things stand, and bringing dead letters back."""

from .redriving import Redriving
from .standing import Standing
from .sweeping import Sweeping

__all__ = ["Redriving", "Standing", "Sweeping"]
