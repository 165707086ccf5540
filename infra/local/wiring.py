"""What all pumps share."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .bell import Bell
from .chaos import Mischief
from .positions import Positions
from .queues import Queues

_ONCE_IN = 60.0  # seconds

Invoke = Callable[[str, Any], Any]


class Bells:
    """Who is woken by what: `written` rings when a table may have changed, and each queue has its own."""

    def __init__(self) -> None:
        self.written = Bell()
        self._queues: dict[str, Bell] = {}

    def of(self, queue: str) -> Bell:
        """Give the bell of a queue, by its address."""
        return self._queues.setdefault(queue, Bell())

    def everybody(self) -> None:
        """Ring all of them."""
        for bell in (self.written, *list(self._queues.values())):
            bell.ring()


class Complaints:
    """Tells the person at the terminal what goes wrong, the same thing once a minute at most."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._said: dict[str, float] = {}

    def about(self, what: str, trouble: Exception) -> None:
        """Say that something does not work, and why."""
        text = f"{what}: {trouble}"
        now = time.monotonic()
        if now - self._said.get(text, -_ONCE_IN) >= _ONCE_IN:
            self._said[text] = now
            self._say(text)


@dataclass(frozen=True)
class Wiring:
    """How pumps call functions, what they ask of others, and how they wake each other.

    `invoke` takes a function's ARN and an event and raises Failed. `blind` says that nobody sees what the functions send
    to queues, so that after a call any queue may have got something.
    """

    invoke: Invoke
    queues: Queues
    positions: Positions
    now: Callable[[], datetime]
    mischief: Mischief
    bells: Bells
    complain: Complaints
    blind: bool = False

    def called(self) -> None:
        """Ring for what a function may have done."""
        self.bells.written.ring()
        if self.blind:
            self.bells.everybody()
