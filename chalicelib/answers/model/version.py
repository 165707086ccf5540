"""One version of an answer: its words never change, only where it stands."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from chalicelib.kernel.errors import NotAllowedNow


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    RETIRED = "retired"


NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PROPOSED, State.RETIRED}),
    State.PROPOSED: frozenset({State.APPROVED, State.DRAFT}),
    State.APPROVED: frozenset({State.RETIRED}),
    State.RETIRED: frozenset(),
}


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to have said: words by language, from when on, and when to look at them again.

    Without a time they count from their approval; without a day they are looked at again a year later.
    """

    wordings: Mapping[str, str]
    effective_from: datetime | None = None
    review_on: date | None = None


@dataclass(frozen=True)
class Version:
    """`review_at` is when `review_on` begins in the unit's zone, `returned` why the approver sent it back, last.

    `wordings` stay empty where only lists are read.
    """

    n: int
    author: str
    written_at: datetime
    sha256: str
    languages: tuple[str, ...]
    variables: tuple[str, ...]
    state: State = State.DRAFT
    effective_from: datetime | None = None
    review_on: date | None = None
    review_at: datetime | None = None
    proposed_by: str = ""
    approved_by: str = ""
    approved_at: datetime | None = None
    retired_at: datetime | None = None
    returned: str = ""
    reminded: bool = False
    wordings: Mapping[str, str] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether it may still become approved."""
        return self.state in (State.DRAFT, State.PROPOSED)

    def moved(self, state: State, *, out_of: State | None = None) -> "Version":
        """Give the version in another state; raises NotAllowedNow, naming the states that are allowed."""
        if state not in NEXT[self.state] or out_of not in (None, self.state):
            raise NotAllowedNow(state=self.state, allowed=sorted(NEXT[self.state]))
        return replace(self, state=state)

    def took_effect(self, now: datetime) -> bool:
        """Tell whether it has been in force by then; what was retired before its time never was."""
        if self.approved_at is None or self.effective_from is None or self.effective_from > now:
            return False
        return self.retired_at is None or self.retired_at > self.effective_from


def digest(wordings: Mapping[str, str]) -> str:
    """Give the SHA-256 of all wordings of a version, hex, whatever their order."""
    return hashlib.sha256(json.dumps(dict(sorted(wordings.items())), ensure_ascii=False).encode()).hexdigest()
