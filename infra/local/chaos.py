"""How the local queues and providers misbehave, when asked to."""

import random
import threading
from collections.abc import MutableSequence
from dataclasses import asdict, dataclass, fields
from typing import Any

_LATER = (0.05, 0.4)  # seconds after which a message is handed over the second time
_HELD = 0.3  # seconds a shuffled message may be held back at most


@dataclass(frozen=True)
class Chaos:
    """Shares between 0 and 1 of what goes wrong, and whether order is kept."""

    duplicate: float = 0.0
    shuffle: bool = False
    drop_hint: float = 0.0
    fail_provider: float = 0.0


def read_chaos(wish: dict[str, Any]) -> Chaos:
    """Read a wish; fields not named are off, and anything unknown or out of range raises ValueError."""
    known = {field.name for field in fields(Chaos)}
    if unknown := sorted(set(wish) - known):
        raise ValueError(f"unknown: {', '.join(unknown)}")
    for name, value in wish.items():
        if name == "shuffle":
            if not isinstance(value, bool):
                raise ValueError("shuffle is true or false")
        elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ValueError(f"{name} is a number from 0 to 1")
    return Chaos(**wish)


class Mischief:
    """Rolls the dice for everybody."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._lock = threading.Lock()
        self.chaos = Chaos()

    def told(self) -> dict[str, Any]:
        """Give what is set, for people."""
        return asdict(self.chaos)

    def drops(self) -> bool:
        """Decide whether a message is lost."""
        return self._happens(self.chaos.drop_hint)

    def fails(self) -> bool:
        """Decide whether a provider answers with an error."""
        return self._happens(self.chaos.fail_provider)

    def again_after(self) -> float | None:
        """Decide whether a message is handed over once more, and after how many seconds."""
        with self._lock:
            return self._dice.uniform(*_LATER) if self._dice.random() < self.chaos.duplicate else None

    def held_for(self) -> float:
        """Give for how many seconds a message is held back, so that batches mix."""
        with self._lock:
            return self._dice.uniform(0, _HELD) if self.chaos.shuffle else 0.0

    def mix(self, things: MutableSequence[Any]) -> None:
        """Bring things into another order, if order is not kept."""
        if self.chaos.shuffle:
            with self._lock:
                self._dice.shuffle(things)

    def _happens(self, share: float) -> bool:
        with self._lock:
            return self._dice.random() < share
