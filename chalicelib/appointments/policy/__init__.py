"""When a branch is open, how many it can serve, which visits fit, what customers may do, and who is called first."""

from .affected import affected, answer_by, informed, near_times, nearby, priority, standing_again
from .arriving import (
    MISSES,
    NEAR,
    WITHIN,
    arrived,
    check_arrival,
    check_missing,
    counts_against,
    lacks_document,
    limited_until,
    look_again,
    needs_two,
    over_at,
    told,
)
from .faults import MOST_SERVICES, branch_faults, service_faults
from .limits import MOST_OPEN, capped, check_late, is_late, limits, most_at_once
from .measures import appointment_only, days_of, declares
from .near import distance
from .opening import opened
from .queue import MOST_CALLS, MOST_CREDIT, STALE, compared, counts_since, hall, in_order, reasons, suitable
from .reminders import put_off, reminders, stale
from .slots import day_of_slots, nearest, shut, visit_wanted
from .visits import visit_at
from .waiting import Paces, measured, overbooking, wait_of
from .words import answer_until, facts_of, scheduled, told_at

__all__ = [
    "MISSES",
    "MOST_CALLS",
    "MOST_CREDIT",
    "MOST_OPEN",
    "MOST_SERVICES",
    "NEAR",
    "STALE",
    "WITHIN",
    "Paces",
    "affected",
    "answer_by",
    "answer_until",
    "appointment_only",
    "arrived",
    "branch_faults",
    "capped",
    "check_arrival",
    "check_late",
    "check_missing",
    "compared",
    "counts_against",
    "counts_since",
    "day_of_slots",
    "days_of",
    "declares",
    "distance",
    "facts_of",
    "hall",
    "in_order",
    "informed",
    "is_late",
    "lacks_document",
    "limited_until",
    "limits",
    "look_again",
    "measured",
    "most_at_once",
    "near_times",
    "nearby",
    "nearest",
    "needs_two",
    "opened",
    "over_at",
    "overbooking",
    "priority",
    "put_off",
    "reasons",
    "reminders",
    "scheduled",
    "service_faults",
    "shut",
    "stale",
    "standing_again",
    "suitable",
    "told",
    "told_at",
    "visit_at",
    "visit_wanted",
    "wait_of",
]
