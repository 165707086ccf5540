"""What can be done with a complaint: taking it in, deciding, delivering, extending, and what the customer answers."""

from .answering import Answering
from .deciding import Deciding
from .delivering import Delivering
from .extending import Extending
from .filing import Receiving
from .reaching import Reaching

__all__ = ["Answering", "Deciding", "Delivering", "Extending", "Reaching", "Receiving"]
