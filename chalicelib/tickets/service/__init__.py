"""What can be done with tickets: intake, the desk and the customer on one side, the clocks on the other."""

from .changing import Changing
from .choosing import Choosing
from .concerning import Concerning
from .conversation import Conversation
from .desk import Desk
from .enclosing import Enclosing
from .finding import Finding
from .grouping import Grouping
from .handling import Handling
from .hearing import Hearing
from .intake import Intake
from .joining import Joining
from .leaving import Leaving
from .likeness import Likeness
from .recognising import Recognising
from .recovering import Recovering
from .routing import Routing
from .speaking import Speaking
from .tasking import Tasking
from .watch import Watch
from .wording import Wording

__all__ = [
    "Changing",
    "Choosing",
    "Concerning",
    "Conversation",
    "Desk",
    "Enclosing",
    "Finding",
    "Grouping",
    "Handling",
    "Hearing",
    "Intake",
    "Joining",
    "Leaving",
    "Likeness",
    "Recognising",
    "Recovering",
    "Routing",
    "Speaking",
    "Tasking",
    "Watch",
    "Wording",
]
