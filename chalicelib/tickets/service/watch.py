"""Tickets for the clock: warnings, breaches, the end of waiting, and word that has to arrive."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import Event

from .. import events, policy
from ..model import BREACH, ClockFacts, Notice, Ticket
from ..ports import Acting
from .changing import Changing


@dataclass(frozen=True)
class Watch:
    """Nobody asks for these in person: the sweep does, and news about texts."""

    changing: Changing
    acting: Mapping[tuple[str, str], Acting] = field(default_factory=dict)

    def escalate(self, id_: str, call: Call) -> str:
        """Record every level reached by now that is not recorded yet, and do whatever else is due.

        A hint that comes too early, twice, or for a closed ticket changes nothing.
        """
        after = self.changing.apply(lambda: self._found(id_), call, lambda ticket: self._due(ticket, call))
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
            return after, [events.WordArrived(id_, key, how, at, after.status)]

        self.changing.apply(lambda: self._found(id_), call, change)
        return how

    def owes(self, id_: str, key: str) -> bool:
        """Tell whether word is still owed under a key; if not, what is on its way about it is stale."""
        ticket = self.changing.store.get(id_)
        return ticket is not None and any(notice.key == key for notice in ticket.notices)

    def _found(self, id_: str) -> Ticket:
        ticket = self.changing.store.get(id_)
        if ticket is None:
            raise NotFound
        return ticket

    def _due(self, ticket: Ticket, call: Call) -> tuple[Ticket, list[Event]]:
        happened: list[Event] = []
        for wait in ticket.waits:
            if wait.until is not None and wait.until <= call.now:
                ticket = ticket.resumed(wait.reason, wait.until)
                happened.append(events.TicketResumed(ticket.id, wait.reason, "limit"))
        for id_ in [clock.id for clock in ticket.clocks]:
            ticket, news = self._levels(ticket, id_, call)
            happened += news
        for notice in ticket.notices:
            if policy.ask_again_at(notice) <= call.now:
                ticket, event = _asked(ticket, notice, call.now)
                happened.append(event)
        return ticket, happened

    def _levels(self, ticket: Ticket, id_: str, call: Call) -> tuple[Ticket, list[Event]]:
        packs = self.changing.packs
        clock = next(clock for clock in ticket.clocks if clock.id == id_)
        reached = [(level, at) for level, at in clock.due(packs, call.now, policy.ACTING) if at <= call.now]
        if not reached:
            return ticket, []
        warned = replace(clock, warned=(*clock.warned, *(level for level, _ in reached)))
        ticket = replace(ticket, clocks=tuple(warned if c.id == id_ else c for c in ticket.clocks))
        kind = clock.clock(packs).rule.kind
        actor = self.acting.get((kind, ticket.kind)) if kind in policy.ACTING else None
        happened: list[Event] = []
        for level, at in reached:
            if actor is not None and (level >= BREACH or kind == "silence"):
                ticket, news = actor.reached(ticket, level, call)
            else:
                ticket, news = self._told(ticket, clock, level, at, call.now)
            happened += news
        return ticket, happened

    def _told(
        self, ticket: Ticket, clock: ClockFacts, percent: int, at: datetime, now: datetime
    ) -> tuple[Ticket, list[Event]]:
        due = clock.clock(self.changing.packs).due(now).at
        notice = _warning(clock, percent, due, now)
        ticket = ticket.owing(notice)
        words = (ticket.word(notice),)
        if percent >= BREACH:
            return ticket, [events.ClockMissed(ticket.id, clock.id, notice.to, due, words)]
        return ticket, [events.ClockWarned(ticket.id, clock.id, percent, notice.to, at, due, words)]


def _asked(ticket: Ticket, notice: Notice, now: datetime) -> tuple[Ticket, Event]:
    """Ask for a word again, or drop it if what it says is no longer so."""
    again = replace(notice, asked_at=now, tries=notice.tries + 1)
    ticket = ticket.owing(again)
    return ticket, events.NoticeRepeated(ticket.id, (ticket.word(again),))


def _warning(clock: ClockFacts, percent: int, due: datetime, now: datetime) -> Notice:
    template = "clock_missed" if percent >= BREACH else "clock_warning"
    facts = {"clock": clock.id, "percent": str(percent), "due_at": text(due)}
    return Notice(f"warning:{clock.id}:{percent}", template, policy.level_of(percent), now, facts=facts)
