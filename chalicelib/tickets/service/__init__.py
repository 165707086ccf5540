"""What can be done with tickets: the desk and the customer on one side, the clocks on the other."""

from .changing import Changing
from .desk import Desk
from .watch import Watch

__all__ = ["Changing", "Desk", "Watch"]
