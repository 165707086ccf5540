"""What people do with appointments: find, hold, book, change; and what nobody asks for: word that is owed, closing down."""

from .answering import Answering
from .booking import Booking
from .catalogue import Registry
from .changing import Changing
from .closing import Closing
from .continuity import Switching
from .finding import Finding
from .holding import Holding
from .rehousing import Rehousing
from .words import Words

__all__ = [
    "Answering",
    "Booking",
    "Changing",
    "Closing",
    "Finding",
    "Holding",
    "Registry",
    "Rehousing",
    "Switching",
    "Words",
]
