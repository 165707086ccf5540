"""What people do with appointments: find, hold, book, change; and what nobody asks for: word that is owed."""

from .booking import Booking
from .catalogue import Registry
from .changing import Changing
from .finding import Finding
from .holding import Holding
from .words import Words

__all__ = ["Booking", "Changing", "Finding", "Holding", "Registry", "Words"]
