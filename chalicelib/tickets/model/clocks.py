"""A ticket's clocks as facts: what is stored, and how the clock is derived from it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.sla.clocks import Clock, Extension, Pause
from chalicelib.sla.packs import Packs
from chalicelib.sla.rules import Basis

BREACH = 100


@dataclass(frozen=True)
class ClockFacts:
    """Which rule of which pinned pack runs since when, and what happened to it; never when it is due.

    `about` tells apart several clocks of one rule, such as those of tasks; it is empty where there can be only one. `count`
    is less than the rule counts, where less time was asked for.
    """

    pack: str
    rule: str
    calendar: str
    started_at: datetime
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    met_at: datetime | None = None
    stopped_at: datetime | None = None
    warned: tuple[int, ...] = ()
    about: str = ""
    count: int | None = None

    @property
    def id(self) -> str:
        """The clock's name on its ticket."""
        return f"{self.rule}:{self.about}" if self.about else self.rule

    @property
    def over(self) -> bool:
        return self.met_at is not None or self.stopped_at is not None

    def clock(self, packs: Packs) -> Clock:
        """Derive the clock itself."""
        rule, calendar = packs.counted(self.pack, self.rule, self.calendar)
        return Clock(
            rule=replace(rule, count=self.count) if self.count else rule,
            calendar=calendar,
            started_at=self.started_at,
            pauses=self.pauses,
            extensions=self.extensions,
            met_at=self.met_at,
            stopped_at=self.stopped_at,
        )

    def after(self, fact: str, at: datetime, packs: Packs) -> "ClockFacts":
        """Give these facts after another one, if the rule says that it meets, stops or restarts the clock.

        What happened before the clock began is none of its business: a late word about an earlier delivery ends nothing.
        """
        if at < self.started_at:
            return self
        rule, _ = packs.counted(self.pack, self.rule, self.calendar)
        if self.over:
            # What is over begins again only by the very fact that begins it, where its rule allows that.
            return self.begun(at) if fact == rule.start and fact in rule.restarts_on else self
        if fact in rule.ends_on:
            return replace(self, met_at=at)
        if fact in rule.stops_on:
            return replace(self, stopped_at=at)
        return self.begun(at) if fact in rule.restarts_on else self

    def begun(self, at: datetime) -> "ClockFacts":
        """Give the clock anew from an instant; a pause that is still open goes on from there."""
        resting = tuple(replace(pause, started_at=at) for pause in self.pauses if pause.ended_at is None)
        return ClockFacts(self.pack, self.rule, self.calendar, at, pauses=resting, about=self.about, count=self.count)

    def since(self, earlier: datetime) -> "ClockFacts":
        """Give the clock counted from an earlier start, keeping all that happened to it."""
        return replace(self, started_at=min(earlier, self.started_at))

    def reopened(self) -> "ClockFacts":
        """Give the clock running again from its old start: what was met has turned out not to be.

        A pause that was open at its end has ended there: nobody waits any more.
        """
        end = self.met_at or self.stopped_at
        pauses = tuple(
            replace(p, ended_at=max(end, p.started_at)) if end and p.ended_at is None else p for p in self.pauses
        )
        return replace(self, pauses=pauses, met_at=None, stopped_at=None)

    def stopping(self, at: datetime) -> "ClockFacts":
        """Give the clock stopped, if it was still running."""
        return self if self.over else replace(self, stopped_at=at)

    def resting(self, reason: str = "") -> bool:
        """Tell whether a pause is open, of one reason or of any."""
        return any(pause.ended_at is None and reason in ("", pause.reason) for pause in self.pauses)

    def paused(self, reason: str, at: datetime, packs: Packs) -> "ClockFacts":
        """Give the clock standing from then on, if its rule lists the reason; one reason holds it once at a time."""
        if self.over or self.resting(reason) or not self.clock(packs).pausable(reason):
            return self
        return replace(self, pauses=(*self.pauses, Pause(reason, max(at, self.started_at))))

    def resumed(self, reason: str, at: datetime) -> "ClockFacts":
        """Give the clock with the open pause of that reason ended."""
        ended = tuple(
            replace(p, ended_at=max(at, p.started_at)) if p.reason == reason and p.ended_at is None else p
            for p in self.pauses
        )
        return self if ended == self.pauses else replace(self, pauses=ended)

    def extended(self, step: str, to_total: int, at: datetime) -> "ClockFacts":
        """Give the clock with an extension granted."""
        return replace(self, extensions=(*self.extensions, Extension(step, to_total, at)))

    def due(self, packs: Packs, as_of: datetime, acting: Collection[str] = ()) -> list[tuple[int, datetime]]:
        """Give the levels not yet recorded and when each is reached, the last one 100; none once the clock is over.

        While it rests only what has come true counts, since the rest moves on with the pause. The end of a rule that is
        no duty is no breach; it counts only for the kinds of rule (`acting`) at whose end something is done.
        """
        return [] if self.over else self.owed(self.clock(packs), as_of, acting)

    def owed(self, clock: Clock, as_of: datetime, acting: Collection[str]) -> list[tuple[int, datetime]]:
        """Give the same of the running clock as derived."""
        resting = any(pause.ended_at is None and clock.pausable(pause.reason) for pause in self.pauses)
        ends = clock.rule.binding or clock.rule.kind in acting
        return [
            (level, at)
            for level, at in clock.warnings(as_of)
            if level not in self.warned and (ends or level < BREACH) and (at <= as_of or not resting)
        ]


def answer_by(clocks: Iterable[ClockFacts], packs: Packs, as_of: datetime) -> str:
    """Give the last local day of the earliest final clock, for the acknowledgement; empty if there is none.

    What a regulator says comes first: our own targets are for us, and are promised only where nobody else has set one.
    """
    final = [clock for clock in (facts.clock(packs) for facts in clocks) if clock.rule.kind == "final"]
    outside = [clock for clock in final if clock.rule.basis is not Basis.HOUSE]
    return min((clock.due(as_of).date.isoformat() for clock in outside or final), default="")
