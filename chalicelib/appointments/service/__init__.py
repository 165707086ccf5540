"""What people do with appointments: find, hold, book, change, come, call; and what nobody asks for: word, ends, closing."""

from .answering import Answering
from .arrivals import Arrivals
from .booking import Booking
from .calling import Calling
from .catalogue import Registry
from .changing import Changing
from .closing import Closing
from .continuity import Switching
from .finding import Finding
from .holding import Holding
from .missing import Missing
from .noting import Noting
from .offering import Offering
from .papers import Papers
from .present import Attending
from .queueing import Queueing
from .rehousing import Rehousing
from .showing import Showing
from .taking_up import TakingUp
from .telling import Telling
from .waitlist import Waitlisting
from .watching import Watching
from .words import Words

__all__ = [
    "Answering",
    "Arrivals",
    "Attending",
    "Booking",
    "Calling",
    "Changing",
    "Closing",
    "Finding",
    "Holding",
    "Missing",
    "Noting",
    "Offering",
    "Papers",
    "Queueing",
    "Registry",
    "Rehousing",
    "Showing",
    "Switching",
    "TakingUp",
    "Telling",
    "Waitlisting",
    "Watching",
    "Words",
]
