"""What can be done with tickets: intake, the desk and the customer on one side, the clocks on the other."""

from .changing import Changing
from .conversation import Conversation
from .desk import Desk
from .enclosing import Enclosing
from .handling import Handling
from .intake import Intake
from .joining import Joining
from .leaving import Leaving
from .likeness import Likeness
from .routing import Routing
from .speaking import Speaking
from .watch import Watch

__all__ = [
    "Changing",
    "Conversation",
    "Desk",
    "Enclosing",
    "Handling",
    "Intake",
    "Joining",
    "Leaving",
    "Likeness",
    "Routing",
    "Speaking",
    "Watch",
]
