"""When a branch is open, how many it can serve, which visits fit, and what customers may do."""

from .affected import affected, answer_by, near_times, nearby, priority, standing_again, told
from .faults import MOST_SERVICES, branch_faults, service_faults
from .limits import MOST_OPEN, capped, check_late, is_late, limits, most_at_once
from .measures import appointment_only, days_of, declares
from .near import distance
from .opening import opened
from .reminders import put_off, reminders, stale
from .slots import day_of_slots, nearest, shut, visit_wanted
from .visits import visit_at
from .words import answer_until, facts_of, scheduled, told_at

__all__ = [
    "MOST_OPEN",
    "MOST_SERVICES",
    "affected",
    "answer_by",
    "answer_until",
    "appointment_only",
    "branch_faults",
    "capped",
    "check_late",
    "day_of_slots",
    "days_of",
    "declares",
    "distance",
    "facts_of",
    "is_late",
    "limits",
    "most_at_once",
    "near_times",
    "nearby",
    "nearest",
    "opened",
    "priority",
    "put_off",
    "reminders",
    "scheduled",
    "service_faults",
    "shut",
    "stale",
    "standing_again",
    "told",
    "told_at",
    "visit_at",
    "visit_wanted",
]
