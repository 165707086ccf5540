"""Who there is, what they are in, and who is asking."""

from .people import (
    DUE_SHARDS,
    MOVING,
    Absence,
    AbsentFor,
    Contact,
    Customer,
    Holiday,
    Member,
    OnDuty,
    OpeningHours,
    Staff,
    Unit,
)
from .sessions import Assurance, Begun, CoolingOff, PhoneTaken, Seat, Session, SignedIn

__all__ = [
    "DUE_SHARDS",
    "MOVING",
    "Absence",
    "AbsentFor",
    "Assurance",
    "Begun",
    "Contact",
    "CoolingOff",
    "Customer",
    "Holiday",
    "Member",
    "OnDuty",
    "OpeningHours",
    "PhoneTaken",
    "Seat",
    "Session",
    "SignedIn",
    "Staff",
    "Unit",
]
