"""When a branch is open, how many it can serve, which visits fit, and what customers may do."""

from .faults import MOST_SERVICES, branch_faults, service_faults
from .limits import MOST_OPEN, check_late, is_late, limits, most_at_once
from .near import distance
from .opening import opened
from .reminders import put_off, reminders, stale
from .slots import day_of_slots, nearest, shut, visit_wanted
from .visits import visit_at
from .words import facts_of, scheduled

__all__ = [
    "MOST_OPEN",
    "MOST_SERVICES",
    "branch_faults",
    "check_late",
    "day_of_slots",
    "distance",
    "facts_of",
    "is_late",
    "limits",
    "most_at_once",
    "nearest",
    "opened",
    "put_off",
    "reminders",
    "scheduled",
    "service_faults",
    "shut",
    "stale",
    "visit_at",
    "visit_wanted",
]
