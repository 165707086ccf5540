"""Tickets for the clock: warnings, breaches, and word that has to arrive."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import Event

from .. import events, policy
from ..model import BREACH, ClockFacts, Notice, Ticket
from .changing import Changing


@dataclass(frozen=True)
class Watch:
    """Nobody asks for these in person: the sweep does, and news about texts."""

    changing: Changing

    def escalate(self, id_: str, call: Call) -> str:
        """Record every level reached by now that is not recorded yet, and ask again for word nobody has taken over.

        A hint that comes too early, twice, or for a closed ticket changes nothing.
        """
        after = self.changing.apply(lambda: self._found(id_), call, lambda ticket: self._due(ticket, call.now))
        return "escalated" if after.link.seq and after.due_at and after.due_at > call.now else "settled"

    def taken(self, id_: str, key: str, call: Call) -> str:
        """Hear that the word owed under a key is on its way; it is owed no longer."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            if all(notice.key != key for notice in ticket.notices):
                return ticket, []
            return ticket.told(key), [events.NoticeTaken(id_, key)]

        self.changing.apply(lambda: self._found(id_), call, change)
        return "taken"

    def arrived(self, id_: str, key: str, how: str, at: datetime, call: Call) -> str:
        """Hear that a word was delivered, or failed; clocks are met by delivery, at the time the provider says."""
        fact = f"{key.partition(':')[0]}.{how}"

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            after = ticket.told(key).after(fact, at, self.changing.packs, f"{key}.{how}")
            if after.clocks == ticket.clocks and after.status == ticket.status:
                return ticket, []
            news = events.WordArrived(id_, key, how, at, after.status)
            return after, [news, *self.met(ticket, after)]

        self.changing.apply(lambda: self._found(id_), call, change)
        return how

    def met(self, before: Ticket, after: Ticket) -> list[Event]:
        """Say which clocks are met now that were not before."""
        happened: list[Event] = []
        for old, new in zip(before.clocks, after.clocks, strict=True):
            if new.met_at is not None and old.met_at is None:
                due = new.clock(self.changing.packs).due(new.met_at).at
                happened.append(events.ClockMet(after.id, new.id, new.met_at, new.met_at < due))
        return happened

    def _found(self, id_: str) -> Ticket:
        ticket = self.changing.store.get(id_)
        if ticket is None:
            raise NotFound
        return ticket

    def _due(self, ticket: Ticket, now: datetime) -> tuple[Ticket, list[Event]]:
        happened: list[Event] = []
        for clock in ticket.clocks:
            ticket, news = self._levels(ticket, clock, now)
            happened += news
        for notice in ticket.notices:
            if policy.ask_again_at(notice) <= now:
                again = replace(notice, asked_at=now, tries=notice.tries + 1)
                ticket = ticket.owing(again)
                happened.append(events.NoticeRepeated(ticket.id, (ticket.word(again),)))
        return ticket, happened

    def _levels(self, ticket: Ticket, clock: ClockFacts, now: datetime) -> tuple[Ticket, list[Event]]:
        reached = [(level, at) for level, at in clock.due(self.changing.packs, now) if at <= now]
        if not reached:
            return ticket, []
        due = clock.clock(self.changing.packs).due(now).at
        warned = replace(clock, warned=(*clock.warned, *(level for level, _ in reached)))
        ticket = replace(ticket, clocks=tuple(warned if c is clock else c for c in ticket.clocks))
        happened: list[Event] = []
        for percent, at in reached:
            notice = _warning(clock, percent, due, now)
            ticket = ticket.owing(notice)
            words = (ticket.word(notice),)
            if percent >= BREACH:
                happened.append(events.ClockMissed(ticket.id, clock.id, notice.to, due, words))
            else:
                happened.append(events.ClockWarned(ticket.id, clock.id, percent, notice.to, at, due, words))
        return ticket, happened


def _warning(clock: ClockFacts, percent: int, due: datetime, now: datetime) -> Notice:
    template = "clock_missed" if percent >= BREACH else "clock_warning"
    facts = {"clock": clock.id, "percent": str(percent), "due_at": text(due)}
    return Notice(f"warning:{clock.id}:{percent}", template, policy.level_of(percent), now, facts=facts)
