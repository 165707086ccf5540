"""What people do with appointments: find, hold, book, change, come, call; and what nobody asks for: word, and ends."""

from .arrivals import Arrivals
from .booking import Booking
from .calling import Calling
from .catalogue import Registry
from .changing import Changing
from .finding import Finding
from .holding import Holding
from .missing import Missing
from .queueing import Queueing
from .watching import Watching
from .words import Words

__all__ = [
    "Arrivals",
    "Booking",
    "Calling",
    "Changing",
    "Finding",
    "Holding",
    "Missing",
    "Queueing",
    "Registry",
    "Watching",
    "Words",
]
