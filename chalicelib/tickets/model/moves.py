"""What changes for the clocks of a ticket, as its records tell it: replaying them gives the stored clocks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.kernel.clock import moment
from chalicelib.sla.clocks import Extension, Pause

from .clocks import ClockFacts

Move = Mapping[str, Any]
# Under this name a record's body tells the moves of its call.
MOVES = "clocks"


def moves(before: Sequence[ClockFacts], after: Sequence[ClockFacts]) -> list[Move]:
    """List what has to be done to the clocks before to get those after, in order."""
    known = {clock.id: clock for clock in before}
    found: list[Move] = []
    for clock in after:
        old = known.get(clock.id)
        if old == clock:
            continue
        if old is None or not _goes_on(old, clock):
            found.append(_start(clock))
            old = ClockFacts(
                clock.pack, clock.rule, clock.calendar, clock.started_at, about=clock.about, count=clock.count
            )
        found += _steps(old, clock)
    return found


def replayed(told: Iterable[Sequence[Move]]) -> tuple[ClockFacts, ...]:
    """Give the clocks as the moves of a ticket's records, in order, have made them."""
    clocks: dict[str, ClockFacts] = {}
    for batch in told:
        for move in batch:
            clocks[move["clock"]] = _done(clocks.get(move["clock"]), move)
    return tuple(clocks.values())


def _goes_on(old: ClockFacts, new: ClockFacts) -> bool:
    """Tell whether a clock was only added to; if not, its record starts it anew."""
    whence = (old.pack, old.rule, old.calendar, old.started_at, old.count)
    if whence != (new.pack, new.rule, new.calendar, new.started_at, new.count):
        return False
    if len(new.pauses) < len(old.pauses) or new.warned[: len(old.warned)] != old.warned:
        return False
    kept = all(_same(was, now) for was, now in zip(old.pauses, new.pauses, strict=False))
    return kept and new.extensions[: len(old.extensions)] == old.extensions


def _same(was: Pause, now: Pause) -> bool:
    return was == now or (was.ended_at is None and was == replace(now, ended_at=None))


def _start(clock: ClockFacts) -> Move:
    facts: dict[str, Any] = {
        "clock": clock.id,
        "do": "start",
        "pack": clock.pack,
        "rule": clock.rule,
        "calendar": clock.calendar,
    }
    facts |= {"about": clock.about} if clock.about else {}
    return facts | ({"count": clock.count} if clock.count else {}) | {"at": clock.started_at}


def _steps(old: ClockFacts, new: ClockFacts) -> list[Move]:
    found: list[dict[str, Any]] = []
    for place, pause in enumerate(new.pauses):
        if place >= len(old.pauses):
            found.append({"do": "pause", "reason": pause.reason, "at": pause.started_at})
        if pause.ended_at is not None and (place >= len(old.pauses) or old.pauses[place].ended_at is None):
            found.append({"do": "resume", "reason": pause.reason, "at": pause.ended_at})
    found += [
        {"do": "extend", "step": step.step, "to_total": step.to_total, "at": step.granted_at}
        for step in new.extensions[len(old.extensions) :]
    ]
    if (old.met_at and new.met_at != old.met_at) or (old.stopped_at and new.stopped_at != old.stopped_at):
        found.append({"do": "reopen"})
        old = replace(old, met_at=None, stopped_at=None)
    found += [{"do": "meet", "at": new.met_at}] if new.met_at != old.met_at else []
    found += [{"do": "stop", "at": new.stopped_at}] if new.stopped_at != old.stopped_at else []
    told = new.warned[len(old.warned) :]
    found += [{"do": "tell", "levels": list(told)}] if told else []
    return [{"clock": new.id, **step} for step in found]


def _done(clock: ClockFacts | None, move: Move) -> ClockFacts:
    if move["do"] == "start" or clock is None:
        about, count = move.get("about", ""), move.get("count")
        count = None if count is None else int(count)
        return ClockFacts(move["pack"], move["rule"], move["calendar"], _at(move), about=about, count=count)
    match move["do"]:
        case "pause":
            return replace(clock, pauses=(*clock.pauses, Pause(move["reason"], _at(move))))
        case "resume":
            return clock.resumed(move["reason"], _at(move))
        case "extend":
            return replace(
                clock, extensions=(*clock.extensions, Extension(move["step"], int(move["to_total"]), _at(move)))
            )
        case "reopen":
            return replace(clock, met_at=None, stopped_at=None)
        case "meet":
            return replace(clock, met_at=_at(move))
        case "stop":
            return replace(clock, stopped_at=_at(move))
    return replace(clock, warned=(*clock.warned, *(int(level) for level in move["levels"])))


def _at(move: Move) -> datetime:
    at = move["at"]
    return at if isinstance(at, datetime) else moment(at)
