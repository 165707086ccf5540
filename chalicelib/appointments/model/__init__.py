"""What appointments are made of."""

from .appointment import Appointment, Row, appointment_key
from .catalogue import (
    Assurance,
    Block,
    Branch,
    Channel,
    Document,
    Leave,
    Override,
    Service,
    Way,
    Words,
)
from .hold import DUE_SHARDS, HOLD_LIFE, Hold, day_of, due_shard, hold_key, read, written
from .refusals import CellFixed, HoldExpired, HoldSpent, NotASlot, NotBookable, SlotTaken, TooLate, TooManyOpen
from .states import NEXT, Status
from .visits import Counts, Day, Limit, Place, Slot, Stretch, Visit, Why, grid

__all__ = [
    "DUE_SHARDS",
    "HOLD_LIFE",
    "NEXT",
    "Appointment",
    "Assurance",
    "Block",
    "Branch",
    "CellFixed",
    "Channel",
    "Counts",
    "Day",
    "Document",
    "Hold",
    "HoldExpired",
    "HoldSpent",
    "Leave",
    "Limit",
    "NotASlot",
    "NotBookable",
    "Override",
    "Place",
    "Row",
    "Service",
    "Slot",
    "SlotTaken",
    "Status",
    "Stretch",
    "TooLate",
    "TooManyOpen",
    "Visit",
    "Way",
    "Why",
    "Words",
    "appointment_key",
    "day_of",
    "due_shard",
    "grid",
    "hold_key",
    "read",
    "written",
]
