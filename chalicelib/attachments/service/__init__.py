"""What can be done with files: sending in, judging, giving out; and what nobody asks for in person."""

from .giving import Giving
from .judging import Judging
from .keeping import Keeping
from .sending import SendingIn

__all__ = ["Giving", "Judging", "Keeping", "SendingIn"]
