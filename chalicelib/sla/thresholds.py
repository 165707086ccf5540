"""Which pauses want a second look, and what makes a complaint a major one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from chalicelib.kernel.money import Money
from chalicelib.sla.deadlines import Pause


class Recipient(StrEnum):
    """Who is told, by what they are to the case."""

    OWNER = "owner"
    LEAD = "lead"
    HEAD = "head"
    COMPLIANCE = "compliance"


class Misuse(StrEnum):
    """Why a pause looks like one that only stops the clock."""

    REPEATED = "repeated"
    LATE = "late"


class Alarm(StrEnum):
    """What makes a complaint a major one."""

    AMOUNT = "amount"
    GROUP = "group"
    MEDIA = "media"
    MINOR = "minor"


@dataclass(frozen=True)
class PauseRules:
    """How many pauses for one reason are in order, what share of the time makes one late, who hears, how long each lasts."""

    same_reason: int
    late_percent: int
    approval: Recipient
    longest: Mapping[str, timedelta] = field(hash=False)

    def misuses(self, reason: str, before: Iterable[Pause], used_percent: float) -> tuple[Misuse, ...]:
        """Say what is wrong with a pause that is about to begin, after those before it; nothing if it is in order."""
        alike = sum(pause.reason == reason for pause in before)
        found = {Misuse.REPEATED: alike >= self.same_reason, Misuse.LATE: used_percent > self.late_percent}
        return tuple(misuse for misuse, wrong in found.items() if wrong)


@dataclass(frozen=True)
class Major:
    """From what on a complaint is a major one; `amounts` are by currency, in minor units."""

    amounts: Mapping[str, int] = field(hash=False)
    group_size: int
    media: bool
    minors: bool

    def alarms(
        self, amount: Money | None = None, *, complainants: int = 1, media: bool = False, minor: bool = False
    ) -> tuple[Alarm, ...]:
        """Say what makes it a major one, nothing if it is none; a currency without a threshold raises no alarm."""
        threshold = self.amounts.get(amount.currency) if amount else None
        found = {
            Alarm.AMOUNT: amount is not None and threshold is not None and amount.amount >= threshold,
            Alarm.GROUP: complainants >= self.group_size,
            Alarm.MEDIA: media and self.media,
            Alarm.MINOR: minor and self.minors,
        }
        return tuple(alarm for alarm, raised in found.items() if raised)
