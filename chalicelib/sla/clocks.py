"""A clock: one rule running for one case, derived anew from its facts whenever somebody asks."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.sla.calendars import Calendar
from chalicelib.sla.deadlines import ClockError, Due, Extension, Pause, aware, due
from chalicelib.sla.explaining import Line
from chalicelib.sla.rules import Basis, Rule, Step, Unit

__all__ = ["Basis", "Clock", "ClockError", "Due", "Extension", "Line", "Pause", "Rule", "State", "Step", "Unit", "due"]


class State(StrEnum):
    """How a clock stands; one met or stopped too late is `missed`."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Clock:
    """A rule running for one case since `started_at`; everything it says is worked out from these facts."""

    rule: Rule
    calendar: Calendar
    started_at: datetime
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    met_at: datetime | None = None
    stopped_at: datetime | None = None

    def __post_init__(self) -> None:
        aware(self.started_at, self.met_at, self.stopped_at)

    @property
    def ended_at(self) -> datetime | None:
        """When the clock was met or stopped, whichever came first."""
        if self.met_at is None or self.stopped_at is None:
            return self.met_at or self.stopped_at
        return min(self.met_at, self.stopped_at)

    def as_of(self, at: datetime) -> "Clock":
        """Give the clock with the facts that were known at that instant, and none that came later.

        Raises ClockError for an instant before the start, when there was no such clock.
        """
        aware(at)
        if at < self.started_at:
            raise ClockError(f"the clock of {self.rule.id} had not started yet")
        begun = (pause for pause in self.pauses if pause.started_at <= at)
        return replace(
            self,
            pauses=tuple(replace(pause, ended_at=_by(pause.ended_at, at)) for pause in begun),
            extensions=tuple(extension for extension in self.extensions if extension.granted_at <= at),
            met_at=_by(self.met_at, at),
            stopped_at=_by(self.stopped_at, at),
        )

    def due(self, as_of: datetime) -> Due:
        """Give what was known at that instant about when the time is up; an ended clock no longer moves."""
        until = as_of if self.ended_at is None else min(as_of, self.ended_at)
        return due(self.rule, self.calendar, self.started_at, self.pauses, self.extensions, until)

    def state(self, now: datetime) -> State:
        """Tell how the clock stood at that instant; once missed it stays missed."""
        end = self.ended_at
        ended = end is not None and end <= now
        if min(now, end or now) >= self.due(now).at:
            return State.MISSED
        if ended:
            return State.MET if end == self.met_at else State.STOPPED
        return State.PAUSED if self._paused(now) else State.RUNNING

    def warnings(self, as_of: datetime) -> tuple[tuple[int, datetime], ...]:
        """Give each warning percentage and its instant, last of all (100, the due instant) for the breach.

        Those up to `as_of` have come true. Those after it are a forecast that a pause or an extension moves; a clock
        that has ended has none after its end.
        """
        known = self.due(as_of)
        marks = [(percent, known.reached(percent)) for percent in (*self.rule.warn_at, 100)]
        end = self.ended_at
        if end is not None and end <= as_of:
            marks = [(percent, at) for percent, at in marks if at <= end]
        return tuple(marks)

    def pausable(self, reason: str) -> bool:
        """Tell whether the rule's closed list has that reason."""
        return reason in self.rule.pause_reasons

    def _paused(self, now: datetime) -> bool:
        return any(
            self.pausable(pause.reason) and pause.started_at <= now and (pause.ended_at is None or now < pause.ended_at)
            for pause in self.pauses
        )


def _by(moment: datetime | None, at: datetime) -> datetime | None:
    """Give the moment if it was known at that instant."""
    return moment if moment is None or moment <= at else None
