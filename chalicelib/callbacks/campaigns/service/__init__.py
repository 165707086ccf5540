"""What is done with campaigns: plan, draw, start, pause, stop, work off, and look."""

from .changing import Changing
from .running import Running
from .working import Working

__all__ = ["Changing", "Running", "Working"]
