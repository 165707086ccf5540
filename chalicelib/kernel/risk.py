"""How far a phone number is trusted for something, and by which row of the institution's table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Use(StrEnum):
    """What a number is about to be trusted for."""

    SIGN_IN = "sign_in"
    STEP_UP = "step_up"
    CHANGE_PHONE = "change_phone"
    PAYMENT = "payment"
    CHECK_IN = "check_in"
    DOCUMENT = "document"
    PROOF = "proof"
    CALLBACK = "callback"


class Outcome(StrEnum):
    """What is done: as usual, after proving it once more, by another channel, or not before a person has looked."""

    ALLOW = "allow"
    STEP_UP = "step_up"
    OTHER_CHANNEL = "other_channel"
    HOLD = "hold"


# What each use can do about it; a table that wants anything else is wrong.
CARRIES: dict[Use, frozenset[Outcome]] = {
    **dict.fromkeys(Use, frozenset({Outcome.ALLOW, Outcome.OTHER_CHANNEL})),
    Use.PROOF: frozenset({Outcome.ALLOW, Outcome.STEP_UP}),
    Use.CALLBACK: frozenset({Outcome.ALLOW, Outcome.HOLD}),
}
OTHERWISE = "otherwise"  # the row that decides where none of the table's does


@dataclass(frozen=True)
class Decision:
    """What was decided, and why: the row and its table, what was known, and the check it was known from, if any.

    `within` is how many seconds something proven by the number holds, where the row says so.
    """

    outcome: Outcome
    row: str = OTHERWISE
    table: str = ""
    signals: Mapping[str, str] = field(default_factory=dict)
    check: str = ""
    checked_at: datetime | None = None
    within: int | None = None
    why: Mapping[str, str] = field(default_factory=dict)

    @property
    def allowed(self) -> bool:
        return self.outcome is Outcome.ALLOW
