"""Writing answers, finding and using them, and telling their owners when to look at them again."""

from .changing import Changing
from .previewing import Previewing
from .reviewing import Reviewing
from .using import Using
from .writing import Writing

__all__ = ["Changing", "Previewing", "Reviewing", "Using", "Writing"]
