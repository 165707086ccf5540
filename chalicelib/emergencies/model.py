"""Somebody reached beyond their unit, and what was said of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.kernel.events import Link

# Whoever is in one begins no other.
PREFIX = "emg"


class State(StrEnum):
    """Whether compliance has answered, and what."""

    OPEN = "open"
    JUSTIFIED = "justified"
    UNJUSTIFIED = "unjustified"


NEXT = {
    State.OPEN: {State.JUSTIFIED, State.UNJUSTIFIED},
    State.JUSTIFIED: set[State](),
    State.UNJUSTIFIED: set[State](),
}


@dataclass(frozen=True)
class Emergency:
    """`staff` of `home` reached `unit` too until an instant, by the session under `mark`.

    `reason` is for whoever answers and stands in no record. `ask_at` is when they are asked again; None once they have.
    """

    id: str
    staff: str
    home: str
    unit: str
    reason: str
    began_at: datetime
    until: datetime
    session: str
    mark: str
    state: State = State.OPEN
    ask_at: datetime | None = None
    asked: int = 1
    answered_by: str = ""
    answered_at: datetime | None = None
    version: int = 0
    link: Link = Link()

    def answered(self, state: State, by: str, at: datetime) -> "Emergency":
        """Give it answered; raises NotAllowedNow if it is already."""
        if state not in NEXT[self.state]:
            raise NotAllowedNow(state=self.state, allowed=sorted(NEXT[self.state]))
        return replace(self, state=state, ask_at=None, answered_by=by, answered_at=at)
