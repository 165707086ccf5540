"""What is done with promised calls: promise, invite, move, lease, try, prove, follow, ask; texts, wishes, figures."""

from .barring import Barring
from .changing import Changing
from .figures import Figures
from .following import Following
from .framing import Framing
from .holding import Holding
from .inviting import Inviting
from .leasing import Leasing
from .moving import Moving
from .offering import Offering
from .promising import Promising
from .proving import Proving
from .reporting import Reporting
from .scoring import Scoring
from .surveying import Surveying
from .texting import Texting
from .trying import Trying
from .wishing import Wishing
from .working import Working

__all__ = [
    "Barring",
    "Changing",
    "Figures",
    "Following",
    "Framing",
    "Holding",
    "Inviting",
    "Leasing",
    "Moving",
    "Offering",
    "Promising",
    "Proving",
    "Reporting",
    "Scoring",
    "Surveying",
    "Texting",
    "Trying",
    "Wishing",
    "Working",
]
