"""What publishing needs from outside."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class Outlet(Protocol):
    """Sends hints to a queue; raises Unavailable if one of them was not taken."""

    def send(self, queue: str, messages: Sequence[Mapping[str, Any]], delays: Sequence[int] = ()) -> None: ...
