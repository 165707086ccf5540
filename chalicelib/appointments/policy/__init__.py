"""When a branch is open, how many it can serve, which visits fit, what customers may do, and who is called first."""

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
    over_at,
    told,
)
from .faults import MOST_SERVICES, branch_faults, service_faults
from .limits import MOST_OPEN, check_late, is_late, limits, most_at_once
from .near import distance
from .opening import opened
from .queue import MOST_CALLS, MOST_CREDIT, STALE, compared, counts_since, hall, in_order, reasons, suitable
from .slots import day_of_slots, nearest, shut, visit_wanted
from .visits import visit_at
from .waiting import Paces, measured, overbooking, wait_of
from .words import facts_of, scheduled

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
    "arrived",
    "branch_faults",
    "check_arrival",
    "check_late",
    "check_missing",
    "compared",
    "counts_against",
    "counts_since",
    "day_of_slots",
    "distance",
    "facts_of",
    "hall",
    "in_order",
    "is_late",
    "lacks_document",
    "limited_until",
    "limits",
    "look_again",
    "measured",
    "most_at_once",
    "nearest",
    "opened",
    "over_at",
    "overbooking",
    "reasons",
    "scheduled",
    "service_faults",
    "shut",
    "suitable",
    "told",
    "visit_at",
    "visit_wanted",
    "wait_of",
]
