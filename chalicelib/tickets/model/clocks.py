"""A ticket's clocks as facts: what is stored, and how the clock is derived from it."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.sla.clocks import Clock, Extension, Pause
from chalicelib.sla.packs import Packs

BREACH = 100


@dataclass(frozen=True)
class ClockFacts:
    """Which rule of which pinned pack runs since when, and what happened to it; never when it is due."""

    pack: str
    rule: str
    calendar: str
    started_at: datetime
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    met_at: datetime | None = None
    stopped_at: datetime | None = None
    warned: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """The clock's name on its ticket."""
        return self.rule

    @property
    def over(self) -> bool:
        return self.met_at is not None or self.stopped_at is not None

    def clock(self, packs: Packs) -> Clock:
        """Derive the clock itself."""
        return Clock(
            rule=packs.rule(self.pack, self.rule),
            calendar=packs.calendar(self.calendar),
            started_at=self.started_at,
            pauses=self.pauses,
            extensions=self.extensions,
            met_at=self.met_at,
            stopped_at=self.stopped_at,
        )

    def after(self, fact: str, at: datetime, packs: Packs) -> "ClockFacts":
        """Give these facts after another one, if the rule says that it meets or stops the clock."""
        rule = packs.rule(self.pack, self.rule)
        if self.over:
            return self
        if fact in rule.ends_on:
            return replace(self, met_at=at)
        return replace(self, stopped_at=at) if fact in rule.stops_on else self

    def due(self, packs: Packs, as_of: datetime) -> list[tuple[int, datetime]]:
        """Give the levels not yet recorded and when each is reached, breach last; none once the clock is over.

        While it rests only what has come true counts, since the rest moves on with the pause; the end of a rule that is
        no duty is no breach.
        """
        if self.over:
            return []
        clock = self.clock(packs)
        resting = any(pause.ended_at is None and clock.pausable(pause.reason) for pause in self.pauses)
        return [
            (level, at)
            for level, at in clock.warnings(as_of)
            if level not in self.warned and (clock.rule.binding or level < BREACH) and (at <= as_of or not resting)
        ]
