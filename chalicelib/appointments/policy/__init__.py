"""When a branch is open, how many it can serve, which visits fit, and what customers may do."""

from .limits import MOST_OPEN, check_late, limits, most_at_once
from .opening import opened
from .slots import day_of_slots, days_asked, nearest
from .visits import visit_at

__all__ = [
    "MOST_OPEN",
    "check_late",
    "day_of_slots",
    "days_asked",
    "limits",
    "most_at_once",
    "nearest",
    "opened",
    "visit_at",
]
