"""Who is told that time runs out, and when: the escalation policy, as its file states it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from chalicelib.sla.calendars import Calendar, NeverOpensError
from chalicelib.sla.deadlines import aware
from chalicelib.sla.reading import PackError, Table, succession
from chalicelib.sla.thresholds import Major, PauseRules, Recipient

BREACH = 100
_MOST = 10_000


class Hours(StrEnum):
    """When somebody may be told: while the doors of the unit are open, or at any time."""

    WORKING = "working"
    ALWAYS = "always"


class Severity(StrEnum):
    """How bad it is for the customer or for us."""

    MINOR = "minor"
    NORMAL = "normal"
    MAJOR = "major"
    CRITICAL = "critical"


@dataclass(frozen=True)
class Level:
    """From this share of the time on, who is told and at what hours."""

    percent: int
    tell: Recipient
    hours: Hours


@dataclass(frozen=True)
class EscalationPolicy:
    """One version of the policy. `redress` holds what a role may grant alone, by currency, in minor units.

    `also` holds who else is told of a case that severe; such a case is told at once, whatever the level's hours.
    """

    id: str
    version: str
    title: Mapping[str, str] = field(hash=False)
    effective_from: date
    effective_to: date | None
    levels: tuple[Level, ...]
    also: Mapping[str, tuple[Recipient, ...]] = field(hash=False)
    stale_after: timedelta
    pauses: PauseRules
    redress: Mapping[str, Mapping[str, int]] = field(hash=False)
    major: Major

    @classmethod
    def load(cls, folder: Path, day: date, policy_id: str = "house") -> "EscalationPolicy":
        """Read the version in force on a day from `escalation/` in the folder of packs; raises PackError if none is."""
        files = sorted((folder / "escalation").glob("*.toml"))
        found = [read_policy(path) for path in files if path.stem.partition("@")[0] == policy_id]
        found.sort(key=succession)
        for one, other in pairwise(found):
            if one.covers(other.effective_from):
                raise PackError(f"{one.ref}: effective_to: is still in force when {other.ref} begins")
        for policy in found:
            if policy.covers(day):
                return policy
        raise PackError(f"escalation: no version of {policy_id} is in force on {day}")

    @property
    def ref(self) -> str:
        """The name of the version, such as `house@2020-01-01.1`."""
        return f"{self.id}@{self.version}"

    def covers(self, day: date) -> bool:
        """Tell whether this version is in force on that day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def level(self, percent: int) -> Level:
        """Give the level of a share of the time: one between two levels belongs to the one below, or to the lowest."""
        reached = [level for level in self.levels if level.percent <= percent]
        return reached[-1] if reached else self.levels[0]

    def recipients(self, level: Level, severity: str = Severity.NORMAL) -> tuple[Recipient, ...]:
        """Give everybody who is told, the level's own first and nobody twice."""
        return tuple(dict.fromkeys((level.tell, *self.also.get(severity, ()))))

    def when_told(
        self, level: Level, reached_at: datetime, calendar: Calendar, severity: str = Severity.NORMAL
    ) -> datetime:
        """Give the first instant from then on at which the level may be told, on the calendar of the unit.

        A calendar that never opens would hide the escalation, so there it is told at once.
        """
        aware(reached_at)
        if level.hours is Hours.ALWAYS or severity in self.also:
            return reached_at
        try:
            return calendar.next_opening(reached_at)
        except NeverOpensError:
            return reached_at

    def is_stale(self, reached_at: datetime, next_reached_at: datetime | None, now: datetime) -> bool:
        """Tell whether a warning is too old to be sent: long past, and the next level is reached; a breach has none."""
        aware(reached_at, next_reached_at, now)
        overtaken = next_reached_at is not None and next_reached_at <= now
        return overtaken and now - reached_at > self.stale_after


def read_policy(path: Path) -> EscalationPolicy:
    """Read one version; its file must be called `<id>.toml` or `<id>@<version>.toml`."""
    table, policy_id, version, begins = Table.versioned(path)
    policy = EscalationPolicy(
        id=policy_id,
        version=version,
        title=table.names("title"),
        effective_from=begins,
        effective_to=table.day("effective_to") if table.has("effective_to") else None,
        levels=_levels(table),
        also=_also(table.table("severity")),
        stale_after=timedelta(hours=table.number("stale_after_hours", 1, _MOST)),
        pauses=_pauses(table.table("pauses")),
        redress=_redress(table.table("redress")),
        major=_major(table.table("major")),
    )
    table.done()
    return policy


def _levels(table: Table) -> tuple[Level, ...]:
    levels = []
    for row in table.tables("levels"):
        levels.append(
            Level(row.number("percent", 1, BREACH), row.choice("tell", Recipient), row.choice("hours", Hours))
        )
        row.done()
    percents = [level.percent for level in levels]
    if not percents or percents[-1] != BREACH or percents != sorted(set(percents)):
        raise table.fail("levels", f"must rise and end with {BREACH}, the breach")
    return tuple(levels)


def _also(table: Table) -> dict[str, tuple[Recipient, ...]]:
    found = {}
    for severity in table.left():
        if severity not in set(Severity):
            raise table.fail(severity, f"must be one of {', '.join(Severity)}")
        row = table.table(severity)
        words = row.words("also")
        if not set(words) <= set(Recipient):
            raise row.fail("also", f"must be some of {', '.join(Recipient)}")
        row.done()
        found[severity] = tuple(Recipient(word) for word in words)
    return found


def _pauses(table: Table) -> PauseRules:
    rules = PauseRules(
        same_reason=table.number("same_reason", 1, _MOST),
        late_percent=table.number("late_percent", 1, BREACH),
        approval=table.choice("approval", Recipient),
        longest=_days(table.table("longest_days")),
    )
    table.done()
    return rules


def _days(table: Table) -> dict[str, timedelta]:
    return {reason: timedelta(days=table.number(reason, 1, _MOST)) for reason in table.left()}


def _redress(table: Table) -> dict[str, dict[str, int]]:
    rows = {role: table.table(role) for role in table.left()}
    return {role: {currency: row.number(currency, 1, 10**15) for currency in row.left()} for role, row in rows.items()}


def _major(table: Table) -> Major:
    amounts = table.table("amounts")
    major = Major(
        amounts={currency: amounts.number(currency, 1, 10**15) for currency in amounts.left()},
        group_size=table.number("group_size", 2, _MOST),
        media=table.take("media", bool),
        minors=table.take("minors", bool),
    )
    table.done()
    return major


class Escalations:
    """The policies of a folder: the version in force on a day, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[date, EscalationPolicy] = {}

    def at(self, now: datetime) -> EscalationPolicy:
        """Give the version in force at an instant (by its UTC day)."""
        day = now.astimezone(UTC).date()
        if day not in self._known:
            self._known[day] = EscalationPolicy.load(self._folder, day)
        return self._known[day]
